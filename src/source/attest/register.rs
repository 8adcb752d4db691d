//! Writes into registers: an entry, an action, or the day on which something was closed. All other bytes stay the same.

use std::collections::BTreeMap;
use std::ops::Range;

use super::approve::{FrontMatterValue, PlainYaml};
use super::edit::{Edit, EditContext, NewItem, apply_edits, edits, flow, indent_at};
use super::{AttestError, set_key};
use crate::finding::reading;
use crate::place::SourceText;
use crate::yaml::{Entry, Limits, Node, Reader, ReaderRules, Value};

/// Keys with their values, in the order in which they are written.
pub(crate) type Fields = Vec<(&'static str, FrontMatterValue)>;

/// A change to a register.
#[derive(Clone, Debug)]
pub(crate) enum RegisterChange {
    /// Adds an entry at the end of the list of a kind.
    Entry {
        /// The kind's name.
        kind: &'static str,
        /// The keys of the new entry.
        fields: Fields,
    },
    /// Adds an item at the end of a list within an entry, such as its actions.
    Item {
        /// The entry's ID.
        entry: String,
        /// The key of the list.
        list: &'static str,
        /// The keys of the new item.
        fields: Fields,
    },
    /// Sets keys of an entry, or of a mapping within it.
    Keys {
        /// The entry's ID.
        entry: String,
        /// The mapping that contains the keys.
        within: EntryMapping,
        /// The keys with their new values.
        fields: Fields,
    },
}

/// A mapping within an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryMapping {
    /// The entry itself.
    Entry,
    /// An item of a list, by its zero-based index: an action or a decision.
    Item(&'static str, usize),
    /// The mapping under a key, whether or not it exists.
    Record(&'static str),
}

/// Applies a change to the text of a register; `raw` is the text as it is on disk.
///
/// # Errors
/// If the register cannot be read, or if the result would differ by more than the change.
pub(crate) fn change_register(raw: &str, change: &RegisterChange) -> Result<String, AttestError> {
    let result = edit_text(raw, change);
    if result.is_ok() || raw.ends_with('\n') {
        return result;
    }
    // The last line needs a line ending before anything can be added below it.
    let end = if raw.contains("\r\n") { "\r\n" } else { "\n" };
    edit_text(&format!("{raw}{end}"), change).or(result)
}

fn edit_text(raw: &str, change: &RegisterChange) -> Result<String, AttestError> {
    let source = SourceText::new("", raw);
    let before = parse_register(&source).ok_or(AttestError::UnreadableRegister)?;
    let context = EditContext { text: source.as_str(), yaml: 0..source.as_str().len(), entries: &before };
    let refused = || AttestError::UnsafeRegister;
    let edits = change.edits(&context).ok_or_else(refused)?;
    let new = apply_edits(raw, &edits);
    let after = parse_register(&SourceText::new("", &new)).ok_or_else(refused)?;
    let expected = change.expected(&before).ok_or_else(refused)?;
    if expected == PlainYaml::map(&after) { Ok(new) } else { Err(refused()) }
}

/// The keys of a register; `None` if it cannot be read in full.
fn parse_register(source: &SourceText) -> Option<Vec<Entry>> {
    let mut reader = Reader::new(source, ReaderRules::all(reading::INVALID_REGISTER));
    let tree = reader.parse(0..source.as_str().len(), Limits::REGISTER);
    if !tree.is_complete {
        return None;
    }
    match tree.root.map(|root| root.value) {
        None => Some(Vec::new()),
        Some(Value::Map(entries)) => Some(entries),
        Some(Value::Scalar(scalar)) if scalar.is_null() => Some(Vec::new()),
        Some(_) => None,
    }
}

/// Keys and values in the notation of the register: JSON, which is also YAML, if the register is JSON.
fn render_fields(context: &EditContext<'_>, fields: &Fields) -> Vec<(String, String)> {
    let is_json = is_json(context.text);
    let pair = |(key, value): &(&'static str, FrontMatterValue)| match is_json {
        true => (format!("\"{key}\""), value.json()),
        false => ((*key).to_owned(), value.yaml()),
    };
    fields.iter().map(pair).collect()
}

fn is_json(text: &str) -> bool {
    text.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Keys of a mapping below which a new key is inserted, in order of preference.
const KEYS_BEFORE_NEW: [&str; 8] = ["due", "found", "state", "planned", "title", "what", "id", "who"];

impl RegisterChange {
    fn edits(&self, context: &EditContext<'_>) -> Option<Vec<Edit>> {
        match self {
            RegisterChange::Entry { kind, fields } => {
                let item = NewItem { fields: render_fields(context, fields), is_first: false };
                let list = context.entries.iter().find(|entry| entry.key.value == *kind);
                match (list, context.entries.is_empty()) {
                    (Some(list), _) if is_json(context.text) => in_json(&list.value, &item),
                    (None, true) => Some(vec![first_list(context.text, kind, &item)]),
                    (list, _) => edits(context, list, kind, &item),
                }
            }
            RegisterChange::Item { entry, list, fields } => {
                let (_, node) = find(context.entries, entry)?;
                item_edits(context, node, list, &NewItem { fields: render_fields(context, fields), is_first: false })
            }
            RegisterChange::Keys { entry, within, fields } => {
                let (_, node) = find(context.entries, entry)?;
                let fields = render_fields(context, fields);
                match within {
                    EntryMapping::Entry => key_edits(context, node, &fields),
                    EntryMapping::Item(list, number) => key_edits(context, item_of(node, list, *number)?, &fields),
                    EntryMapping::Record(key) => record_edits(context, node, key, fields),
                }
            }
        }
    }

    /// The register that is expected after the change.
    fn expected(&self, before: &[Entry]) -> Option<PlainYaml> {
        let PlainYaml::Map(mut kinds) = PlainYaml::map(before) else { return None };
        let map = |fields: &Fields| {
            PlainYaml::Map(fields.iter().map(|(key, value)| ((*key).to_owned(), value.to_plain_yaml())).collect())
        };
        match self {
            RegisterChange::Entry { kind, fields } => {
                push(kinds.entry((*kind).to_owned()).or_insert_with(|| PlainYaml::List(Vec::new())), map(fields));
            }
            RegisterChange::Item { entry, list, fields } => {
                let PlainYaml::Map(keys) = plain_entry(&mut kinds, find(before, entry)?.0)? else { return None };
                push(keys.entry((*list).to_owned()).or_insert_with(|| PlainYaml::List(Vec::new())), map(fields));
            }
            RegisterChange::Keys { entry, within, fields } => {
                let target = within.plain(plain_entry(&mut kinds, find(before, entry)?.0)?)?;
                let (PlainYaml::Map(keys), PlainYaml::Map(new)) = (target, map(fields)) else { return None };
                keys.extend(new);
            }
        }
        Some(PlainYaml::Map(kinds))
    }
}

impl EntryMapping {
    /// The mapping within an entry that this refers to.
    fn plain<'p>(&self, entry: &'p mut PlainYaml) -> Option<&'p mut PlainYaml> {
        if *self == EntryMapping::Entry {
            return Some(entry);
        }
        let PlainYaml::Map(keys) = entry else { return None };
        match self {
            EntryMapping::Entry => None,
            EntryMapping::Item(list, number) => match keys.get_mut(*list)? {
                PlainYaml::List(items) => items.get_mut(*number),
                _ => None,
            },
            EntryMapping::Record(key) => {
                let record = keys.entry((*key).to_owned()).or_insert_with(|| PlainYaml::Map(BTreeMap::new()));
                if let PlainYaml::Scalar(_) = record {
                    *record = PlainYaml::Map(BTreeMap::new());
                }
                Some(record)
            }
        }
    }
}

/// Edits that set keys of a mapping, replacing their values or adding them.
fn key_edits(context: &EditContext<'_>, node: &Node, fields: &[(String, String)]) -> Option<Vec<Edit>> {
    let Value::Map(keys) = &node.value else { return None };
    let preferred = KEYS_BEFORE_NEW.iter().filter_map(|name| keys.iter().find(|key| key.key.value == *name));
    let below: Vec<&Entry> = preferred.chain(keys).collect();
    let edit =
        |(key, value): &(String, String)| match keys.iter().find(|entry| entry.key.value == key.trim_matches('"')) {
            Some(existing) => set_key::replace_in_register(context, existing, value),
            None => below.iter().find_map(|below| set_key::add_to_item(context, node, below, key, value)),
        };
    let mut edits = fields.iter().map(edit).collect::<Option<Vec<Edit>>>()?;
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    Some(edits)
}

/// Edits that set keys of a mapping within an entry, creating the mapping if it does not exist.
fn record_edits(
    context: &EditContext<'_>,
    entry: &Node,
    key: &str,
    fields: Vec<(String, String)>,
) -> Option<Vec<Edit>> {
    let Value::Map(keys) = &entry.value else { return None };
    let existing = keys.iter().find(|one| one.key.value == key).map(|one| &one.value);
    if let Some(node) = existing.filter(|node| matches!(&node.value, Value::Map(keys) if !keys.is_empty())) {
        return key_edits(context, node, &fields);
    }
    let key = if is_json(context.text) { format!("\"{key}\"") } else { key.to_owned() };
    key_edits(context, entry, &[(key, flow(&NewItem { fields, is_first: false }))])
}

/// Appends an item to a list, or replaces any other value with a list of that item.
fn push(list: &mut PlainYaml, item: PlainYaml) {
    match list {
        PlainYaml::List(items) => items.push(item),
        other => *other = PlainYaml::List(vec![item]),
    }
}

/// Adds the first list to an empty register.
fn first_list(text: &str, kind: &str, item: &NewItem) -> Edit {
    let line = |(at, (key, value)): (usize, &(String, String))| {
        format!("{} {key}: {value}\n", if at == 0 { "-" } else { " " })
    };
    let lines: String = item.fields.iter().enumerate().map(line).collect();
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    (text.len()..text.len(), format!("{gap}{kind}:\n{lines}"))
}

/// The place of an entry in a register.
struct EntryPosition {
    /// The key of its list.
    kind: String,
    /// Its index in the list.
    at: usize,
}

/// Finds an entry: its position and its node.
fn find<'n>(kinds: &'n [Entry], id: &str) -> Option<(EntryPosition, &'n Node)> {
    kinds.iter().find_map(|kind| {
        let Value::List(items) = &kind.value.value else { return None };
        let has_id = |item: &Node| {
            let Value::Map(keys) = &item.value else { return false };
            let id_key = keys.iter().find(|key| key.key.value == "id");
            id_key.is_some_and(|key| matches!(&key.value.value, Value::Scalar(scalar) if scalar.text.trim() == id))
        };
        let at = items.iter().position(has_id)?;
        Some((EntryPosition { kind: kind.key.value.clone(), at }, &items[at]))
    })
}

fn item_of<'n>(entry: &'n Node, list: &str, number: usize) -> Option<&'n Node> {
    let Value::Map(keys) = &entry.value else { return None };
    let list = keys.iter().find(|key| key.key.value == list)?;
    match &list.value.value {
        Value::List(items) => items.get(number),
        _ => None,
    }
}

fn plain_entry(kinds: &mut BTreeMap<String, PlainYaml>, position: EntryPosition) -> Option<&mut PlainYaml> {
    match kinds.get_mut(&position.kind)? {
        PlainYaml::List(items) => items.get_mut(position.at),
        _ => None,
    }
}

/// Edits that add an item to a JSON list.
fn in_json(list: &Node, item: &NewItem) -> Option<Vec<Edit>> {
    let Value::List(items) = &list.value else { return None };
    match items.last() {
        Some(last) => {
            let at = last.span.end as usize;
            Some(vec![(at..at, format!(", {}", flow(item)))])
        }
        None => Some(vec![(list.span.start as usize..list.span.end as usize, format!("[{}]", flow(item)))]),
    }
}

/// Edits that add an item to a list within an entry.
fn item_edits(context: &EditContext<'_>, entry: &Node, name: &str, item: &NewItem) -> Option<Vec<Edit>> {
    let Value::Map(keys) = &entry.value else { return None };
    if let Some(list) = keys.iter().find(|key| key.key.value == name) {
        if is_json(context.text) {
            return in_json(&list.value, item);
        }
        // Everything below the list belongs to other entries.
        let end = (entry.span.end as usize).max(context.text.len().min(end_of(context, entry)));
        let within = EditContext { text: context.text, yaml: 0..end, entries: keys };
        return edits(&within, Some(list), name, item);
    }
    let flow = flow(item);
    let last = keys.last()?;
    if context.text.get(entry.span.start as usize..)?.starts_with('{') {
        let key = if is_json(context.text) { format!("\"{name}\"") } else { name.to_owned() };
        return set_key::add_to_item(context, entry, last, &key, &format!("[{flow}]")).map(|edit| vec![edit]);
    }
    let first = keys.get(1).unwrap_or(last);
    let indent = indent_at(context.text, first.key.span.start as usize)
        .unwrap_or_else(|| " ".repeat(column(context.text, keys.first().map_or(0, |key| key.key.span.start as usize))));
    let at = end_of(context, entry);
    Some(vec![(at..at, format!("{indent}{name}:\n{indent}- {flow}\n"))])
}

/// The end of an entry's lines, without the empty lines and comments after it.
fn end_of(context: &EditContext<'_>, entry: &Node) -> usize {
    let end = value_end(entry);
    context.text[end..].find('\n').map_or(context.text.len(), |line| end + line + 1)
}

/// The end of the last byte written in a value.
pub(super) fn value_end(node: &Node) -> usize {
    let own_end = node.span.end as usize;
    match &node.value {
        Value::Map(keys) => {
            keys.iter().map(|key| value_end(&key.value).max(key.key.span.end as usize)).max().unwrap_or(own_end)
        }
        Value::List(items) => items.iter().map(value_end).max().unwrap_or(own_end),
        _ => own_end,
    }
}

fn column(text: &str, at: usize) -> usize {
    at - text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Replaces ranges of a table's text; the ranges refer to the text as it is read.
pub(crate) fn change_cells(raw: &str, cells: &[(Range<usize>, String)]) -> String {
    apply_edits(raw, cells)
}
