//! Tags that Markdown does not read as HTML: components with code in their values, and XML elements with a prefix.

use std::ops::Range;

use super::construct::{COMPONENT, Sink};
use crate::markdown::dialect::component_at;

/// Prefixes of Confluence, Word and XML elements.
const PREFIXES: [&str; 12] = ["ac", "at", "m", "o", "ri", "st1", "svg", "v", "w", "xi", "xlink", "xsl"];

/// Maximum length of a tag with a prefix, in bytes.
const MAX_TAG_BYTES: usize = 1_000;

/// Passes each such tag to `sink`.
pub(super) fn all(text: &str, sink: &mut Sink<'_>) {
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        if let Some(range) = prefixed_tag(text, at).or_else(|| component_at(text, at)) {
            sink(&COMPONENT, range);
        }
    }
}

/// Recognizes `<ac:structured-macro ac:name="toc"/>`.
fn prefixed_tag(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at + 1..text.floor_char_boundary(at + MAX_TAG_BYTES)];
    let is_named = |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase());
    if !is_named(rest.strip_prefix('/').unwrap_or(rest)) {
        return None;
    }
    let (prefix, name) = rest.strip_prefix('/').unwrap_or(rest).split_once(':')?;
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let length = PREFIXES
        .contains(&prefix)
        .then(|| rest.find(['>', '\n']))?
        .filter(|end| begins && rest[*end..].starts_with('>'))?;
    Some(at..at + length + 2)
}
