//! Writes an approval: keys of the front matter, and the entry of the revision history that carries it.

use std::collections::BTreeMap;

use super::edit::{Context, Edit, Item, apply, edits};
use super::{AttestError, Front, set, words};
use crate::date::Date;
use crate::place::{SourceText, Span};
use crate::source::Vocabulary;
use crate::yaml::{Entry, Node, Value};

/// A value that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// A text.
    Text(String),
    /// A day.
    Day(Date),
    /// Days from the first to the last; of one day alone, that day.
    Days(Date, Date),
    /// One name or several.
    Names(Vec<String>),
}

/// The approval of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewApproval {
    /// Keys of the front matter that get another value, in the order in which new ones are written.
    pub(crate) keys: Vec<(&'static str, Written)>,
    /// The entry of the revision history.
    pub(crate) change: NewChange,
}

/// The entry of the revision history that carries an approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewChange {
    /// The place of the entry that gets further keys; with none, one more entry is written.
    pub(crate) entry: Option<Span>,
    /// Its keys, or those that it gets.
    pub(crate) fields: Vec<(&'static str, Written)>,
    /// Whether one more entry comes before the others, and not after them.
    pub(crate) first: bool,
}

impl Written {
    /// The value in a cell of a table, which holds no days from one to another.
    pub(crate) fn cell(&self) -> Option<String> {
        match self {
            Written::Text(text) => Some(text.clone()),
            Written::Day(day) => Some(day.to_string()),
            Written::Days(from, to) => (from == to).then(|| to.to_string()),
            Written::Names(names) => Some(names.join("; ")),
        }
    }

    pub(super) fn yaml(&self) -> String {
        match self {
            Written::Text(text) => words::scalar(text),
            Written::Day(day) => day.to_string(),
            Written::Days(from, to) if from == to => to.to_string(),
            Written::Days(from, to) => format!("{{from: {from}, to: {to}}}"),
            Written::Names(names) => match &names[..] {
                [name] => words::scalar(name),
                names => format!("[{}]", names.iter().map(|name| words::scalar(name)).collect::<Vec<_>>().join(", ")),
            },
        }
    }

    pub(super) fn json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Written::Text(text) => quoted(text),
            Written::Day(day) => quoted(&day.to_string()),
            Written::Days(from, to) if from == to => quoted(&to.to_string()),
            Written::Days(from, to) => format!("{{\"from\": \"{from}\", \"to\": \"{to}\"}}"),
            Written::Names(names) => match &names[..] {
                [name] => quoted(name),
                names => format!("[{}]", names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")),
            },
        }
    }

    pub(super) fn plain(&self) -> Plain {
        match self {
            Written::Text(text) => Plain::Scalar(text.clone()),
            Written::Day(day) => Plain::Scalar(day.to_string()),
            Written::Days(from, to) if from == to => Plain::Scalar(to.to_string()),
            Written::Days(from, to) => {
                let day = |key: &str, day: &Date| (key.to_owned(), Plain::Scalar(day.to_string()));
                Plain::Map(BTreeMap::from([day("from", from), day("to", to)]))
            }
            Written::Names(names) => match &names[..] {
                [name] => Plain::Scalar(name.clone()),
                names => Plain::List(names.iter().cloned().map(Plain::Scalar).collect()),
            },
        }
    }
}

/// The text of a file with an approval; `raw` is the text as it is on disk.
///
/// # Errors
/// When the front matter cannot be read, or the result would differ by more than the approval.
pub(crate) fn approve(raw: &str, vocabulary: &Vocabulary, approval: &NewApproval) -> Result<String, AttestError> {
    let source = SourceText::new("", raw);
    let before = Front::required(&source)?;
    let context = Context { text: source.as_str(), yaml: before.yaml.clone(), entries: &before.entries };
    let entry = |meaning| before.entries.iter().find(|entry| vocabulary.meaning(&entry.key.value) == Some(meaning));
    let mut edits = Vec::new();
    for (key, value) in &approval.keys {
        let written = vocabulary.written(key);
        let edit = match entry(key) {
            Some(entry) => set::replace(&context, entry, &value.yaml()),
            None => set::add(&context, entry("status"), written, &value.yaml()),
        };
        edits.push(edit.ok_or_else(|| AttestError::UnsafeKey(written.to_owned()))?);
    }
    let changes = vocabulary.written("changes");
    let refused = || AttestError::Unsafe(changes.to_owned());
    edits.extend(change_edits(&context, entry("changes"), changes, &approval.change).ok_or_else(refused)?);
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let new = apply(raw, &edits);
    let source = SourceText::new("", &new);
    let after = Front::read(&source).ok_or_else(refused)?;
    let is_approved = before.body == after.body
        && expected(&before, entry("changes"), vocabulary, approval) == Some(Plain::map(&after.entries));
    if is_approved { Ok(new) } else { Err(refused()) }
}

/// Edits that add an entry to the revision history, or keys to one of its entries.
fn change_edits(context: &Context<'_>, list: Option<&Entry>, key: &str, change: &NewChange) -> Option<Vec<Edit>> {
    let Some(place) = change.entry else {
        let fields = change.fields.iter().map(|(key, value)| ((*key).to_owned(), value.yaml())).collect();
        return edits(context, list, key, &Item { fields, first: change.first });
    };
    let Value::List(items) = &list?.value.value else { return None };
    let item = items.iter().find(|item| item.span == place)?;
    let Value::Map(entries) = &item.value else { return None };
    let below = entries.iter().find(|entry| entry.key.value == "version")?;
    let field = |(key, value): &(&'static str, Written)| {
        let known = entries.iter().find(|entry| entry.key.value == *key);
        match known {
            Some(entry) => set::replace(context, entry, &value.yaml()),
            None => set::add_to_item(context, item, below, (key, &value.yaml())),
        }
    };
    change.fields.iter().map(field).collect()
}

/// YAML without places and without the order of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    Scalar(String),
    List(Vec<Plain>),
    Map(BTreeMap<String, Plain>),
    /// Something that reads as nothing, such as an alias.
    Refused,
}

impl Plain {
    fn of(node: &Node) -> Plain {
        match &node.value {
            Value::Scalar(scalar) => Plain::Scalar(scalar.text.clone()),
            Value::List(items) => Plain::List(items.iter().map(Plain::of).collect()),
            Value::Map(entries) => Plain::map(entries),
            Value::Refused => Plain::Refused,
        }
    }

    pub(super) fn map(entries: &[Entry]) -> Plain {
        Plain::Map(entries.iter().map(|entry| (entry.key.value.clone(), Plain::of(&entry.value))).collect())
    }
}

/// The front matter as it is to be.
fn expected(
    front: &Front<'_>,
    changes: Option<&Entry>,
    vocabulary: &Vocabulary,
    approval: &NewApproval,
) -> Option<Plain> {
    let Plain::Map(mut keys) = Plain::map(&front.entries) else { return None };
    let name = |meaning: &'static str| {
        let written = front.entries.iter().find(|entry| vocabulary.meaning(&entry.key.value) == Some(meaning));
        written.map_or_else(|| vocabulary.written(meaning).to_owned(), |entry| entry.key.value.clone())
    };
    for (key, value) in &approval.keys {
        keys.insert(name(key), value.plain());
    }
    let items: &[Node] = match changes.map(|entry| &entry.value.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    };
    let mut list: Vec<Plain> = items.iter().map(Plain::of).collect();
    let fields = approval.change.fields.iter().map(|(key, value)| ((*key).to_owned(), value.plain()));
    match approval.change.entry {
        Some(place) => {
            let at = items.iter().position(|item| item.span == place)?;
            let Plain::Map(item) = list.get_mut(at)? else { return None };
            item.extend(fields);
        }
        None if approval.change.first => list.insert(0, Plain::Map(fields.collect())),
        None => list.push(Plain::Map(fields.collect())),
    }
    keys.insert(name("changes"), Plain::List(list));
    Some(Plain::Map(keys))
}
