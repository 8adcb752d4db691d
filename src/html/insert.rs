//! Something put into a finished page.

use memchr::memmem;

/// On which side of a mark something is put.
#[derive(Clone, Copy)]
pub(crate) enum InsertPosition {
    /// In front of it.
    Before,
    /// Behind it.
    After,
}

/// Puts a text beside the first mark; at the end where there is no mark.
pub(crate) fn insert(html: &[u8], mark: &str, text: &str, side: InsertPosition) -> Vec<u8> {
    let at = memmem::find(html, mark.as_bytes()).map(|at| match side {
        InsertPosition::Before => at,
        InsertPosition::After => at + mark.len(),
    });
    let (before, after) = html.split_at(at.unwrap_or(html.len()));
    [before, text.as_bytes(), after].concat()
}

/// Puts a text in the place of the first mark; `None` where there is no mark.
pub(crate) fn replace_first(html: &[u8], mark: &str, text: &str) -> Option<Vec<u8>> {
    let at = memmem::find(html, mark.as_bytes())?;
    Some([&html[..at], text.as_bytes(), &html[at + mark.len()..]].concat())
}
