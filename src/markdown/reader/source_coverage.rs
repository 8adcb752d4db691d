//! The part of the source that events account for.

use std::collections::HashSet;

use crate::place::Span;

/// The part of the source seen so far.
#[derive(Default)]
pub(in crate::markdown) struct SourceCoverage {
    /// Position in the file up to which the source has been seen.
    pub(crate) position: u32,
    pub(crate) gaps: Vec<LostLetters>,
    /// Markup of other dialects that has been removed, in order.
    pub(crate) marks: Vec<Span>,
    /// Labels of the link definitions in use, in lower case.
    pub(crate) used_labels: HashSet<String>,
    /// The link definitions as written.
    pub(crate) definitions: HashSet<String>,
}

/// Letters that no event accounts for.
pub(in crate::markdown) struct LostLetters {
    pub(crate) span: Span,
    /// Whether they follow the last cell of a table row.
    pub(crate) is_cell: bool,
}
