//! The code block that is open.

use crate::place::Span;

/// A code block that is open.
pub(in crate::markdown) struct OpenCode {
    pub(crate) language: String,
    /// What stands after the language.
    pub(crate) arguments: String,
    pub(crate) source: String,
    pub(crate) span: Span,
    /// The sign of its fence and how often it stands there; none for a block that is only indented.
    pub(crate) fence: Option<(char, usize)>,
    /// Where its last line ends in the file.
    pub(crate) text_end: u32,
    /// Whether another program would put a list or a file in its place, so that it says nothing.
    pub(crate) is_filled: bool,
    /// A line in it that looks like a fence.
    pub(crate) inner: Option<Span>,
    /// What may have been meant as its end.
    pub(crate) miss: MissedEnd,
}

/// A line in a code block that its author may have taken for the end of it.
#[derive(Default)]
pub(in crate::markdown) struct MissedEnd {
    /// The last line of marks that closes nothing: too far to the right, or of other marks.
    pub(crate) fence: Option<Span>,
}
