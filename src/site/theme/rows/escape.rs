//! Escaping text in the same way as templates.

use std::borrow::Cow;

/// Whether a text contains characters that templates escape. Checking all bytes is faster than stopping at the first
/// match, and for short texts faster than setting up a search.
fn needs_escape(text: &[u8]) -> bool {
    let is_escaped = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    let (chunks, rest) = text.as_chunks::<16>();
    let any = |bytes: &[u8]| bytes.iter().fold(false, |any_found, byte| any_found | is_escaped(byte));
    chunks.iter().any(|chunk| any(chunk)) || any(rest)
}

/// Escapes text in the same way as templates.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    if !needs_escape(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
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
