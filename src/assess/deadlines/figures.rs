//! Deadlines of indicators, objectives and risks.

use super::{DeadlineKind, DeadlineList, DeadlineSubject, PendingDeadline, single_day};
use crate::assess::entries::find_indicator;
use crate::assess::next_entry_review;
use crate::date::Date;
use crate::handbook::{EntryIndex, PlacedEntry, ReviewRule};
use crate::register::{Indicator, Objective, Risk, value_due};

impl<'a> DeadlineList<'a> {
    /// Adds the day by which the next value is due.
    pub(super) fn add_indicator(&mut self, index: EntryIndex, placed: &'a PlacedEntry) {
        let next = Indicator::from_entry(&placed.entry).and_then(|one| one.next_due_period(self.clock.as_of));
        if let Some(period) = next {
            self.add_by_day(index, placed, (DeadlineKind::Value, Some(value_due(period))), ("values", false));
        }
    }

    pub(super) fn add_objective(&mut self, index: EntryIndex, placed: &'a PlacedEntry) {
        let Some(one) = Objective::from_entry(&placed.entry) else { return };
        let is_known = one.is_reached(find_indicator(self.reading, one), self.clock.as_of).is_some();
        self.add_by_day(index, placed, (DeadlineKind::Objective, one.end_date()), ("ends", is_known));
    }

    /// Adds the day by which a risk must be scored again, and the end of its acceptance.
    pub(super) fn add_risk(&mut self, index: EntryIndex, placed: &'a PlacedEntry) {
        let Some(risk) = Risk::from_entry(&placed.entry).filter(|risk| !risk.is_closed(self.clock.as_of)) else {
            return;
        };
        let scored = risk.last_scored(self.clock.as_of);
        let rule = self.reading.handbook.document(placed.owner).review;
        let due = scored.and_then(|scored| next_entry_review(Some(scored), rule));
        // A risk that was never scored is overdue since an unknown day.
        let is_overdue = scored.is_none() || rule == ReviewRule::Unknown;
        if !risk.is_opportunity() && (due.is_some() || is_overdue) {
            self.add_by_day(index, placed, (DeadlineKind::Risk, due), ("scored", false));
        }
        if let Some(until) = risk.accepted_until() {
            self.add_by_day(index, placed, (DeadlineKind::Acceptance, Some(until)), ("accepted", false));
        }
    }

    fn add_by_day(
        &mut self,
        index: EntryIndex,
        placed: &'a PlacedEntry,
        (kind, day): (DeadlineKind, Option<Date>),
        (key, is_done): (&str, bool),
    ) {
        let due = self.for_entry(&placed.entry, (kind, day.map(single_day)), key);
        self.push(placed, DeadlineSubject::Entry(index), PendingDeadline { is_done, ..due });
    }
}
