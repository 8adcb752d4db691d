//! Markup of other tools within a line.

use memchr::memmem;

use super::construct::{
    ALERT, CITATION, Construct, ESCAPED_INCLUSION, HIGHLIGHT, ICON, INCLUSION, KEYS, MAX_CONSTRUCT_BYTES, NOTE, ROLE,
    SHORTCODE, SPAN, STRIKE, Sink, WIKI,
};
use super::lines::{begins_content, names_file};
use super::{expression, leftovers, wiki};
use crate::markdown::dialect::{is_alert, list_length};

/// Functions that find constructs with a certain byte.
const BY_BYTE: [(u8, FindConstructs); 6] = [
    (b'=', highlights),
    (b'+', keys),
    (b'~', strikes),
    (b'@', cross_references),
    (b'!', wiki::images),
    (b'_', contents),
];

type FindConstructs = fn(&str, &mut Sink<'_>);

/// Passes all such markup to `sink`.
pub(super) fn all(text: &str, sink: &mut Sink<'_>) {
    let contains = |byte: u8| memchr::memchr(byte, text.as_bytes()).is_some();
    short_codes(text, sink);
    let [has_braces, has_brackets, has_parentheses] = [b'{', b'[', b'('].map(contains);
    if has_braces {
        roles(text, sink);
        expression::all(text, sink);
        expression::variables(text, sink);
        wiki::macros(text, sink);
        attributes(text, sink);
    }
    if has_brackets {
        brackets(text, sink);
        contents_in_html(text, sink);
        alerts(text, sink);
        wiki::brackets(text, sink);
    }
    if has_brackets || has_braces {
        wiki::links(text, sink);
    }
    if has_parentheses || contains(b'/') {
        wiki::inline_marks(text, sink);
    }
    // Every inclusion contains one of these characters.
    if has_braces || has_brackets || has_parentheses || contains(b'<') {
        inclusions(text, sink);
    }
    leftovers::all(text, sink);
    for (_, find) in BY_BYTE.iter().filter(|(byte, _)| contains(*byte)) {
        find(text, sink);
    }
}

/// Prefixes of icons.
const ICONS: [&str; 12] = [
    "material-",
    "fontawesome-",
    "octicons-",
    "octicon-",
    "simple-",
    "lucide-",
    "fa-",
    "fas-",
    "fab-",
    "bi-",
    "mdi-",
    "icon-",
];

/// Finds `:material-account:`, and roles such as `` :ref:`label` ``.
fn short_codes(text: &str, sink: &mut Sink<'_>) {
    let bytes = text.as_bytes();
    let mut colons = memchr::memchr_iter(b':', bytes).peekable();
    while let Some(at) = colons.next() {
        let Some(&end) = colons.peek().filter(|end| **end - at <= MAX_NAME_BYTES) else { continue };
        let name = &text[at + 1..end];
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+');
        let starts = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':');
        if name.is_empty() || !starts || !name.bytes().all(is_name) {
            continue;
        }
        let construct = match bytes.get(end + 1) {
            Some(b'`') => &ROLE,
            Some(byte) if byte.is_ascii_alphanumeric() => continue,
            _ if ICONS.iter().any(|icon| name.starts_with(icon)) => &ICON,
            _ => continue,
        };
        sink(construct, at..end + 1);
        colons.next();
    }
}

/// Finds roles of MyST, such as `` {doc}`page` ``.
fn roles(text: &str, sink: &mut Sink<'_>) {
    for end in memmem::find_iter(text.as_bytes(), "}`") {
        let before = &text[text.floor_char_boundary(end.saturating_sub(MAX_NAME_BYTES))..end];
        let name = before.rsplit('{').next().unwrap_or_default();
        let is_name =
            name.len() < before.len() && name.bytes().all(|byte| byte.is_ascii_lowercase() || b"-_:".contains(&byte));
        if is_name && !name.is_empty() {
            sink(&ROLE, end - name.len() - 1..end + 1);
        }
    }
}

/// Maximum length of the name of a role or short code, in bytes.
const MAX_NAME_BYTES: usize = 60;

/// Passes text between two equal delimiters `sign` to `sink`, with the delimiters. They are at most `max_bytes` bytes
/// apart, and `is_plausible` accepts the text before, between and after them.
pub(super) fn paired(
    text: &str,
    (sign, max_bytes): (&str, usize),
    construct: &'static Construct,
    sink: &mut Sink<'_>,
    is_plausible: impl Fn(&str, &str, &str) -> bool,
) {
    let mut markers = memmem::find_iter(text.as_bytes(), sign).peekable();
    while let Some(at) = markers.next() {
        let Some(&end) = markers.peek().filter(|end| **end - at <= max_bytes) else { continue };
        if is_plausible(&text[..at], &text[at + sign.len()..end], &text[end + sign.len()..]) {
            sink(construct, at..end + sign.len());
            markers.next();
        }
    }
}

/// Finds `==words==`.
fn highlights(text: &str, sink: &mut Sink<'_>) {
    let is_word = |c: char| !c.is_whitespace() && c != '=';
    let touches = |c: char| c.is_alphanumeric() || c == '=';
    paired(text, ("==", 200), &HIGHLIGHT, sink, |before, inner, after| {
        let tight = inner.starts_with(is_word) && inner.ends_with(is_word) && !inner.contains('\n');
        tight && !before.ends_with(touches) && !after.starts_with(touches)
    });
}

/// Finds `++ctrl+c++`.
fn keys(text: &str, sink: &mut Sink<'_>) {
    paired(text, ("++", MAX_NAME_BYTES), &KEYS, sink, |before, inner, after| {
        let is_keys = inner.starts_with(|c: char| c.is_ascii_lowercase())
            && inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-'));
        // `{++words++}` is a review mark.
        let touches = |c: char| c.is_alphanumeric() || c == '{';
        is_keys && !before.ends_with(touches) && !after.starts_with(char::is_alphanumeric)
    });
}

/// Finds the attributes of a Pandoc span, `[words]{.class}`, and the format in `` `words`{=html} ``.
fn attributes(text: &str, sink: &mut Sink<'_>) {
    for end in memmem::find_iter(text.as_bytes(), "]{") {
        let rest = &text[end + 1..text.floor_char_boundary(end + 1 + MAX_CONSTRUCT_BYTES)];
        if let Some(length) = list_length(rest) {
            sink(&SPAN, end + 1..end + 1 + length);
        }
    }
    for end in memmem::find_iter(text.as_bytes(), "`{=") {
        let name = text[end + 3..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if !name.is_empty() && text[end + 3 + name.len()..].starts_with('}') {
            sink(&SPAN, end + 1..end + 4 + name.len());
        }
    }
}

fn is_label(name: &str) -> bool {
    let is_label_char = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
    name.starts_with(char::is_alphabetic) && name.chars().all(is_label_char)
}

/// Finds `~~words~~` that extends beyond a paragraph and therefore strikes out nothing.
fn strikes(text: &str, sink: &mut Sink<'_>) {
    let mut markers = memmem::find_iter(text.as_bytes(), "~~").peekable();
    while let Some(at) = markers.next() {
        let Some(&end) = markers.peek().filter(|end| **end - at <= MAX_CONSTRUCT_BYTES) else { continue };
        let inner = &text[at + 2..end];
        let tight = !inner.starts_with(['~', ' ', '\n']) && !inner.ends_with(['~', ' ']);
        if tight && inner.lines().any(|line| line.trim().is_empty()) {
            sink(&STRIKE, at..end + 2);
        }
        if !inner.is_empty() {
            markers.next();
        }
    }
}

/// Inclusions that may appear within a line.
const INCLUSIONS: [(&str, &str); 8] = [
    ("--8<-- \"", "\""),
    ("--8<-- '", "'"),
    ("@include(", ")"),
    ("!include(", ")"),
    ("{!", "!}"),
    ("{{#include ", "}}"),
    ("[[!include ", "]]"),
    ("[[include:", "]]"),
];

/// Finds inclusions after other words of their line; those at the start of a line are found elsewhere.
fn inclusions(text: &str, sink: &mut Sink<'_>) {
    for (open, close) in INCLUSIONS {
        for at in memmem::find_iter(text.as_bytes(), open) {
            let inner = &text[at + open.len()..text.floor_char_boundary(at + MAX_CONSTRUCT_BYTES)];
            let line = inner.lines().next().unwrap_or_default();
            let Some(length) = line.find(close) else { continue };
            let is_named = open != "{!" || names_file(&inner[..length]);
            let is_apart = !text[..at].ends_with(|c: char| c.is_alphanumeric() || "!@-{".contains(c));
            let end = at + open.len() + length + close.len();
            // A semicolon keeps MkDocs from including the file.
            if open.starts_with("--8<--") && text[..at].ends_with(';') {
                sink(&ESCAPED_INCLUSION, at - 1..end);
            } else if is_apart && is_named && !begins_content(&text[..at]) {
                sink(&INCLUSION, at..end);
            }
        }
    }
}

/// Finds `[!NOTE]` that does not open an alert.
fn alerts(text: &str, sink: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), "[!") {
        let rest = &text[at + 2..text.floor_char_boundary(at + 2 + MAX_NAME_BYTES)];
        let Some(end) = rest.find(']').filter(|end| !rest[end + 1..].starts_with(['(', '['])) else { continue };
        if is_alert(rest[..end].split('|').next().unwrap_or_default().trim()) {
            sink(&ALERT, at..at + end + 3);
        }
    }
}

/// Names of tags that forums and old ticket systems write in square brackets.
const BB_CODES: [&str; 13] =
    ["b", "center", "code", "color", "font", "i", "img", "list", "quote", "s", "size", "u", "url"];

/// The tag that brackets open in a forum, as a bit: `[b]`, `[url=address]`. A closing tag without an opening one is an
/// option of a Windows command, `[/s]`.
fn opened_tag(inner: &str) -> u16 {
    let name = inner.split('=').next().unwrap_or_default();
    BB_CODES.iter().position(|code| *code == name).map_or(0, |at| 1 << at)
}

/// Finds `[@key]` and `^[words]` of Pandoc, and `[/b]` of forums.
fn brackets(text: &str, sink: &mut Sink<'_>) {
    let mut open_tags = 0;
    for at in memchr::memchr_iter(b'[', text.as_bytes()) {
        let line = &text[at + 1..text.floor_char_boundary(at + 1 + MAX_CONSTRUCT_BYTES)];
        let end = memchr::memchr2(b']', b'\n', line.as_bytes()).filter(|end| line[*end..].starts_with(']'));
        let Some(end) = end else { continue };
        if line[end + 1..].starts_with(['(', '[', ':']) {
            continue;
        }
        let inner = &line[..end];
        open_tags |= opened_tag(inner);
        if is_citation(inner) {
            sink(&CITATION, at..at + end + 2);
        } else if inner.strip_prefix('/').is_some_and(|name| opened_tag(name) & open_tags != 0)
            || inner.split_once(":: ").is_some_and(|(name, _)| is_label(name))
        {
            sink(&WIKI, at..at + end + 2);
        } else if text[..at].ends_with('^') && inner.contains(' ') && inner.starts_with(char::is_alphabetic) {
            sink(&NOTE, at - 1..at + end + 2);
        }
    }
}

/// Finds `@fig-flow` of Quarto and `@tbl:hours` of Pandoc.
fn cross_references(text: &str, found: &mut Sink<'_>) {
    const KINDS: [&str; 10] = ["fig-", "fig:", "tbl-", "tbl:", "sec-", "sec:", "eq-", "eq:", "lst-", "lst:"];
    for at in memchr::memchr_iter(b'@', text.as_bytes()) {
        let rest = &text[at + 1..text.floor_char_boundary(at + 1 + MAX_NAME_BYTES)];
        let Some(kind) = KINDS.iter().find(|kind| rest.starts_with(**kind)) else { continue };
        let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let name = rest.bytes().skip(kind.len()).take_while(is_sign).count();
        let is_apart = !text[..at].ends_with(|c: char| c.is_alphanumeric() || ".-_{[@\\".contains(c));
        let after = rest[kind.len() + name..].strip_prefix(['.', '@']);
        let is_address = after.is_some_and(|behind| behind.starts_with(|c: char| c.is_alphanumeric()));
        if name > 0 && is_apart && !is_address {
            found(&CITATION, at..at + 1 + kind.len() + name);
        }
    }
}

/// Whether brackets contain `@key`, as in `[see @smith2020, p. 3]` and `[-@smith2020]`. A key contains a digit, unlike
/// names of people and rooms, and nothing precedes the `@`, unlike in an email address.
fn is_citation(inner: &str) -> bool {
    let is_key = |key: &str| is_label(key) && key.contains(|c: char| c.is_ascii_digit());
    inner.match_indices('@').any(|(at, _)| {
        let is_apart = !inner[..at].ends_with(|c: char| c.is_alphanumeric() || "._/".contains(c));
        let key = inner[at + 1..].split([',', ';', ' ']).next().unwrap_or_default();
        is_apart && is_key(key)
    })
}

/// Finds `<p>[TOC]</p>`, which is not on a line of its own.
fn contents_in_html(text: &str, sink: &mut Sink<'_>) {
    for open in memmem::find_iter(text.as_bytes(), ">[") {
        let at = open + 1;
        let marks = ["[TOC]", "[toc]", "[[_TOC_]]", "[[TOC]]", "[[toc]]"];
        let mark = marks.iter().find(|mark| text[at..].starts_with(**mark));
        if let Some(end) = mark.map(|mark| at + mark.len()).filter(|end| text[*end..].starts_with("</")) {
            sink(&SHORTCODE, at..end);
        }
    }
}

/// Finds `__TOC__` of MediaWiki.
fn contents(text: &str, sink: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), "__") {
        let name = ["TOC__", "NOTOC__", "FORCETOC__"].iter().find(|name| text[at + 2..].starts_with(**name));
        if let Some(name) = name {
            sink(&SHORTCODE, at + 2..at + name.len());
        }
    }
}
