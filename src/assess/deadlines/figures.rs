//! Deadlines of indicators, objectives and risks.

use super::{DeadlineKind, DeadlineSubject, Due, List, on};
use crate::assess::entries::indicator_of;
use crate::assess::next_revisit;
use crate::date::Date;
use crate::handbook::{EntryIndex, PlacedEntry, ReviewRule};
use crate::register::{Indicator, Objective, Risk, value_due};

impl<'a> List<'a> {
    /// Adds the day by which the next value is due.
    pub(super) fn indicator(&mut self, index: EntryIndex, placed: &'a PlacedEntry) {
        let next = Indicator::of(&placed.entry).and_then(|one| one.next(self.clock.as_of));
        if let Some(period) = next {
            self.by_day(index, placed, (DeadlineKind::Value, Some(value_due(period))), ("values", false));
        }
    }

    pub(super) fn objective(&mut self, index: EntryIndex, placed: &'a PlacedEntry) {
        let Some(one) = Objective::of(&placed.entry) else { return };
        let is_known = one.is_reached(indicator_of(self.reading, one), self.clock.as_of).is_some();
        self.by_day(index, placed, (DeadlineKind::Objective, one.ends()), ("ends", is_known));
    }

    /// Adds the day by which a risk must be scored again, and the end of its acceptance.
    pub(super) fn risk(&mut self, index: EntryIndex, placed: &'a PlacedEntry) {
        let Some(risk) = Risk::of(&placed.entry).filter(|risk| !risk.is_closed(self.clock.as_of)) else { return };
        let scored = risk.scored(self.clock.as_of);
        let rule = self.reading.handbook.document(placed.owner).review;
        let due = scored.and_then(|scored| next_revisit(Some(scored), rule));
        // A risk that was never scored is overdue since an unknown day.
        let is_overdue = scored.is_none() || rule == ReviewRule::Unknown;
        if !risk.is_opportunity() && (due.is_some() || is_overdue) {
            self.by_day(index, placed, (DeadlineKind::Risk, due), ("scored", false));
        }
        if let Some(until) = risk.accepted_until() {
            self.by_day(index, placed, (DeadlineKind::Acceptance, Some(until)), ("accepted", false));
        }
    }

    fn by_day(
        &mut self,
        index: EntryIndex,
        placed: &'a PlacedEntry,
        (kind, day): (DeadlineKind, Option<Date>),
        (key, is_done): (&str, bool),
    ) {
        let due = self.whole(&placed.entry, (kind, day.map(on)), key);
        self.push(placed, DeadlineSubject::Entry(index), Due { is_done, ..due });
    }
}
