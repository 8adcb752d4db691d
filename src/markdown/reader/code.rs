//! The open code block.

use crate::place::Span;

/// An open code block.
pub(in crate::markdown) struct OpenCode {
    pub(crate) language: String,
    /// The info string after the language.
    pub(crate) arguments: String,
    pub(crate) source: String,
    pub(crate) span: Span,
    /// The character of the fence, and its number of repetitions; `None` for an indented block.
    pub(crate) fence: Option<(char, usize)>,
    /// End of the last line in the file.
    pub(crate) text_end: u32,
    /// Whether another program would replace the block by a list or a file, so that it asserts nothing.
    pub(crate) is_filled: bool,
    /// A line in the block that looks like a fence.
    pub(crate) inner: Option<Span>,
    /// A line that may have been meant as the end of the block.
    pub(crate) miss: MissedEnd,
}

/// A line in a code block that its author may have intended as the end.
#[derive(Default)]
pub(in crate::markdown) struct MissedEnd {
    /// The last fence that closes nothing, because it is indented too far or uses the other character.
    pub(crate) fence: Option<Span>,
}
