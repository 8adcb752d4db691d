//! Checks the documents that the settings link in the navigation.

use crate::config::Settings;
use crate::finding::{Problem, reading};
use crate::handbook::Handbook;
use crate::id::DocumentId;
use crate::place::Located;

/// The problems with documents in the navigation that do not exist.
pub(super) fn unknown_links(settings: &Settings, handbook: &Handbook) -> Vec<Problem> {
    let is_unknown = |id: &&Located<DocumentId>| {
        handbook.lookup.by_id(&id.value).is_none() && !handbook.lookup.is_withheld(&id.value)
    };
    let problem = |id: &Located<DocumentId>| {
        let message = format!("no document has the ID `{}`", id.value);
        let problem = Problem::new(reading::INVALID_SETTINGS, settings.place(id.span), message);
        match handbook.lookup.nearest_id(id.value.as_str(), None) {
            Some(suggestion) => problem.help(format!("did you mean `{suggestion}`?")),
            None => problem.help("correct the ID, or remove the link"),
        }
    };
    settings.portal.navigation.documents().filter(is_unknown).map(problem).collect()
}
