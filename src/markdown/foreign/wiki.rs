//! Markup of wikis, in particular Confluence.

use std::collections::HashMap;

use memchr::memmem;

use super::comment::begins_line;
use super::construct::{MAX_CONSTRUCT_BYTES, NOTE, SHORTCODE, Sink, WIKI};
use super::spans::paired;
use crate::path::has_file_extension;

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
pub(super) fn macros(text: &str, sink: &mut Sink<'_>) {
    let mut alone: HashMap<&str, Vec<std::ops::Range<usize>>> = HashMap::new();
    for at in memchr::memchr_iter(b'{', text.as_bytes()) {
        let rest = &text[at + 1..text.floor_char_boundary(at + 1 + MAX_CONSTRUCT_BYTES)];
        let end = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
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
                sink(&SHORTCODE, at..at + end + length + 3);
                // `{color:red}` is closed by `{color}`.
                alone.entry(name).or_default().push(usize::MAX..usize::MAX);
            }
        }
    }
    // In the middle of a sentence, `{status}` is a field to be filled in.
    let is_opened = |first: &std::ops::Range<usize>| first.start == usize::MAX || begins_line(&text[..first.start]);
    let pairs = alone.into_values().filter(|all| all.len() > 1 && all.first().is_some_and(is_opened));
    for range in pairs.flatten().filter(|range| range.start < usize::MAX) {
        sink(&SHORTCODE, range);
    }
}

/// Finds `[words|https://example.org]`.
pub(super) fn brackets(text: &str, sink: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), "|http") {
        let start = text.ceil_char_boundary(at.saturating_sub(MAX_CONSTRUCT_BYTES));
        let before = &text[start..at];
        let open = before.rfind(['[', ']', '\n', '|']).filter(|open| before[*open..].starts_with('['));
        let after = &text[at..text.floor_char_boundary(at + MAX_CONSTRUCT_BYTES)];
        let close = after.find([']', '\n', ' ']).filter(|close| after[*close..].starts_with(']'));
        if let (Some(open), Some(close)) = (open, close) {
            sink(&WIKI, start + open..at + close + 1);
        }
    }
}

/// Finds links and images of DokuWiki and MediaWiki: `[[:wiki:policy|the policy]]`, `{{ :flow.png?200 |Caption}}`.
pub(super) fn links(text: &str, found: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), "[[") {
        let inside = line_after(text, at + 2);
        let Some(inside) = inside.find("]]").map(|end| &inside[..end]) else { continue };
        let target = inside.split(['|', '#']).next().unwrap_or_default();
        let is_name =
            |part: &str| part.starts_with(char::is_alphabetic) && !part.contains(['[', '/']) && part.trim() == part;
        let mut parts = target.strip_prefix(':').unwrap_or(target).split(':');
        let is_file = ["include:", "File:", "Image:"].iter().any(|kind| target.starts_with(kind));
        if !is_file
            && !text[..at].ends_with('\\')
            && target.contains(':')
            && parts.clone().count() > 1
            && parts.all(is_name)
        {
            found(&WIKI, at..at + inside.len() + 4);
        }
    }
    for at in memmem::find_iter(text.as_bytes(), "{{") {
        let inside = line_after(text, at + 2);
        let Some(inside) = inside.find("}}").map(|end| &inside[..end]) else { continue };
        let name = inside.split(['|', '?']).next().unwrap_or_default().trim();
        let is_file = name.starts_with([':', '.']) || name.contains([':', '?']) || inside.contains(['?', '|']);
        if is_file && !text[..at].ends_with('\\') && has_file_extension(name) && !name.contains(' ') {
            found(&WIKI, at..at + inside.len() + 4);
        }
    }
}

/// The rest of the line from a position, or less.
fn line_after(text: &str, at: usize) -> &str {
    text[at..text.floor_char_boundary(at + MAX_CONSTRUCT_BYTES)].lines().next().unwrap_or_default()
}

/// Finds notes and italics of DokuWiki: `((words))`, `//words//`.
pub(super) fn inline_marks(text: &str, found: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), "((") {
        let inside = line_after(text, at + 2);
        let Some(inside) = inside.find("))").map(|end| &inside[..end]) else { continue };
        let is_note = inside.starts_with(char::is_alphabetic) && inside.trim_end().contains(' ');
        if is_note && !inside.contains(['(', ')']) && !text[..at].ends_with(['(', '$', ']', '\\']) {
            found(&NOTE, at..at + inside.len() + 4);
        }
    }
    paired(text, ("//", MAX_NAME_BYTES), &WIKI, found, |before, inside, after| {
        let is_word = |c: char| c.is_alphabetic();
        let is_tight = inside.starts_with(is_word) && inside.ends_with(is_word) && !inside.contains(['/', '\n', ':']);
        is_tight && before.ends_with([' ', '\n']) && !after.starts_with(|c: char| c.is_alphanumeric() || c == '/')
    });
}

/// Extensions of images, with the closing delimiter.
const IMAGES: [&str; 6] = [".png!", ".jpg!", ".jpeg!", ".gif!", ".svg!", ".webp!"];

/// Finds `!flow.png!`.
pub(super) fn images(text: &str, sink: &mut Sink<'_>) {
    for ending in IMAGES {
        for end in memmem::find_iter(text.as_bytes(), ending) {
            let start = text.ceil_char_boundary(end.saturating_sub(MAX_NAME_BYTES));
            let before = &text[start..end];
            let name = before.rfind(|c: char| c.is_whitespace() || c == '!');
            if let Some(at) = name.filter(|at| before[*at..].starts_with('!') && before.len() > at + 1) {
                sink(&WIKI, start + at..end + ending.len());
            }
        }
    }
}

/// Maximum length of an image name, in bytes.
const MAX_NAME_BYTES: usize = 200;
