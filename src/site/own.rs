//! What the navigation shows of the portal's own pages.

use crate::assess::{Assessed, Assessment, ItemVerdict, Verdict};
use crate::finding::Severity;
use crate::standard::Basis;

/// An own page that the navigation lists.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    /// Its key: the label `pages.KEY` names it.
    pub(crate) key: &'static str,
    /// Its address from the site's root.
    pub(crate) path: String,
    /// The figure beside it.
    pub(crate) count: Count,
}

/// A figure of an assessment.
pub(crate) type Count = fn(Assessed<'_>) -> Option<usize>;

/// No figure.
pub(crate) const NO_COUNT: Count = |_| None;

/// Open clauses and required items of the main standard.
pub(crate) fn gaps(Assessed { reading, assessment }: Assessed<'_>) -> Option<usize> {
    let clauses = assessment.clauses.first().into_iter().flatten();
    let is_open = |one: &Verdict| one.is_gap();
    let open = clauses.filter(|one| reading.standards.is_unit(one.clause) && one.verdict.as_ref().is_some_and(is_open));
    let items = assessment.items.first().into_iter().flatten();
    let wanted = items.filter(|item| {
        item.basis == Basis::Required && !matches!(item.verdict, ItemVerdict::Provided | ItemVerdict::NotNeeded)
    });
    Some(open.count() + wanted.count())
}

/// Findings that are errors or warnings.
pub(crate) fn alarms(assessed: Assessed<'_>) -> Option<usize> {
    let count = |severity| Assessment::count(assessed.assessment, severity);
    Some(count(Severity::Error) + count(Severity::Warning))
}
