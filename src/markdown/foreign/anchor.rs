//! Anchors in braces in unsupported places: at the end of a paragraph or a line.

use std::ops::Range;

use super::construct::{ANCHOR, Construct};

/// Maximum length of an anchor that is examined, in bytes.
const MAX_ANCHOR_BYTES: usize = 100;

/// Passes each `{#name}` at the end of a line to `found`.
pub(super) fn anchors(text: &str, found: &mut dyn FnMut(&'static Construct, Range<usize>)) {
    for at in memchr::memmem::find_iter(text.as_bytes(), "{#") {
        let inner = &text[at + 2..text.floor_char_boundary(at + 2 + MAX_ANCHOR_BYTES)];
        let Some(length) = inner.find('}') else { continue };
        let name = &inner[..length];
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte));
        let rest = &text[at + 2 + length + 1..];
        let ends_line = rest.lines().next().is_none_or(|rest| rest.trim().is_empty() || rest.starts_with("</h"));
        // After a link they are attributes, and after `Table:` part of a caption.
        let before = &text[..at];
        let is_caption = before.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with("Table:"));
        if is_name && ends_line && !before.ends_with(['{', ')', ']']) && !is_caption {
            found(&ANCHOR, at..at + 2 + length + 1);
        }
    }
}
