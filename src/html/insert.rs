//! Inserts text into a finished page.

use memchr::memmem;

/// The side of a mark on which to insert text.
#[derive(Clone, Copy)]
pub(crate) enum InsertPosition {
    /// Before the mark.
    Before,
    /// After the mark.
    After,
}

/// Inserts a text beside the first mark, or at the end if there is no mark.
pub(crate) fn insert(html: &[u8], mark: &str, text: &str, side: InsertPosition) -> Vec<u8> {
    let at = memmem::find(html, mark.as_bytes()).map(|at| match side {
        InsertPosition::Before => at,
        InsertPosition::After => at + mark.len(),
    });
    let (before, after) = html.split_at(at.unwrap_or(html.len()));
    [before, text.as_bytes(), after].concat()
}

/// Replaces the first mark by a text; `None` if there is no mark.
pub(crate) fn replace_first(html: &[u8], mark: &str, text: &str) -> Option<Vec<u8>> {
    let at = memmem::find(html, mark.as_bytes())?;
    Some([&html[..at], text.as_bytes(), &html[at + mark.len()..]].concat())
}
