//! Sets a key of a mapping, replacing its value or adding the key.

use super::edit::{Edit, EditContext, indent_at, span};
use super::register::value_end;
use crate::yaml::{Entry, Node, Value};

/// Replaces the value of an existing key; `None` if the value does not have a single place.
pub(super) fn replace(context: &EditContext<'_>, entry: &Entry, value: &str) -> Option<Edit> {
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

/// Like [`replace`], for a register, where a whole list or mapping of scalars may be replaced as well.
pub(super) fn replace_in_register(context: &EditContext<'_>, entry: &Entry, value: &str) -> Option<Edit> {
    match &entry.value.value {
        Value::List(_) | Value::Map(_) => replace_collection(context, entry, value),
        Value::Scalar(_) | Value::Refused => replace(context, entry, value),
    }
}

/// Replaces a list or mapping of scalars; `None` if that would lose a comment.
fn replace_collection(context: &EditContext<'_>, entry: &Entry, value: &str) -> Option<Edit> {
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
            (at..value_end(node), format!(" {value}"))
        }
    };
    let replaced = &context.text[edit.0.clone()];
    let has_comment = [" #", "\t#", "\n#"].iter().any(|comment| replaced.contains(comment));
    (is_plain && !has_comment).then_some(edit)
}

fn is_scalar(node: &Node) -> bool {
    matches!(node.value, Value::Scalar(_))
}

/// Adds a key to the front matter, below `below` if that has its value on the same line, else at the end.
pub(super) fn add(context: &EditContext<'_>, below: Option<&Entry>, key: &str, value: &str) -> Option<Edit> {
    let first = context.entries.first()?.key.span.start as usize;
    let indent = indent_at(context.text, first)?;
    let at = below.and_then(|entry| line_end(context, entry)).unwrap_or(context.yaml.end);
    Some((at..at, format!("{indent}{key}: {value}\n")))
}

/// Adds a key to an item of a list, below the line of one of its keys or, between braces, at its end.
pub(super) fn add_to_item(
    context: &EditContext<'_>,
    item: &Node,
    below: &Entry,
    key: &str,
    value: &str,
) -> Option<Edit> {
    let text = &context.text[span(item)];
    if text.starts_with('{') {
        let inner = text.strip_suffix('}')?.trim_end();
        let at = item.span.start as usize + inner.len();
        let comma = if inner.ends_with(',') { " " } else { ", " };
        return Some((at..at, format!("{comma}{key}: {value}")));
    }
    let key_at = below.key.span.start as usize;
    let line = context.text[..key_at].rfind('\n').map_or(0, |end| end + 1);
    let at = line_end(context, below)?;
    Some((at..at, format!("{}{key}: {value}\n", " ".repeat(key_at - line))))
}

/// The end of a key's line, if the whole value is on that line: a scalar, or something in braces or brackets.
fn line_end(context: &EditContext<'_>, entry: &Entry) -> Option<usize> {
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
