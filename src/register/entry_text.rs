//! The free text in entries, at any depth: texts, names and references.

use super::entry::Entry;
use super::key::{Key, ValueType};
use super::record::Record;
use super::value::{Reference, Value};

/// A piece of free text in an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryText<'e> {
    /// A text or a name.
    Text(&'e str),
    /// A document, an entry, or other words.
    Reference(&'e Reference),
}

impl Entry {
    /// Calls `each` for all free text in an entry, in the order of its keys, except for keys in `excluded`. Dates,
    /// figures and words that Clausebook defines are not free text.
    pub(crate) fn visit_texts<'e>(&'e self, excluded: &[&str], each: &mut dyn FnMut(EntryText<'e>)) {
        let values = self.record.values().map(|(name, value)| (name, &value.value));
        visit_values(values.filter(|(name, _)| !excluded.contains(name)), self.kind.keys(), each);
    }
}

/// Values are sorted by key, so that one pass over the keys is enough.
fn visit_values<'e>(
    values: impl Iterator<Item = (&'static str, &'e Value)>,
    mut keys: impl Iterator<Item = &'static Key>,
    each: &mut dyn FnMut(EntryText<'e>),
) {
    for (name, value) in values.filter(|(_, value)| may_have_text(value)) {
        let Some(key) = keys.find(|key| key.name == name) else { return };
        visit_value(key.value_type, value, each);
    }
}

/// Whether a value may have free text, so that the key of others is not looked up.
fn may_have_text(value: &Value) -> bool {
    !matches!(value, Value::Day(_) | Value::Days(_) | Value::Interval(_) | Value::Clauses(_))
}

fn visit_value<'e>(value_type: ValueType, value: &'e Value, each: &mut dyn FnMut(EntryText<'e>)) {
    match (value_type, value) {
        (ValueType::Text, Value::Text(text)) => each(EntryText::Text(text)),
        (_, Value::Names(names)) => names.iter().for_each(|name| each(EntryText::Text(&name.value))),
        (_, Value::References(list)) => list.iter().for_each(|reference| each(EntryText::Reference(&reference.value))),
        (ValueType::Pairs, Value::Pairs(pairs)) => {
            pairs.iter().filter_map(|(_, text)| text.as_ref()).for_each(|text| each(EntryText::Text(&text.value)));
        }
        (ValueType::Record(keys), Value::Record(record)) => visit_record(record, keys, each),
        (ValueType::Records(keys), Value::Records(records)) => {
            records.iter().for_each(|record| visit_record(record, keys, each));
        }
        _ => {}
    }
}

fn visit_record<'e>(record: &'e Record, keys: &'static [Key], each: &mut dyn FnMut(EntryText<'e>)) {
    let values = record.values().map(|(name, value)| (name, &value.value));
    visit_values(values, keys.iter(), each);
}
