//! Deadlines of reviews recorded in entries: of requirements, of issues, and by management.

use super::{DeadlineKind, DeadlineSubject, Due, List, on};
use crate::assess::EntryState;
use crate::handbook::{EntryIndex, PlacedEntry};
use crate::register::ManagementReview;

impl<'a> List<'a> {
    /// Adds the next review of a requirement or an issue.
    pub(super) fn reviewed(&mut self, index: EntryIndex, placed: &'a PlacedEntry, kind: DeadlineKind) {
        let Some(life) = self.assessment.entry(index).copied() else { return };
        // An entry that was never reviewed is overdue since an unknown day.
        if life.due.is_some() || life.state == EntryState::Overdue {
            let due = self.whole(&placed.entry, (kind, life.due.map(on)), "reviewed");
            self.push(placed, DeadlineSubject::Entry(index), due);
        }
    }

    pub(super) fn management_review(&mut self, index: EntryIndex, placed: &'a PlacedEntry) {
        let Some(one) = ManagementReview::of(&placed.entry) else { return };
        let held = one.held(self.clock.as_of);
        let days = held.or(one.planned());
        if days.is_none() && !one.is_planned_unclearly() {
            return;
        }
        let key = if held.is_some() { "held" } else { "planned" };
        let due = self.whole(&placed.entry, (DeadlineKind::ManagementReview, days), key);
        self.push(placed, DeadlineSubject::Entry(index), Due { is_done: held.is_some(), ..due });
    }
}
