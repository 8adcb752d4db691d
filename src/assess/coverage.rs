//! Counts of coverage units by verdict, and of required items provided.

use super::timeline::{Series, Timeline};
use super::{Assessed, ItemVerdict, Verdict};
use crate::date::Date;
use crate::id::{ClauseKey, ItemKey};
use crate::standard::Basis;

/// Counts for a selection of a standard's clauses and items on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Coverage {
    /// Coverage units by verdict, indexed by the verdict's rank.
    by_verdict: [u32; Verdict::ALL.len()],
    /// Required items that are provided.
    pub(crate) provided: u32,
    /// Required items that are needed.
    pub(crate) needed: u32,
}

/// A change of one clause or item.
enum Change {
    Unit(Verdict, Verdict),
    Item(ItemVerdict, ItemVerdict),
}

impl Coverage {
    /// Returns the counts on the day of the assessment, and on every later day on which they change.
    pub(crate) fn over_time(
        Assessed { reading, assessment }: Assessed<'_>,
        timeline: &Timeline,
        clauses: &[ClauseKey],
        items: &[ItemKey],
    ) -> (Coverage, Series<Coverage>) {
        let mut changes: Vec<(Date, Change)> = Vec::new();
        let mut now = Coverage::default();
        for key in clauses.iter().filter(|key| reading.standards.is_unit(**key)) {
            let Some(mut verdict) = assessment.clause(*key).verdict else { continue };
            now.add_unit(verdict);
            for (day, later) in &timeline.clauses[key.standard.at()][key.clause.at()] {
                changes.push((*day, Change::Unit(std::mem::replace(&mut verdict, later.verdict), later.verdict)));
            }
        }
        for key in items.iter().filter(|key| reading.standards.item_at(**key).basis == Basis::Required) {
            let mut verdict = assessment.item(*key).verdict;
            now.add_item(verdict);
            for (day, later) in &timeline.items[key.standard.at()][key.item.at()] {
                changes.push((*day, Change::Item(std::mem::replace(&mut verdict, *later), *later)));
            }
        }
        changes.sort_by_key(|(day, _)| *day);
        (now, now.later_coverage(&changes))
    }

    fn later_coverage(self, changes: &[(Date, Change)]) -> Series<Coverage> {
        let (mut last, mut series) = (self, Vec::new());
        for of_day in changes.chunk_by(|previous, next| previous.0 == next.0) {
            let mut counts = last;
            of_day.iter().for_each(|(_, change)| counts.apply(change));
            if counts != last {
                series.extend(of_day.first().map(|(day, _)| (*day, counts)));
                last = counts;
            }
        }
        series
    }

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Unit(before, after) => {
                self.by_verdict[*before as usize] -= 1;
                self.by_verdict[*after as usize] += 1;
            }
            Change::Item(before, after) => {
                self.needed -= u32::from(*before != ItemVerdict::NotNeeded);
                self.provided -= u32::from(*before == ItemVerdict::Provided);
                self.add_item(*after);
            }
        }
    }

    fn add_unit(&mut self, verdict: Verdict) {
        self.by_verdict[verdict as usize] += 1;
    }

    fn add_item(&mut self, verdict: ItemVerdict) {
        self.needed += u32::from(verdict != ItemVerdict::NotNeeded);
        self.provided += u32::from(verdict == ItemVerdict::Provided);
    }

    /// The number of units with this verdict.
    pub(crate) fn count_with(&self, verdict: Verdict) -> u32 {
        self.by_verdict[verdict as usize]
    }

    /// The number of covered units.
    pub(crate) fn covered(&self) -> u32 {
        self.count_with(Verdict::Covered)
    }

    /// The number of applicable units.
    pub(crate) fn units(&self) -> u32 {
        Verdict::ALL.iter().filter(|one| **one != Verdict::NotApplicable).map(|one| self.count_with(*one)).sum()
    }
}
