//! Determines where an item is inserted into a list in a text, and how it is written there.

use std::ops::Range;

use crate::yaml::{Entry, Node, Value};

/// The text being edited.
pub(super) struct EditContext<'a> {
    /// The whole text, with `\n` line endings.
    pub(crate) text: &'a str,
    /// The range of the front matter's YAML.
    pub(crate) yaml: Range<usize>,
    /// The entries of the front matter.
    pub(crate) entries: &'a [Entry],
}

/// An item of a list, which is a mapping.
pub(super) struct NewItem {
    /// Keys and values as written, in order.
    pub(super) fields: Vec<(String, String)>,
    /// Whether it goes before the others rather than after them.
    pub(super) is_first: bool,
}

/// A range of the text and its replacement.
pub(super) type Edit = (Range<usize>, String);

/// Edits that add an item to the list of a key, sorted by position; `None` if it cannot be added safely.
pub(super) fn edits(context: &EditContext<'_>, entry: Option<&Entry>, key: &str, item: &NewItem) -> Option<Vec<Edit>> {
    let Some(entry) = entry else { return add_key(context, key, item) };
    let node = &entry.value;
    match &node.value {
        Value::List(items) if items.is_empty() => replace_empty(context, entry, node, item),
        Value::List(_) if context.text[span(node)].starts_with('[') => add_in_brackets(context, node, item),
        Value::List(_) => add_below(context, entry, item),
        Value::Scalar(scalar) if scalar.is_null() && node.span == entry.key.span => add_below(context, entry, item),
        Value::Scalar(scalar) if scalar.is_null() => replace_empty(context, entry, node, item),
        _ => None,
    }
}

pub(super) fn span(node: &Node) -> Range<usize> {
    node.span.start as usize..node.span.end as usize
}

/// Adds the key at the end of the front matter.
fn add_key(context: &EditContext<'_>, key: &str, item: &NewItem) -> Option<Vec<Edit>> {
    let first = context.entries.first()?.key.span.start as usize;
    let indent = indent_at(context.text, first)?;
    let at = context.yaml.end;
    Some(vec![(at..at, format!("{indent}{key}:\n{}", block(&format!("{indent}  "), item)))])
}

/// Replaces an empty list or a null with a list below the key.
fn replace_empty(context: &EditContext<'_>, entry: &Entry, node: &Node, item: &NewItem) -> Option<Vec<Edit>> {
    let text = context.text;
    let indent = indent_at(text, entry.key.span.start as usize)?;
    let value = span(node);
    let start = text[..value.start].trim_end_matches([' ', '\t']).len();
    let line_end = value.end + text[value.end..].find('\n')? + 1;
    let added = block(&first_indent(&text[line_end..], &indent), item);
    Some(vec![(start..value.end, String::new()), (line_end..line_end, added)])
}

/// The indentation of the first item of a list: that of the commented example below its key, so that both are one list
/// when the example loses its comment signs, or two spaces more than the key.
fn first_indent(below: &str, key_indent: &str) -> String {
    let comments = below.lines().map_while(|line| line.split_once('#').filter(|(before, _)| before.trim().is_empty()));
    let example = comments.map(|(before, text)| [before, text.strip_prefix(' ').unwrap_or(text)].concat());
    let indents = example.filter(|line| line.trim_start().starts_with("- ")).map(|line| {
        let indent = line.len() - line.trim_start_matches(' ').len();
        " ".repeat(indent)
    });
    let first = indents.take(1).find(|indent| indent.len() >= key_indent.len());
    first.unwrap_or_else(|| format!("{key_indent}  "))
}

/// Adds an item inside the brackets.
fn add_in_brackets(context: &EditContext<'_>, node: &Node, item: &NewItem) -> Option<Vec<Edit>> {
    let value = span(node);
    let inner = context.text[value.clone()].strip_suffix(']')?.trim_end();
    if item.is_first {
        let at = value.start + 1;
        return Some(vec![(at..at, format!("{}, ", flow(item)))]);
    }
    let at = value.start + inner.len();
    let comma = if inner.ends_with(',') { " " } else { ", " };
    Some(vec![(at..at, format!("{comma}{}", flow(item)))])
}

/// Adds an item below the last one, or the first item below the key, in the style of its neighbours.
fn add_below(context: &EditContext<'_>, entry: &Entry, item: &NewItem) -> Option<Vec<Edit>> {
    let key_at = entry.key.span.start as usize;
    let key_indent = indent_at(context.text, key_at)?;
    let key_line_end = key_at + context.text[key_at..].find('\n')? + 1;
    let mut end = key_line_end;
    let mut at = key_line_end;
    let mut first_item = None;
    for line in context.text[key_line_end..context.yaml.end].split_inclusive('\n') {
        let content = line.trim();
        let indent = &line[..line.len() - line.trim_start_matches(' ').len()];
        let is_passed_over = content.is_empty() || content.starts_with('#');
        let is_item = content == "-" || content.starts_with("- ");
        if !is_passed_over && indent.len() <= key_indent.len() && !(is_item && indent.len() == key_indent.len()) {
            break;
        }
        at += line.len();
        if !is_passed_over {
            end = at;
            first_item = first_item.or(is_item.then(|| (at - line.len(), indent.to_owned(), content.to_owned())));
        }
    }
    let added = match &first_item {
        Some((_, indent, content)) if content.trim_start_matches('-').trim_start().starts_with('{') => {
            format!("{indent}- {}\n", flow(item))
        }
        Some((_, indent, _)) => block(indent, item),
        None => block(&first_indent(&context.text[key_line_end..context.yaml.end], &key_indent), item),
    };
    let place = first_item.filter(|_| item.is_first).map_or(end, |(start, ..)| start);
    Some(vec![(place..place, added)])
}

/// The indentation of a key, if nothing but spaces precedes it.
pub(super) fn indent_at(text: &str, at: usize) -> Option<String> {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let before = &text[line..at];
    before.chars().all(|c| c == ' ').then(|| before.to_owned())
}

/// An item with one key per line.
fn block(indent: &str, item: &NewItem) -> String {
    let line = |(at, (key, value)): (usize, &(String, String))| {
        let marker = if at == 0 { "- " } else { "  " };
        format!("{indent}{marker}{key}: {value}\n")
    };
    item.fields.iter().enumerate().map(line).collect()
}

/// An item on one line. Within braces, where commas and brackets have a meaning, only simple strings are unquoted.
pub(super) fn flow(item: &NewItem) -> String {
    let fields: Vec<String> = item.fields.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    format!("{{{}}}", fields.join(", "))
}

/// Applies edits to a text as it is on disk: the ranges refer to the text without its byte order mark and with `\n`
/// line endings, and additions use the line ending of the text's first line.
pub(super) fn apply_edits(raw: &str, edits: &[Edit]) -> String {
    let line_end = match raw.find(['\r', '\n']) {
        Some(at) if raw[at..].starts_with("\r\n") => "\r\n",
        Some(at) if raw[at..].starts_with('\r') => "\r",
        _ => "\n",
    };
    let mut out = String::with_capacity(raw.len() + 256);
    let mut last_end = 0;
    for (range, text) in edits {
        let (start, end) = (on_disk(raw, range.start), on_disk(raw, range.end));
        out.push_str(&raw[last_end..start]);
        out.push_str(&text.replace('\n', line_end));
        last_end = end;
    }
    out + &raw[last_end..]
}

/// Converts a position in the normalized text to one on disk.
fn on_disk(raw: &str, place: usize) -> usize {
    let mark = raw.len() - raw.strip_prefix('\u{feff}').unwrap_or(raw).len();
    let bytes = &raw.as_bytes()[mark..];
    let mut read = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let is_dropped = *byte == b'\r' && bytes.get(at + 1) == Some(&b'\n');
        if read == place && !(at > 0 && *byte == b'\n' && bytes[at - 1] == b'\r') {
            return mark + at;
        }
        read += usize::from(!is_dropped);
    }
    raw.len()
}
