//! The figures at the top of every report.

use super::verdict::{ClauseAssessment, ItemAssessment, ItemVerdict, Verdict};
use crate::handbook::Handbook;
use crate::standard::{Basis, Standards};

/// Coverage and documented information of the main standard, and the number of documents and pages assessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Figures {
    /// Documents under document control.
    pub(crate) documents: u32,
    /// Pages and other files without an ID.
    pub(crate) pages: u32,
    /// Coverage units of the main standard.
    pub(crate) units: u32,
    /// The number of those units that are covered.
    pub(crate) units_covered: u32,
    /// Required items of the main standard, except those that are not needed.
    pub(crate) required_items: u32,
    /// The number of those items that are provided.
    pub(crate) required_items_provided: u32,
    /// Required items that the settings say, with a reason, are not needed.
    pub(crate) required_items_not_needed: u32,
}

impl Figures {
    /// Whether the catalogue of the main standard requires any documented information; otherwise, nothing was checked.
    pub(crate) fn requires_items(self) -> bool {
        self.required_items + self.required_items_not_needed > 0
    }

    /// The required items that are provided in words, after a comma; empty if the catalogue requires none.
    pub(crate) fn items_clause(self) -> String {
        let (provided, required) = (self.required_items_provided, self.required_items);
        if self.requires_items() {
            format!(", {provided} of {required} required items provided")
        } else {
            String::new()
        }
    }

    /// The same figures, with the number of documents and pages of a handbook.
    pub(super) fn with_counts(self, handbook: &Handbook) -> Figures {
        let controlled = handbook.documents.iter().filter(|document| document.is_controlled()).count();
        Figures { documents: to_u32(controlled), pages: to_u32(handbook.documents.len() - controlled), ..self }
    }
}

/// Counts the figures. A handbook without a standard has no units, so its coverage is zero.
pub(super) fn count_figures(
    handbook: &Handbook,
    standards: &Standards,
    clauses: &[Vec<ClauseAssessment>],
    items: &[Vec<ItemAssessment>],
) -> Figures {
    let applies = |clause: &&ClauseAssessment| clause.verdict != Some(Verdict::NotApplicable);
    let units = clauses.first().into_iter().flatten().filter(|clause| standards.is_unit(clause.clause)).filter(applies);
    let required = items.first().into_iter().flatten().filter(|item| item.basis == Basis::Required);
    let with = |verdict: ItemVerdict| required.clone().filter(|item| item.verdict == verdict).count();
    let not_needed = with(ItemVerdict::NotNeeded);
    Figures {
        units: to_u32(units.clone().count()),
        units_covered: to_u32(units.filter(|unit| unit.verdict == Some(Verdict::Covered)).count()),
        required_items: to_u32(required.clone().count() - not_needed),
        required_items_provided: to_u32(with(ItemVerdict::Provided)),
        required_items_not_needed: to_u32(not_needed),
        ..Figures::default().with_counts(handbook)
    }
}

fn to_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
