//! The two figures of a standard, as pages show them.

use super::model::{Figures, Segment};
use super::portal::Portal;
use crate::assess::{ItemVerdict, Verdict};
use crate::id::{ClauseKey, ItemKey, StandardIndex};
use crate::standard::Basis;

impl Portal<'_> {
    /// The figures of a whole standard.
    pub(crate) fn figures(&self, standard: StandardIndex) -> Figures {
        self.figures_of(self.reading.standards.clauses(standard), self.reading.standards.items(standard))
    }

    /// The figures of some clauses and items.
    pub(crate) fn figures_of(
        &self,
        clauses: impl Iterator<Item = ClauseKey>,
        items: impl Iterator<Item = ItemKey>,
    ) -> Figures {
        let units: Vec<Verdict> = clauses
            .filter(|key| self.reading.standards.is_unit(*key))
            .filter_map(|key| self.assessment.clause(key).verdict)
            .collect();
        let count = |wanted: Verdict| units.iter().filter(|verdict| **verdict == wanted).count();
        let items: Vec<ItemVerdict> = items
            .map(|key| self.assessment.item(key))
            .filter(|item| item.basis == Basis::Required && item.verdict != ItemVerdict::NotNeeded)
            .map(|item| item.verdict)
            .collect();
        Figures {
            units_covered: count(Verdict::Covered),
            units: units.len(),
            items_provided: items.iter().filter(|item| **item == ItemVerdict::Provided).count(),
            items: items.len(),
            segments: Segment::bar(Verdict::ALL.map(|one| (one, count(one)))),
        }
    }
}
