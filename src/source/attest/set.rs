//! Gives a key of a mapping another value, or adds the key.

use super::edit::{Context, Edit, indent_at, span};
use super::register::last_byte;
use crate::yaml::{Entry, Node, Value};

/// Gives a key that is there another value; nothing where its value is written so that it has no single place.
pub(super) fn replace(context: &Context<'_>, entry: &Entry, value: &str) -> Option<Edit> {
    let node = &entry.value;
    if let Value::Scalar(scalar) = &node.value
        && scalar.is_null()
        && node.span == entry.key.span
    {
        let key_end = entry.key.span.end as usize;
        let at = key_end + context.text[key_end..].find(':')? + 1;
        return Some((at..at, format!(" {value}")));
    }
    let is_in_brackets = matches!(node.value, Value::List(_)) && context.text[span(node)].starts_with('[');
    let is_one_place = matches!(node.value, Value::Scalar(_)) || is_in_brackets;
    is_one_place.then(|| (span(node), value.to_owned()))
}

/// The same for a register, where a whole list or mapping of plain texts may be replaced, too.
pub(super) fn replace_whole(context: &Context<'_>, entry: &Entry, value: &str) -> Option<Edit> {
    match &entry.value.value {
        Value::List(_) | Value::Map(_) => replace_collection(context, entry, value),
        Value::Scalar(_) | Value::Refused => replace(context, entry, value),
    }
}

/// Gives a key another value than the list or mapping of plain texts that it has; nothing where that would lose a comment.
fn replace_collection(context: &Context<'_>, entry: &Entry, value: &str) -> Option<Edit> {
    let node = &entry.value;
    let is_plain = match &node.value {
        Value::List(items) => items.iter().all(is_scalar),
        Value::Map(keys) => keys.iter().all(|key| is_scalar(&key.value)),
        _ => false,
    };
    let edit = match context.text[span(node)].starts_with(['[', '{']) {
        true => (span(node), value.to_owned()),
        false => {
            let key_end = entry.key.span.end as usize;
            let at = key_end + context.text[key_end..].find(':')? + 1;
            (at..last_byte(node), format!(" {value}"))
        }
    };
    let replaced = &context.text[edit.0.clone()];
    let has_comment = [" #", "\t#", "\n#"].iter().any(|comment| replaced.contains(comment));
    (is_plain && !has_comment).then_some(edit)
}

fn is_scalar(node: &Node) -> bool {
    matches!(node.value, Value::Scalar(_))
}

/// Adds a key to the front matter, below the line of a key that has a value on its line, else at the end.
pub(super) fn add(context: &Context<'_>, below: Option<&Entry>, key: &str, value: &str) -> Option<Edit> {
    let first = context.entries.first()?.key.span.start as usize;
    let indent = indent_at(context.text, first)?;
    let at = below.and_then(|entry| line_end(context, entry)).unwrap_or(context.yaml.end);
    Some((at..at, format!("{indent}{key}: {value}\n")))
}

/// Adds a key to an item of a list, below the line of one of its keys or, between braces, at its end.
pub(super) fn add_to_item(
    context: &Context<'_>,
    item: &Node,
    below: &Entry,
    (key, value): (&str, &str),
) -> Option<Edit> {
    let text = &context.text[span(item)];
    if text.starts_with('{') {
        let inside = text.strip_suffix('}')?.trim_end();
        let at = item.span.start as usize + inside.len();
        let comma = if inside.ends_with(',') { " " } else { ", " };
        return Some((at..at, format!("{comma}{key}: {value}")));
    }
    let key_at = below.key.span.start as usize;
    let line = context.text[..key_at].rfind('\n').map_or(0, |end| end + 1);
    let at = line_end(context, below)?;
    Some((at..at, format!("{}{key}: {value}\n", " ".repeat(key_at - line))))
}

/// Where the line of a key ends that has a text, or something between braces or brackets, as its value on the same line.
fn line_end(context: &Context<'_>, entry: &Entry) -> Option<usize> {
    let (start, end) = (entry.key.span.start as usize, entry.value.span.end as usize);
    let is_value = match &entry.value.value {
        Value::Scalar(scalar) => !scalar.is_null() || entry.value.span != entry.key.span,
        Value::Map(_) | Value::List(_) => context.text[span(&entry.value)].starts_with(['{', '[']),
        Value::Refused => false,
    };
    let is_on_line = !context.text[start..end].contains('\n') && is_value;
    let line_end = end + context.text[end..].find('\n')? + 1;
    (is_on_line && line_end <= context.yaml.end).then_some(line_end)
}
