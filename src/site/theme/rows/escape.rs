//! Escaping text in the same way as templates.

use std::borrow::Cow;

/// The number of bytes that are checked at once.
const CHUNK: usize = 16;

/// Whether a text contains characters that templates escape. Checking all bytes is faster than stopping at the first
/// match, and for short texts faster than setting up a search.
fn needs_escape(text: &[u8]) -> bool {
    let (chunks, rest) = text.as_chunks::<CHUNK>();
    let mut last = [0; CHUNK];
    last[..rest.len()].copy_from_slice(rest);
    chunks.iter().any(any_escaped) || any_escaped(&last)
}

/// Whether any of these bytes is escaped. The fixed length lets the compiler compare them all at once.
fn any_escaped(bytes: &[u8; CHUNK]) -> bool {
    bytes.iter().fold(false, |found, byte| found | matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\''))
}

/// Escapes text in the same way as templates.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    if !needs_escape(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    Cow::Owned(out)
}
