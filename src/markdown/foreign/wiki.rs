//! Markup of wikis, in particular Confluence.

use std::collections::HashMap;

use memchr::memmem;

use super::comment::begins_line;
use super::construct::{MAX_CONSTRUCT_BYTES, SHORTCODE, Sink, WIKI};

/// Macros that come in pairs or have parameters.
const MACROS: [&str; 20] = [
    "info",
    "note",
    "warning",
    "tip",
    "panel",
    "code",
    "noformat",
    "quote",
    "expand",
    "section",
    "column",
    "color",
    "anchor",
    "jira",
    "status",
    "excerpt",
    "details",
    "html",
    "gallery",
    "attachments",
];

/// Finds `{info}…{info}` and `{jira:OPS-1}`.
pub(super) fn macros(text: &str, found: &mut Sink<'_>) {
    let mut alone: HashMap<&str, Vec<std::ops::Range<usize>>> = HashMap::new();
    for at in memchr::memchr_iter(b'{', text.as_bytes()) {
        let rest = &text[at + 1..text.floor_char_boundary(at + 1 + MAX_CONSTRUCT_BYTES)];
        let end = rest.find(|letter: char| !letter.is_ascii_lowercase()).unwrap_or(rest.len());
        let Some(name) = MACROS.iter().find(|name| **name == &rest[..end]) else { continue };
        let before = text[..at].chars().next_back();
        if before.is_some_and(|before| "{$\\#%@]`".contains(before)) {
            continue;
        }
        if rest[end..].starts_with('}') {
            alone.entry(name).or_default().push(at..at + end + 2);
        } else if let Some(length) = rest[end..].strip_prefix(':').and_then(|value| value.find(['}', '\n'])) {
            let is_closed =
                length > 0 && rest[end + 1 + length..].starts_with('}') && !rest[end + 1..].starts_with(' ');
            if is_closed {
                found(&SHORTCODE, at..at + end + length + 3);
                // `{color:red}` is closed by `{color}`.
                alone.entry(name).or_default().push(usize::MAX..usize::MAX);
            }
        }
    }
    // In the middle of a sentence, `{status}` is a field to be filled in.
    let is_opened = |first: &std::ops::Range<usize>| first.start == usize::MAX || begins_line(&text[..first.start]);
    let pairs = alone.into_values().filter(|all| all.len() > 1 && all.first().is_some_and(is_opened));
    for range in pairs.flatten().filter(|range| range.start < usize::MAX) {
        found(&SHORTCODE, range);
    }
}

/// Finds `[words|https://example.org]`.
pub(super) fn brackets(text: &str, found: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), "|http") {
        let start = text.ceil_char_boundary(at.saturating_sub(MAX_CONSTRUCT_BYTES));
        let before = &text[start..at];
        let open = before.rfind(['[', ']', '\n', '|']).filter(|open| before[*open..].starts_with('['));
        let behind = &text[at..text.floor_char_boundary(at + MAX_CONSTRUCT_BYTES)];
        let close = behind.find([']', '\n', ' ']).filter(|close| behind[*close..].starts_with(']'));
        if let (Some(open), Some(close)) = (open, close) {
            found(&WIKI, start + open..at + close + 1);
        }
    }
}

/// Extensions of images, with the closing delimiter.
const IMAGES: [&str; 6] = [".png!", ".jpg!", ".jpeg!", ".gif!", ".svg!", ".webp!"];

/// Finds `!flow.png!`.
pub(super) fn images(text: &str, found: &mut Sink<'_>) {
    for ending in IMAGES {
        for end in memmem::find_iter(text.as_bytes(), ending) {
            let start = text.ceil_char_boundary(end.saturating_sub(MAX_NAME_BYTES));
            let before = &text[start..end];
            let name = before.rfind(|letter: char| letter.is_whitespace() || letter == '!');
            if let Some(at) = name.filter(|at| before[*at..].starts_with('!') && before.len() > at + 1) {
                found(&WIKI, start + at..end + ending.len());
            }
        }
    }
}

/// Maximum length of an image name, in bytes.
const MAX_NAME_BYTES: usize = 200;
