//! Writes an approval: keys of the front matter, and the entry of the revision history that records it.

use std::collections::BTreeMap;

use super::edit::{Edit, EditContext, NewItem, apply_edits, edits};
use super::{AttestError, FrontMatterTree, set_key, words};
use crate::date::Date;
use crate::place::{SourceText, Span};
use crate::source::Vocabulary;
use crate::yaml::{Entry, Node, Value};

/// A value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FrontMatterValue {
    /// A string.
    Text(String),
    /// A date.
    Day(Date),
    /// A period from the first to the last day; a single date if both are equal.
    Days(Date, Date),
    /// One or more names.
    Names(Vec<String>),
}

/// The approval of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewApproval {
    /// Keys of the front matter with their new values; new keys are written in this order.
    pub(crate) keys: Vec<(&'static str, FrontMatterValue)>,
    /// The entry of the revision history.
    pub(crate) change: NewChange,
}

/// The entry of the revision history that records an approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewChange {
    /// The span of an existing entry that receives the keys; if `None`, a new entry is written.
    pub(crate) entry: Option<Span>,
    /// The keys of the new entry, or those added to the existing one.
    pub(crate) fields: Vec<(&'static str, FrontMatterValue)>,
    /// Whether a new entry goes before the others rather than after them.
    pub(crate) is_first: bool,
}

impl FrontMatterValue {
    /// The value for a table cell, or `None` for a period, which a cell cannot hold.
    pub(crate) fn cell(&self) -> Option<String> {
        match self {
            FrontMatterValue::Text(text) => Some(text.clone()),
            FrontMatterValue::Day(day) => Some(day.to_string()),
            FrontMatterValue::Days(from, to) => (from == to).then(|| to.to_string()),
            FrontMatterValue::Names(names) => Some(names.join("; ")),
        }
    }

    pub(super) fn yaml(&self) -> String {
        match self {
            FrontMatterValue::Text(text) => words::scalar(text),
            FrontMatterValue::Day(day) => day.to_string(),
            FrontMatterValue::Days(from, to) if from == to => to.to_string(),
            FrontMatterValue::Days(from, to) => format!("{{from: {from}, to: {to}}}"),
            FrontMatterValue::Names(names) => match &names[..] {
                [name] => words::scalar(name),
                names => format!("[{}]", names.iter().map(|name| words::scalar(name)).collect::<Vec<_>>().join(", ")),
            },
        }
    }

    pub(super) fn json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            FrontMatterValue::Text(text) => quoted(text),
            FrontMatterValue::Day(day) => quoted(&day.to_string()),
            FrontMatterValue::Days(from, to) if from == to => quoted(&to.to_string()),
            FrontMatterValue::Days(from, to) => format!("{{\"from\": \"{from}\", \"to\": \"{to}\"}}"),
            FrontMatterValue::Names(names) => match &names[..] {
                [name] => quoted(name),
                names => format!("[{}]", names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")),
            },
        }
    }

    pub(super) fn to_plain_yaml(&self) -> PlainYaml {
        match self {
            FrontMatterValue::Text(text) => PlainYaml::Scalar(text.clone()),
            FrontMatterValue::Day(day) => PlainYaml::Scalar(day.to_string()),
            FrontMatterValue::Days(from, to) if from == to => PlainYaml::Scalar(to.to_string()),
            FrontMatterValue::Days(from, to) => {
                let day = |key: &str, day: &Date| (key.to_owned(), PlainYaml::Scalar(day.to_string()));
                PlainYaml::Map(BTreeMap::from([day("from", from), day("to", to)]))
            }
            FrontMatterValue::Names(names) => match &names[..] {
                [name] => PlainYaml::Scalar(name.clone()),
                names => PlainYaml::List(names.iter().cloned().map(PlainYaml::Scalar).collect()),
            },
        }
    }
}

/// Adds an approval to the text of a file; `raw` is the text as it is on disk.
///
/// # Errors
/// If the front matter cannot be read, or if the result would differ by more than the approval.
pub(crate) fn approve(raw: &str, vocabulary: &Vocabulary, approval: &NewApproval) -> Result<String, AttestError> {
    let source = SourceText::new("", raw);
    let before = FrontMatterTree::read_writable(&source)?;
    let context = EditContext { text: source.as_str(), yaml: before.yaml.clone(), entries: &before.entries };
    let entry = |meaning| before.entries.iter().find(|entry| vocabulary.meaning(&entry.key.value) == Some(meaning));
    let mut edits = Vec::new();
    for (key, value) in &approval.keys {
        let own_key = vocabulary.own_name(key);
        let edit = match entry(key) {
            Some(entry) => set_key::replace(&context, entry, &value.yaml()),
            None => set_key::add(&context, entry("status"), own_key, &value.yaml()),
        };
        edits.push(edit.ok_or_else(|| AttestError::UnsafeKey(own_key.to_owned()))?);
    }
    let changes = vocabulary.own_name("changes");
    let refused = || AttestError::Unsafe(changes.to_owned());
    edits.extend(change_edits(&context, entry("changes"), changes, &approval.change).ok_or_else(refused)?);
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let new = apply_edits(raw, &edits);
    let source = SourceText::new("", &new);
    let after = FrontMatterTree::read(&source).ok_or_else(refused)?;
    let is_approved = before.body == after.body
        && expected(&before, entry("changes"), vocabulary, approval) == Some(PlainYaml::map(&after.entries));
    if is_approved { Ok(new) } else { Err(refused()) }
}

/// Edits that add an entry to the revision history, or keys to one of its entries.
fn change_edits(context: &EditContext<'_>, list: Option<&Entry>, key: &str, change: &NewChange) -> Option<Vec<Edit>> {
    let Some(place) = change.entry else {
        let fields = change.fields.iter().map(|(key, value)| ((*key).to_owned(), value.yaml())).collect();
        return edits(context, list, key, &NewItem { fields, is_first: change.is_first });
    };
    let Value::List(items) = &list?.value.value else { return None };
    let item = items.iter().find(|item| item.span == place)?;
    let Value::Map(entries) = &item.value else { return None };
    let below = entries.iter().find(|entry| entry.key.value == "version")?;
    let field = |(key, value): &(&'static str, FrontMatterValue)| {
        let existing = entries.iter().find(|entry| entry.key.value == *key);
        match existing {
            Some(entry) => set_key::replace(context, entry, &value.yaml()),
            None => set_key::add_to_item(context, item, below, key, &value.yaml()),
        }
    };
    change.fields.iter().map(field).collect()
}

/// YAML without spans and without the order of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PlainYaml {
    Scalar(String),
    List(Vec<PlainYaml>),
    Map(BTreeMap<String, PlainYaml>),
    /// A node that is not read, such as an alias.
    Refused,
}

impl PlainYaml {
    fn of(node: &Node) -> PlainYaml {
        match &node.value {
            Value::Scalar(scalar) => PlainYaml::Scalar(scalar.text.clone()),
            Value::List(items) => PlainYaml::List(items.iter().map(PlainYaml::of).collect()),
            Value::Map(entries) => PlainYaml::map(entries),
            Value::Refused => PlainYaml::Refused,
        }
    }

    pub(super) fn map(entries: &[Entry]) -> PlainYaml {
        PlainYaml::Map(entries.iter().map(|entry| (entry.key.value.clone(), PlainYaml::of(&entry.value))).collect())
    }
}

/// The front matter that is expected after the change.
fn expected(
    front: &FrontMatterTree<'_>,
    changes: Option<&Entry>,
    vocabulary: &Vocabulary,
    approval: &NewApproval,
) -> Option<PlainYaml> {
    let PlainYaml::Map(mut keys) = PlainYaml::map(&front.entries) else { return None };
    let name = |meaning: &'static str| {
        let existing_key = front.entries.iter().find(|entry| vocabulary.meaning(&entry.key.value) == Some(meaning));
        existing_key.map_or_else(|| vocabulary.own_name(meaning).to_owned(), |entry| entry.key.value.clone())
    };
    for (key, value) in &approval.keys {
        keys.insert(name(key), value.to_plain_yaml());
    }
    let items: &[Node] = match changes.map(|entry| &entry.value.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    };
    let mut list: Vec<PlainYaml> = items.iter().map(PlainYaml::of).collect();
    let fields = approval.change.fields.iter().map(|(key, value)| ((*key).to_owned(), value.to_plain_yaml()));
    match approval.change.entry {
        Some(place) => {
            let at = items.iter().position(|item| item.span == place)?;
            let PlainYaml::Map(item) = list.get_mut(at)? else { return None };
            item.extend(fields);
        }
        None if approval.change.is_first => list.insert(0, PlainYaml::Map(fields.collect())),
        None => list.push(PlainYaml::Map(fields.collect())),
    }
    keys.insert(name("changes"), PlainYaml::List(list));
    Some(PlainYaml::Map(keys))
}
