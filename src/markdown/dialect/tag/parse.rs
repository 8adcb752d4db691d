//! Parses tags.

use std::ops::Range;

use super::super::outline::Outline;

/// The syntax of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Syntax {
    /// `{{< name >}}` or `{{% name %}}`.
    Shortcode,
    /// `{% name %}`.
    Liquid,
    /// `<Name>`, or an HTML element.
    Component,
}

/// The kind of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    Open,
    Close,
    /// A tag that closes itself.
    Empty,
}

impl TagKind {
    fn new(is_close: bool, is_empty: bool) -> TagKind {
        match (is_close, is_empty) {
            (true, _) => TagKind::Close,
            (false, true) => TagKind::Empty,
            (false, false) => TagKind::Open,
        }
    }
}

/// A value passed to a tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute<'t> {
    /// The name; empty if the value is positional.
    pub(super) name: &'t str,
    /// The value without quotation marks or braces.
    pub(super) value: &'t str,
    /// Whether the value is in braces, so that a program computes it.
    pub(super) is_code: bool,
    /// The range of the whole attribute in the text.
    pub(super) range: Range<usize>,
}

/// A tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    pub(super) syntax: Syntax,
    pub(super) name: &'t str,
    pub(super) kind: TagKind,
    pub(super) attributes: Vec<Attribute<'t>>,
    pub(super) range: Range<usize>,
}

impl<'t> Tag<'t> {
    /// The first non-empty value among the attributes with these names.
    pub(super) fn value(&self, names: &[&str]) -> Option<&'t str> {
        let find = |name: &&str| {
            self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name) && !attribute.is_code)
        };
        names.iter().filter_map(find).map(|attribute| attribute.value.trim()).find(|value| !value.is_empty())
    }

    /// Whether this is an HTML element in the style of a component: with values in braces, or a `className`.
    pub(super) fn is_component_element(&self) -> bool {
        self.attributes.iter().any(|attribute| attribute.is_code || attribute.name == "className")
    }

    /// Whether the content of an HTML element is Markdown, according to kramdown and MkDocs. In a `figure`, MkDocs
    /// writes `span` for a picture on its own line.
    pub(super) fn holds_markdown(&self) -> bool {
        self.attributes.iter().any(|attribute| {
            let is_block = matches!(attribute.value, "" | "1" | "block");
            attribute.name == "markdown" && (is_block || attribute.value == "span" && self.name == "figure")
        })
    }

    /// The positional values.
    pub(super) fn positional(&self) -> impl Iterator<Item = &'t str> + '_ {
        self.attributes.iter().filter(|one| one.name.is_empty()).map(|one| one.value)
    }
}

/// Maximum length of a tag, in bytes.
const MAX_TAG_BYTES: usize = 4_000;

/// All tags of a text outside code, in order.
pub(super) fn tags<'t>(text: &'t str, outline: &Outline) -> Vec<Tag<'t>> {
    let mut tags = Vec::new();
    let mut resume_at = 0;
    for at in memchr::memchr2_iter(b'{', b'<', text.as_bytes()) {
        if at < resume_at || outline.is_code(at) {
            continue;
        }
        if let Some(tag) = tag(text, at) {
            resume_at = tag.range.end;
            tags.push(tag);
        }
    }
    tags
}

/// The tag that starts at a position.
fn tag(text: &str, at: usize) -> Option<Tag<'_>> {
    let rest = &text[at..text.floor_char_boundary(at + MAX_TAG_BYTES)];
    if rest.starts_with('<') {
        return component(text, at, rest);
    }
    let delimiters =
        [("{{<", ">}}", Syntax::Shortcode), ("{{%", "%}}", Syntax::Shortcode), ("{%", "%}", Syntax::Liquid)];
    let (open, close, syntax) = delimiters.into_iter().find(|(open, ..)| rest.starts_with(open))?;
    let inside = rest[open.len()..].split_once(close)?.0;
    let end = at + open.len() + inside.len() + close.len();
    let inside = inside.trim_matches('-').trim();
    let (inside, is_close) = inside.strip_prefix('/').map_or((inside, false), |inside| (inside.trim_start(), true));
    let (inside, is_empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
    let name = &inside[..inside.find(char::is_whitespace).unwrap_or(inside.len())];
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
    if !name.trim_start_matches('_').starts_with(char::is_alphabetic) || !name.chars().all(is_name) {
        return None;
    }
    let (name, is_close) = match name.strip_prefix("end").filter(|_| syntax == Syntax::Liquid) {
        Some(name) => (name, true),
        None => (name, is_close),
    };
    let kind = TagKind::new(is_close, is_empty);
    let from = name.as_ptr().addr() + name.len() - text.as_ptr().addr();
    let until = inside.as_ptr().addr() + inside.len() - text.as_ptr().addr();
    Some(Tag { syntax, name, kind, attributes: arguments(text, from..until), range: at..end })
}

/// Parses the arguments after a name: `a="b"`, `a=b`, `a:"b"`, `"b"`, `b`.
fn arguments(text: &str, range: Range<usize>) -> Vec<Attribute<'_>> {
    let mut attributes = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let Some(first) = rest.chars().next().filter(|first| !first.is_whitespace()) else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | ':' | '"' | '\'' | '`'));
        let word = &rest[..end.unwrap_or(rest.len())];
        let after = &rest[word.len()..];
        let assigned = after.strip_prefix(['=', ':']).map(str::trim_start).filter(|_| !word.is_empty());
        let (name, value_text) = match assigned {
            Some(value) if after.starts_with('=') || value.starts_with(['"', '\'']) => (word, value),
            _ => ("", rest),
        };
        let value = quoted_content(value_text)
            .unwrap_or_else(|| &value_text[..value_text.find(char::is_whitespace).unwrap_or(value_text.len())]);
        let marks = if value_text.starts_with(value) { 0 } else { 1 };
        let end = value.as_ptr().addr() + value.len() + marks - text.as_ptr().addr();
        attributes.push(Attribute { name, value, is_code: false, range: at..end });
        at = end.max(at + first.len_utf8());
    }
    attributes
}

/// The content of the quotation marks at the start of a text.
fn quoted_content(text: &str) -> Option<&str> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '"' | '\'' | '`'))?;
    text[1..].split_once(mark).map(|(inner, _)| inner)
}

/// Parses a component or an HTML element.
fn component<'t>(text: &'t str, at: usize, rest: &'t str) -> Option<Tag<'t>> {
    let is_close = rest.starts_with("</");
    let begin = if is_close { 2 } else { 1 };
    let end = rest[begin..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))? + begin;
    let name = &rest[begin..end];
    let is_component = name.starts_with(|c: char| c.is_ascii_uppercase());
    if name.is_empty() || !(is_component || name.starts_with(|c: char| c.is_ascii_lowercase())) {
        return None;
    }
    let (attributes, end, is_empty) = properties(text, at + end, at + rest.len())?;
    let kind = TagKind::new(is_close, is_empty);
    Some(Tag { syntax: Syntax::Component, name, kind, attributes, range: at..end })
}

/// Maximum length of a component in running text, in bytes.
const MAX_COMPONENT_BYTES: usize = 1_000;

/// The component at a position, if Markdown does not read it as a tag because it has code in its values or a dot in its
/// name.
pub(in crate::markdown) fn component_at(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..text.floor_char_boundary(at + MAX_COMPONENT_BYTES)];
    let name = rest.strip_prefix('<')?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let is_named = name.starts_with(|c: char| c.is_ascii_uppercase());
    let tag = is_named.then(|| component(text, at, rest)).flatten()?;
    (tag.name.contains('.') || tag.attributes.iter().any(|attribute| attribute.is_code)).then_some(tag.range)
}

/// Parses attributes up to the end of a tag; returns them, the end position, and whether the tag closes itself.
fn properties(text: &str, from: usize, until: usize) -> Option<(Vec<Attribute<'_>>, usize, bool)> {
    let mut attributes = Vec::new();
    let mut at = from;
    loop {
        at += text[at..until].len() - text[at..until].trim_start().len();
        let rest = &text[at..until];
        if rest.starts_with('>') {
            return Some((attributes, at + 1, false));
        }
        if rest.starts_with("/>") {
            return Some((attributes, at + 2, true));
        }
        if rest.starts_with('{') {
            let length = braces(rest)?;
            attributes.push(Attribute { name: "", value: &rest[1..length - 1], is_code: true, range: at..at + length });
            at += length;
            continue;
        }
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
        let name = &rest[..rest.find(|c| !is_name(c))?];
        let value = (!name.is_empty()).then_some(&rest[name.len()..])?;
        let (value, length, is_code) = match value.strip_prefix('=') {
            None => ("", name.len(), false),
            Some(value) if value.starts_with('{') => {
                let length = braces(value)?;
                (&value[1..length - 1], name.len() + 1 + length, true)
            }
            Some(value) => {
                let inner = quoted_content(value)?;
                (inner, name.len() + 3 + inner.len(), false)
            }
        };
        attributes.push(Attribute { name, value, is_code, range: at..at + length });
        at += length;
    }
}

/// Length of the braced text at the start, including the braces.
fn braces(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut mark = None;
    for (at, byte) in text.bytes().enumerate() {
        match (mark, byte) {
            (Some(open), _) if open == byte => mark = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => mark = Some(byte),
            (None, b'{') => depth += 1,
            (None, b'}') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            (None, _) => {}
        }
    }
    None
}
