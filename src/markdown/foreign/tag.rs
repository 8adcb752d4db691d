//! Tags of HTML that are not read as such, because a quotation mark or the end of the tag is missing.

use std::ops::Range;

use super::construct::{Sink, TAG};

/// Elements whose tags people write into Markdown.
const ELEMENTS: [&str; 41] = [
    "a",
    "b",
    "blockquote",
    "br",
    "center",
    "code",
    "col",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "img",
    "input",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];
/// Elements without a closing tag.
const VOID_ELEMENTS: [&str; 3] = ["br", "hr", "img"];
/// Names that run together with the attribute that follows them.
const JOINED_NAMES: [&str; 4] = ["ahref", "divclass", "imgsrc", "spanclass"];
/// The longest tag to look at, in bytes.
const MAX_TAG_BYTES: usize = 1_000;

/// Passes each such tag to `sink`; where it is read as a tag, it is not on the page.
pub(super) fn all(text: &str, sink: &mut Sink<'_>) {
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        if let Some(range) = tag(text, at).filter(|_| !text[..at].ends_with('\\')) {
            sink(&TAG, range);
        }
    }
}

fn tag(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at + 1..text.floor_char_boundary(at + MAX_TAG_BYTES)];
    let inner = rest.trim_start_matches(['/', ' ']);
    let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, after) = inner.split_at(length);
    let name = name.to_ascii_lowercase();
    let is_element = ELEMENTS.contains(&name.as_str());
    if !is_element && !JOINED_NAMES.contains(&name.as_str()) {
        return None;
    }
    let after = after.lines().next().unwrap_or_default();
    let line = rest.len() - inner.len() + length + after.len();
    let is_tag = if inner.len() == rest.len() {
        is_element && (has_attribute(after) || is_void_end(&name, after)) || !is_element && after.starts_with('=')
    } else {
        is_element && rest.starts_with("/ ") && after.trim_start().starts_with('>')
    };
    let rest = rest[..line].trim_end();
    let end = rest.find('>').map_or(rest.len(), |end| end + 1);
    is_tag.then_some(at..at + 1 + end)
}

/// Whether an attribute with a value follows the name of a tag.
fn has_attribute(after: &str) -> bool {
    let name = after.trim_start();
    let length = name.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'-').count();
    let value = name[length..].trim_start().strip_prefix('=').map(str::trim_start);
    name.len() < after.len() && length > 0 && value.is_some_and(|value| value.starts_with(['"', '\'']))
}

/// Whether a tag without content ends in spaces and slashes.
fn is_void_end(name: &str, after: &str) -> bool {
    VOID_ELEMENTS.contains(&name) && after.trim_start_matches([' ', '/']).starts_with('>')
}

#[cfg(test)]
mod tests {
    use super::super::collected;
    use super::*;

    #[test]
    fn tags_are_distinguished_from_words_in_angle_brackets() {
        for (text, tag) in [
            ("<img src=\"p.png\" alt=\"flow> x", "<img src=\"p.png\" alt=\"flow>"),
            ("<img src='p.png' /", "<img src='p.png' /"),
            ("<imgsrc=\"p.png\">", "<imgsrc=\"p.png\">"),
            ("a<br / >b", "<br / >"),
            ("a</ br>b", "</ br>"),
            ("<TD colspan=\"2>x</TD>", "<TD colspan=\"2>"),
        ] {
            assert_eq!(collected(text, all), [tag], "{text}");
        }
        for text in
            ["<label of the asset>", "\\<img src=\"x\">", "<a or b>", "a <b and c = d", "<code>", "<input value>"]
        {
            assert_eq!(collected(text, all), [""; 0], "{text}");
        }
    }
}
