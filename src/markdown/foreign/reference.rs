//! Links in the syntax of reStructuredText, Textile and AsciiDoc.

use std::ops::Range;

use memchr::memmem;

use super::construct::{LINK, Sink};
use crate::path::has_file_extension;

/// The longest link to look at, in bytes.
const MAX_LINK_BYTES: usize = 300;

/// Passes all such links to `sink`.
pub(super) fn all(text: &str, sink: &mut Sink<'_>) {
    let contains = |byte: u8| memchr::memchr(byte, text.as_bytes()).is_some();
    if contains(b'_') {
        find_trailing_underscores(text, sink);
    }
    if contains(b'"') {
        find_quoted(text, sink);
    }
    if contains(b'[') {
        find_named(text, sink);
        find_addressed(text, sink);
    }
}

/// The range from the last opening character in the paragraph to the closing one at `end`.
fn range_before(text: &str, end: usize, open: char) -> Option<Range<usize>> {
    let start = text.ceil_char_boundary(end.saturating_sub(MAX_LINK_BYTES));
    let inner = &text[start..end];
    let paragraph = inner.rfind("\n\n").map_or(0, |at| at + 2);
    let at = paragraph + inner[paragraph..].rfind(open)?;
    Some(start + at..end)
}

/// Finds `` `words <file.md>`_ ``, `` `words`_ `` and `[1]_`, whose underscore is on the page.
fn find_trailing_underscores(text: &str, sink: &mut Sink<'_>) {
    let is_over = |end: usize| !text[end..].starts_with(|c: char| c.is_alphanumeric());
    for (close, open) in [("`_", '`'), ("]_", '[')] {
        for at in memmem::find_iter(text.as_bytes(), close) {
            let end = at + 2 + usize::from(text[at + 2..].starts_with('_'));
            let Some(range) = range_before(text, at, open).filter(|_| is_over(end)) else { continue };
            let inner = &text[range.start + 1..at];
            let is_note = inner.starts_with('#') || inner.bytes().all(|byte| byte.is_ascii_digit());
            if !inner.is_empty() && (open == '`' || is_note) {
                sink(&LINK, range.start..end);
            }
        }
    }
}

/// Finds `"words":https://example.org` and `"words":file.md`.
fn find_quoted(text: &str, sink: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), "\":") {
        let target = target(&text[at + 2..]);
        let is_target = target.starts_with("https://") || target.starts_with("http://") || has_file_extension(target);
        let Some(range) = range_before(text, at, '"').filter(|_| is_target) else { continue };
        let inner = &text[range.start + 1..at];
        let is_label = inner.contains(char::is_alphabetic) && !inner.starts_with(' ') && !inner.ends_with(' ');
        if is_label && !text[..range.start].ends_with(char::is_alphanumeric) {
            sink(&LINK, range.start..at + 2 + target.len());
        }
    }
}

/// The target at the start of a text, up to white space, a quotation mark or a bracket, without final punctuation.
fn target(text: &str) -> &str {
    let window = &text[..text.floor_char_boundary(MAX_LINK_BYTES)];
    let end = window.find(|c: char| c.is_whitespace() || "\"'<>[]{}".contains(c)).unwrap_or(window.len());
    window[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')'])
}

/// Finds `link:file.md[words]` and `xref:file.adoc[words]`.
fn find_named(text: &str, sink: &mut Sink<'_>) {
    for name in ["link:", "xref:"] {
        for at in memmem::find_iter(text.as_bytes(), name) {
            let target = target(&text[at + name.len()..]);
            let end = at + name.len() + target.len();
            let is_apart = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':');
            if let Some(length) = bracketed_length(&text[end..]).filter(|_| is_apart && !target.is_empty()) {
                sink(&LINK, at..end + length);
            }
        }
    }
}

/// Finds `https://example.org[words]`.
fn find_addressed(text: &str, sink: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), "://") {
        let scheme = ["https", "http"].iter().find(|scheme| text[..at].ends_with(**scheme));
        let Some(start) = scheme.map(|scheme| at - scheme.len()) else { continue };
        let target = target(&text[at + 3..]);
        let end = at + 3 + target.len();
        let is_plain = !target.is_empty() && !target.contains('?');
        let is_apart = !text[..start].ends_with(|c: char| c.is_alphanumeric() || c == ':');
        if let Some(length) = bracketed_length(&text[end..]).filter(|_| is_plain && is_apart) {
            sink(&LINK, start..end + length);
        }
    }
}

/// The length of `[words]` at the start of a text, unless a word or another kind of link follows directly.
fn bracketed_length(text: &str) -> Option<usize> {
    let line = text[..text.floor_char_boundary(MAX_LINK_BYTES)].lines().next()?;
    let inner = line.strip_prefix('[')?;
    let end = inner.find(']')?;
    let is_words = inner[..end].contains(char::is_alphabetic) && !inner[..end].contains('[');
    let rest = inner[end + 1..].trim_start_matches(['.', '-', '_']);
    let is_over = !rest.starts_with(|c: char| c.is_alphanumeric() || "([=/&".contains(c));
    (is_words && is_over).then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::super::collected;
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        collected(text, all)
    }

    #[test]
    fn links_of_other_tools_are_found() {
        for (text, link) in [
            ("See `the policy <b.md>`_.", "`the policy <b.md>`_"),
            ("See `Scope`__ and", "`Scope`__"),
            ("so [1]_ and", "[1]_"),
            ("so [#note]_.", "[#note]_"),
            ("See \"the policy\":b.md.", "\"the policy\":b.md"),
            ("See \"the site\":https://example.org/one for", "\"the site\":https://example.org/one"),
            ("See link:b.md[the policy].", "link:b.md[the policy]"),
            ("See xref:b.adoc[the policy]", "xref:b.adoc[the policy]"),
            ("See https://example.org[the site].", "https://example.org[the site]"),
        ] {
            assert_eq!(found(text), [link], "{text}");
        }
        for text in [
            "`my`_suffix",
            "a[i]_x and [x]_",
            "{\"url\":\"https://example.org\"}",
            "he said \"stop\": nobody",
            "\"a\":1",
            "the link: [x]",
            "hyperlink:b.md[x]",
            "https://example.org/?f[name]",
            "https://example.org/[0]",
            "https://example.org/tool-[version].zip",
            "[https://example.org](b.md)",
            "https://example.org[x](b.md)",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
