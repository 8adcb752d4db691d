//! Deadlines as pages, calendars and data show them.

use super::links::url;
use super::model::{DeadlineRow, KeyedName, Mark, Tone};
use super::portal::Portal;
use crate::assess::{Deadline, DeadlineKind, DeadlineState, DeadlineSubject};
use crate::handbook::EntryIndex;

/// The label for a missing or unreadable date.
pub(super) const NO_DAY: &str = "ages.undated";

impl<'a> Portal<'a> {
    /// The deadlines that this edition shows, by day. Waivers are left out of editions that withhold entries.
    pub(super) fn deadlines(&self) -> impl Iterator<Item = &'a Deadline> + use<'a> {
        let shows_all = !self.reading.handbook.registers.may_withhold;
        self.assessment.deadlines.iter().filter(move |deadline| shows_all || deadline.kind != DeadlineKind::Waiver)
    }

    /// The deadlines that are not done.
    pub(super) fn open_deadlines(&self) -> impl Iterator<Item = &'a Deadline> + use<'a> {
        self.deadlines().filter(|deadline| deadline.state != DeadlineState::Done)
    }

    /// The page of a deadline's subject, relative to the site's root; empty if it has none.
    pub(super) fn deadline_address(&self, deadline: &Deadline) -> String {
        match deadline.subject {
            DeadlineSubject::Document(index) => url(&self.document(index).url),
            DeadlineSubject::Entry(index) | DeadlineSubject::Action(index, _) => self.entry_address(index),
            DeadlineSubject::Certificate | DeadlineSubject::Visit { .. } => {
                let page = if self.has_navigation_item("certificate") { "certificate.html" } else { "index.html" };
                page.to_owned()
            }
            DeadlineSubject::Waiver(_) => String::new(),
        }
    }

    /// The ID and description of a deadline in one line, with the number of one of several actions.
    pub(super) fn deadline_text(&self, deadline: &Deadline) -> String {
        let action = deadline.number.map_or_else(String::new, |number| {
            self.labels.fill("registers.action_number", &[("n", &number.to_string())])
        });
        let text = [&*deadline.id, &*action, " ", &*deadline.task].concat();
        match text.trim() {
            trimmed if trimmed.len() == text.len() => text,
            trimmed => trimmed.to_owned(),
        }
    }

    /// The description of a deadline on pages; a certification visit that nobody has planned yet is described by its
    /// kind.
    pub(super) fn deadline_words(&self, deadline: &Deadline) -> String {
        self.visit_words(deadline).map_or_else(|| self.deadline_text(deadline), str::to_owned)
    }

    /// The description of a deadline beside its ID.
    pub(super) fn deadline_task<'d>(&'d self, deadline: &'d Deadline) -> &'d str {
        self.visit_words(deadline).unwrap_or(&deadline.task)
    }

    /// The kind of a visit that follows from the settings alone.
    fn visit_words(&self, deadline: &Deadline) -> Option<&str> {
        let DeadlineSubject::Visit { kind, .. } = deadline.subject else { return None };
        match kind {
            Some(kind) => self.labels.get(&format!("audit_kind.{}", kind.as_str())),
            None => Some(self.labels.text("say.next_audit")),
        }
    }

    /// The words for what an entry is due for, if a deadline of its own is on that day.
    pub(super) fn due_kind(&self, index: EntryIndex) -> Option<String> {
        let due = self.assessment.entry(index)?.due;
        // Deadlines are sorted by day.
        let deadlines = &self.assessment.deadlines;
        let start = deadlines.partition_point(|deadline| deadline.day < due);
        let of_day = deadlines[start..].iter().take_while(|deadline| due.is_some() && deadline.day == due);
        let deadline = of_day.into_iter().find(|deadline| deadline.subject == DeadlineSubject::Entry(index))?;
        Some(self.labels.text(&format!("deadline.{}", deadline.kind.as_str())).to_owned())
    }

    /// The owners of a deadline, separated by commas.
    pub(super) fn deadline_owner(deadline: &Deadline) -> String {
        deadline.assignees.iter().map(|who| &**who).collect::<Vec<_>>().join(", ")
    }

    /// A deadline as a row of a page.
    pub(super) fn deadline_row(&self, deadline: &Deadline) -> DeadlineRow {
        let key = deadline.kind.as_str();
        DeadlineRow {
            on: deadline.day,
            no_day: deadline.day.map_or_else(|| self.labels.text(NO_DAY).to_owned(), |_| String::new()),
            end: deadline.end,
            kind: KeyedName { key: key.to_owned(), name: self.labels.text(&format!("deadline.{key}")).to_owned() },
            text: self.deadline_words(deadline),
            url: self.deadline_address(deadline),
            people: deadline.assignees.iter().map(|who| self.owner(who)).collect(),
            mark: self.deadline_mark(deadline.state),
        }
    }

    fn deadline_mark(&self, state: DeadlineState) -> Mark {
        let (tone, key) = match state {
            DeadlineState::Overdue => (Tone::Overdue, "entry_state.overdue"),
            DeadlineState::DueSoon => (Tone::DueSoon, "entry_state.due-soon"),
            DeadlineState::Planned => (Tone::Future, "entry_state.planned"),
            DeadlineState::Done => (Tone::Current, "entry_state.done"),
        };
        self.tone(tone, key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::theme::Labels;

    #[test]
    fn each_kind_of_deadlines_has_its_words() {
        let labels = Labels::load("en", &Default::default()).expect("our own words");
        for kind in DeadlineKind::ALL {
            for key in ["deadline", "deadlines_of"].map(|group| format!("{group}.{}", kind.as_str())) {
                assert_ne!(labels.text(&key), key, "themes/default/i18n/en.json lacks {key}");
            }
        }
    }
}
