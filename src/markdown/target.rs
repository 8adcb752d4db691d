//! Targets of links: their place in the source, and whether a page may link to them.

use std::ops::Range;

use pulldown_cmark::LinkType;

/// Finds the destination of a link in its source, as a byte range; `None` if it does not appear there.
///
/// `text_end` is the end of the text in brackets, and `target` the destination as the parser read it.
pub(super) fn find_destination(link: &str, kind: LinkType, text_end: usize, target: &str) -> Option<Range<usize>> {
    match kind {
        LinkType::Inline => inline_destination(link, text_end, target),
        LinkType::Autolink | LinkType::Email => (link.len() > 2).then(|| 1..link.len() - 1),
        LinkType::WikiLink { .. } => {
            let start = link.find("[[")? + 2;
            let end = start + link[start..].find(['|', ']'])?;
            Some(trim_range(link, start..end))
        }
        _ => None,
    }
}

/// Trims a range of white space and of the backslash that escapes a `|` in a table.
fn trim_range(link: &str, range: Range<usize>) -> Range<usize> {
    let text = &link[range.clone()];
    let start = range.end - text.trim_start().len();
    let end = range.start + text.trim_end_matches('\\').trim_end().len();
    start.min(end)..end
}

fn inline_destination(link: &str, text_end: usize, target: &str) -> Option<Range<usize>> {
    let after = text_end + link.get(text_end..)?.find("](")? + 2;
    let start = link.len() - link[after..].trim_ascii_start().len();
    let range = match link[start..].strip_prefix('<') {
        Some(inner) => start + 1..start + 1 + find_unescaped(inner, b'>')?,
        None => start..start + bare_destination_end(&link[start..]),
    };
    let source_text = &link[range.clone()];
    let is_plain = !source_text.contains(['\\', '&']);
    (!is_plain || source_text == target).then_some(range)
}

/// Offset of the first `needle` that is not escaped with a backslash.
fn find_unescaped(text: &str, needle: u8) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let is_match = byte == needle && !escaped;
        escaped = byte == b'\\' && !escaped;
        is_match
    })
}

/// End of a destination without angle brackets: at white space or at an unmatched closing parenthesis.
fn bare_destination_end(text: &str) -> usize {
    let mut open = 0_u32;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => open += 1,
            b')' if open == 0 => return at,
            b')' => open -= 1,
            _ if byte.is_ascii_whitespace() => return at,
            _ => {}
        }
    }
    text.len()
}

/// Schemes that a page may link to.
const SAFE_SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether a link target is relative or has one of the schemes `http`, `https`, `mailto` and `tel`.
///
/// The target is interpreted as in a browser: leading control characters and spaces are ignored, and so are tabs and
/// line ends within it. This detects `java&#10;script:`.
pub fn is_safe_scheme(target: &str) -> bool {
    let letters = target.trim_start_matches(|c: char| c <= ' ');
    let Some(end) = letters.find([':', '/', '?', '#']).filter(|end| letters[*end..].starts_with(':')) else {
        return true;
    };
    let scheme_chars = letters[..end].chars().filter(|c| !matches!(c, '\t' | '\n' | '\r'));
    let scheme: String = scheme_chars.map(|c| c.to_ascii_lowercase()).collect();
    SAFE_SCHEMES.contains(&scheme.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_few_schemes_are_safe() {
        for target in ["a.md", "../a.md#b:c", "#x", "?a:b", "HTTPS://x", "mailto:a@b", "tel:1", "//host/x", "", "./a:b"]
        {
            assert!(is_safe_scheme(target), "{target}");
        }
        for target in [
            "javascript:alert(1)",
            " \u{1}JavaScript:x",
            "java\nscript:x",
            "data:text/html,x",
            "vbscript:x",
            "C:\\x",
            ":x",
        ] {
            assert!(!is_safe_scheme(target), "{target}");
        }
    }

    #[test]
    fn destinations_are_found_in_every_spelling() {
        let found = |link: &'static str, text_end, target| {
            find_destination(link, LinkType::Inline, text_end, target).map(|range| &link[range])
        };
        assert_eq!(found("[a](b \"c\")", 2, "b"), Some("b"));
        assert_eq!(found("[a]( <b c> )", 2, "b c"), Some("b c"));
        assert_eq!(found("[a](b\\)c(d))", 2, "b)c(d)"), Some("b\\)c(d)"));
        assert_eq!(found("[](b)", 1, "b"), Some("b"));
        assert_eq!(found("[a](\n> b)", 2, "b"), None);
        assert_eq!(found("[a]()", 2, ""), Some(""));
    }
}
