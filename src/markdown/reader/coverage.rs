//! How much of the source the events have explained.

use std::collections::HashSet;

use crate::place::Span;

/// How much of the source has been seen.
#[derive(Default)]
pub(in crate::markdown) struct Coverage {
    /// Up to where, in the file.
    pub(crate) seen: u32,
    pub(crate) gaps: Vec<LostLetters>,
    /// Marks of other dialects that were taken out, in order.
    pub(crate) marks: Vec<Span>,
    /// Names of the link definitions that were used, in lower case.
    pub(crate) used: HashSet<String>,
    /// The definitions of links as they are written.
    pub(crate) said: HashSet<String>,
}

/// Letters that no event holds.
pub(in crate::markdown) struct LostLetters {
    pub(crate) span: Span,
    /// Whether they stand behind the last cell of a table's row.
    pub(crate) is_cell: bool,
}
