//! Replaces short codes such as `:warning:` by emojis, and removes lines that request a table of contents, because
//! every page has one.

use super::line::Line;
use super::outline::Outline;
use crate::markdown::rewrite::Edits;

/// Lines that request a table of contents; each `toc` is followed by a delimiter or a space.
const TOC_MARKERS: [&str; 10] =
    ["[toc]", "[[toc]]", "[[_toc_]]", "[[_tosp_]]", "@[toc]", "{{toc}}", "{{ toc }}", "${toc}", ":toc:", "~~notoc~~"];
/// Maximum length of an emoji's name, in bytes.
const MAX_NAME_BYTES: usize = 40;

/// Replaces the short codes of a text, and removes requests for a table of contents.
pub(super) fn rewrite(text: &str, lines: &[Line], outline: &Outline, edits: &mut Edits) {
    for (range, emoji) in find_shortcodes(text) {
        if !outline.is_opaque(range.start) {
            edits.replace(range, emoji);
        }
    }
    if !may_have_toc_marker(text.as_bytes()) {
        return;
    }
    for (number, line) in lines.iter().enumerate() {
        if is_toc_request(line.text(text)) && !outline.is_opaque(line.content) && !outline.defines("toc") {
            edits.delete(line.start..lines.get(number + 1).map_or(text.len(), |next| next.start));
        }
    }
}

/// Whether a line requests a table of contents.
fn is_toc_request(line: &str) -> bool {
    TOC_MARKERS.iter().any(|mark| mark.eq_ignore_ascii_case(line))
}

/// Whether a text may contain either. This is a quick test that allows false positives, but no false negatives.
pub(super) fn may_have_shortcodes(text: &str) -> bool {
    find_shortcodes(text).next().is_some() || may_have_toc_marker(text.as_bytes())
}

/// Whether a text may contain a request for a table of contents; looking for each form separately would take longer.
fn may_have_toc_marker(text: &[u8]) -> bool {
    let is_closed = |at: usize| matches!(text.get(at + 3), Some(b']' | b'}' | b'_' | b':' | b'~' | b' '));
    let contains = |word: &[u8]| memchr::memmem::find(text, word).is_some();
    [b"toc", b"TOC", b"Toc"].iter().any(|word| memchr::memmem::find_iter(text, word).any(is_closed))
        || contains(b"_TOSP_")
}

/// Whether a short code starts at a position.
pub(super) fn is_shortcode(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let rest = &rest[..rest.floor_char_boundary(MAX_NAME_BYTES + 3)];
    find_shortcodes(rest).next().is_some_and(|(range, _)| range.start == 0)
}

/// The short codes of a text, each with its emoji.
fn find_shortcodes(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, &'static str)> + '_ {
    let bytes = text.as_bytes();
    let mut resume_at = 0;
    memchr::memchr_iter(b':', bytes).filter_map(move |at| {
        if at < resume_at || text[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':') {
            return None;
        }
        let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+');
        let length = bytes[at + 1..].iter().take(MAX_NAME_BYTES).take_while(is_name).count();
        let end = at + 1 + length;
        let is_closed = length > 0 && bytes.get(end) == Some(&b':');
        if !is_closed || bytes.get(end + 1).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'`') {
            return None;
        }
        let emoji = emojis::get_by_shortcode(&text[at + 1..end])?.as_str();
        resume_at = end + 1;
        Some((at..end + 1, emoji))
    })
}

#[cfg(test)]
mod tests {
    use super::super::rewritten_by;
    use super::*;

    fn rewritten(text: &str) -> String {
        rewritten_by(text, rewrite)
    }

    #[test]
    fn short_codes_become_signs_outside_code() {
        for (text, expected) in [
            (":warning: no", "⚠️ no"),
            ("(:+1:) `:+1:`", "(👍) `:+1:`"),
            ("## :rocket: Start", "## 🚀 Start"),
            ("a :nosuchcode: 10:30:45 key:fire:more :fire:x", "a :nosuchcode: 10:30:45 key:fire:more :fire:x"),
        ] {
            assert_eq!(rewritten(text), expected, "{text}");
            assert_eq!(may_have_shortcodes(text), text.contains(":+1:") || text != expected, "{text}");
        }
    }

    #[test]
    fn lines_that_ask_for_contents_go() {
        assert_eq!(rewritten("a\n\n[TOC]\n\nb"), "a\n\n\nb");
        for text in ["[TOC](x.md)", "see [TOC]", "```\n[TOC]\n```", "[toc]\n\n[toc]: x.md"] {
            assert_eq!(rewritten(text), text);
        }
    }
}
