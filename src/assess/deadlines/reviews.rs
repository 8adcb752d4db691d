//! Deadlines of reviews recorded in entries: of requirements, of issues, and by management.

use super::{DeadlineKind, DeadlineList, DeadlineSubject, PendingDeadline};
use crate::assess::EntryState;
use crate::handbook::{EntryIndex, PlacedEntry};
use crate::register::ManagementReview;

impl<'a> DeadlineList<'a> {
    /// Adds the next review of a requirement or an issue.
    pub(super) fn add_next_review(&mut self, index: EntryIndex, placed_entry: &'a PlacedEntry, kind: DeadlineKind) {
        let Some(life) = self.assessment.entry(index).copied() else { return };
        // An entry that was never reviewed is overdue since an unknown day.
        if life.due.is_some() || life.state == EntryState::Overdue {
            let due = self.for_day(&placed_entry.entry, kind, life.due, "reviewed");
            self.push(placed_entry, DeadlineSubject::Entry(index), due);
        }
    }

    pub(super) fn add_management_review(&mut self, index: EntryIndex, placed_entry: &'a PlacedEntry) {
        let Some(review) = ManagementReview::from_entry(&placed_entry.entry) else { return };
        let held = review.held(self.clock.as_of);
        let days = held.or(review.planned());
        if days.is_none() && !review.has_unclear_plan() {
            return;
        }
        let key = if held.is_some() { "held" } else { "planned" };
        let due = self.for_period(&placed_entry.entry, DeadlineKind::ManagementReview, days, key);
        self.push(placed_entry, DeadlineSubject::Entry(index), PendingDeadline { is_done: held.is_some(), ..due });
    }
}
