//! Exchanging the sidebar of a page that is otherwise what it was.
//!
//! Its figures move more often than pages do. This knows the default theme; pages of a handbook's own templates are made
//! again instead.

use std::sync::Arc;

/// What is in the tag that opens the sidebar.
const START: &[u8] = b"id=\"~navigation\"";
/// What ends it.
const END: &[u8] = b"</nav>";

/// The page with another sidebar; `None` when it has none.
pub(super) fn exchanged(page: &[u8], sidebar: &[u8]) -> Option<Arc<[u8]>> {
    let tag = position(page, START)?;
    let start = tag + position(&page[tag..], b">")? + 1;
    let end = start + position(&page[start..], END)?;
    Some([&page[..start], sidebar, &page[end..]].concat().into())
}

fn position(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sidebar_is_exchanged() {
        let page = b"<p><nav class=\"side\" id=\"~navigation\" popover>old <b>1</b></nav><nav>kept</nav>";
        let expected = b"<p><nav class=\"side\" id=\"~navigation\" popover>new</nav><nav>kept</nav>";
        assert_eq!(exchanged(page, b"new").as_deref(), Some(&expected[..]));
        assert_eq!(exchanged(b"<nav>other</nav>", b"new"), None);
    }
}
