//! Texts as templates escape them.

use std::borrow::Cow;

/// Whether a text has any sign that templates escape. All bytes are looked at, which is quicker than to stop at the first,
/// and short texts take less time than a search takes to begin.
fn needs_escape(text: &[u8]) -> bool {
    let is_escaped = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    let (chunks, rest) = text.as_chunks::<16>();
    let any = |bytes: &[u8]| bytes.iter().fold(false, |found, byte| found | is_escaped(byte));
    chunks.iter().any(|chunk| any(chunk)) || any(rest)
}

/// A text, escaped as templates escape it.
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
