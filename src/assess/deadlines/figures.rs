//! Deadlines of indicators, objectives and risks.

use super::{DeadlineKind, DeadlineList, DeadlineSubject, PendingDeadline};
use crate::assess::entries::find_indicator;
use crate::assess::next_entry_review;
use crate::date::Date;
use crate::handbook::{EntryIndex, PlacedEntry, ReviewRule};
use crate::register::{Indicator, Objective, Risk, value_due};

impl<'a> DeadlineList<'a> {
    /// Adds the day by which the next value is due.
    pub(super) fn add_indicator(&mut self, index: EntryIndex, placed_entry: &'a PlacedEntry) {
        let next = Indicator::from_entry(&placed_entry.entry)
            .and_then(|indicator| indicator.next_due_period(self.clock.as_of));
        if let Some(period) = next {
            self.push_day(index, placed_entry, DeadlineKind::Value, Some(value_due(period)), "values");
        }
    }

    pub(super) fn add_objective(&mut self, index: EntryIndex, placed_entry: &'a PlacedEntry) {
        let Some(objective) = Objective::from_entry(&placed_entry.entry) else { return };
        let is_known = objective.is_reached(find_indicator(self.reading, objective), self.clock.as_of).is_some();
        let due = self.for_day(&placed_entry.entry, DeadlineKind::Objective, objective.end_date(), "ends");
        self.push(placed_entry, DeadlineSubject::Entry(index), PendingDeadline { is_done: is_known, ..due });
    }

    /// Adds the day by which a risk must be scored again, and the end of its acceptance.
    pub(super) fn add_risk(&mut self, index: EntryIndex, placed_entry: &'a PlacedEntry) {
        let Some(risk) = Risk::from_entry(&placed_entry.entry).filter(|risk| !risk.is_closed(self.clock.as_of)) else {
            return;
        };
        let scored = risk.last_scored(self.clock.as_of);
        let rule = self.reading.handbook.document(placed_entry.owner).review;
        let due = scored.and_then(|scored| next_entry_review(Some(scored), rule));
        // A risk that was never scored is overdue since an unknown day.
        let is_overdue = scored.is_none() || rule == ReviewRule::Unknown;
        if !risk.is_opportunity() && (due.is_some() || is_overdue) {
            self.push_day(index, placed_entry, DeadlineKind::Risk, due, "scored");
        }
        if let Some(until) = risk.accepted_until() {
            self.push_day(index, placed_entry, DeadlineKind::Acceptance, Some(until), "accepted");
        }
    }

    fn push_day(
        &mut self,
        index: EntryIndex,
        placed_entry: &'a PlacedEntry,
        kind: DeadlineKind,
        day: Option<Date>,
        key: &str,
    ) {
        let due = self.for_day(&placed_entry.entry, kind, day, key);
        self.push(placed_entry, DeadlineSubject::Entry(index), due);
    }
}
