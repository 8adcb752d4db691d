//! A piece of raw HTML with its source.

use std::ops::Range;

use crate::html::{Attribute, Tag, decode_references};
use crate::markdown::body::TextPiece;
use crate::markdown::words::source_span;
use crate::place::Span;

/// Raw HTML and the source of each part of it.
pub(super) struct RawHtml<'h> {
    pub(super) html: &'h str,
    pub(super) pieces: &'h [TextPiece],
    /// Whether it is a block of lines and not a tag within a sentence.
    pub(super) is_block: bool,
}

impl RawHtml<'_> {
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        source_span(self.pieces, range.clone().into())
    }

    pub(super) fn lowercase(&self, range: &Range<usize>) -> String {
        self.html[range.clone()].to_ascii_lowercase()
    }
}

/// The decoded value of an attribute, with the attribute itself.
pub(super) fn attribute_value<'t>(raw: &RawHtml<'_>, tag: &'t Tag, key: &str) -> Option<(String, &'t Attribute)> {
    let attribute =
        tag.attributes.iter().find(|attribute| raw.html[attribute.name.clone()].eq_ignore_ascii_case(key))?;
    Some((decode_references(&raw.html[attribute.value.clone()]).trim().to_owned(), attribute))
}

/// Position after the closing tag of an element that is removed with its content; `None` if it has no closing tag.
pub(super) fn after_closing(html: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    while let Some(offset) = html[at..].find("</") {
        let start = at + offset + 2;
        let rest = &html[start..];
        let has_name = rest.get(..name.len()).is_some_and(|text| text.eq_ignore_ascii_case(name));
        if has_name && !rest[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return rest.find('>').map(|end| start + end + 1);
        }
        at = start;
    }
    None
}
