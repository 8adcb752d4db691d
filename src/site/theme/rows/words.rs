//! The labels of parts rendered in Rust, escaped once.

use ahash::AHashMap;

use super::escape::text;
use crate::assess::State;
use crate::site::theme::labels::Labels;
use crate::source::front_matter::Status;

/// Escaped labels in the portal's language, grouped; each by the last part of its key.
pub(super) struct EscapedLabels {
    control: AHashMap<String, String>,
    history: AHashMap<String, String>,
    states: AHashMap<String, String>,
    statuses: AHashMap<String, String>,
    suspect: String,
    build_day: String,
    completed: String,
}

impl EscapedLabels {
    pub(super) fn new(labels: &Labels) -> EscapedLabels {
        let keys = labels.keys();
        let group = |group: &str| {
            let below = keys.iter().filter_map(|key| Some((key, key.strip_prefix(group)?)));
            below.map(|(key, name)| (name.to_owned(), text(labels.text(key)).into_owned())).collect()
        };
        EscapedLabels {
            control: group("control."),
            history: group("history."),
            states: group("state."),
            statuses: group("status."),
            suspect: text(labels.text("attention.suspect")).into_owned(),
            build_day: text(labels.text("day.build")).into_owned(),
            completed: text(labels.text("open_entries.completed")).into_owned(),
        }
    }

    /// The label in the group `control`.
    pub(super) fn control(&self, key: &str) -> &str {
        find(&self.control, key)
    }

    /// The label in the group `history`.
    pub(super) fn history(&self, key: &str) -> &str {
        find(&self.history, key)
    }

    pub(super) fn state(&self, state: State) -> &str {
        find(&self.states, state.as_str())
    }

    pub(super) fn suspect(&self) -> &str {
        &self.suspect
    }

    /// The sentence about the day of the build, with the placeholder `{date}`.
    pub(super) fn build_day(&self) -> &str {
        &self.build_day
    }

    /// The word before the completed entries.
    pub(super) fn completed(&self) -> &str {
        &self.completed
    }

    pub(super) fn status(&self, status: Status) -> &str {
        find(&self.statuses, status.as_str())
    }
}

fn find<'w>(words: &'w AHashMap<String, String>, key: &str) -> &'w str {
    words.get(key).map_or("", String::as_str)
}
