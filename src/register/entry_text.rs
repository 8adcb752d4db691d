//! The free text in entries, at any depth: texts, names and references.

use super::entry::Entry;
use super::key::ValueType;
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
        for (key, value) in self.record.values_by_key().filter(|(key, _)| !excluded.contains(&key.name)) {
            visit_value(key.value_type, &value.value, each);
        }
    }
}

fn visit_value<'e>(value_type: ValueType, value: &'e Value, each: &mut dyn FnMut(EntryText<'e>)) {
    match (value_type, value) {
        (ValueType::Text, Value::Text(text)) => each(EntryText::Text(text)),
        (_, Value::Names(names)) => names.iter().for_each(|name| each(EntryText::Text(&name.value))),
        (_, Value::References(list)) => list.iter().for_each(|reference| each(EntryText::Reference(&reference.value))),
        (ValueType::Pairs, Value::Pairs(pairs)) => {
            pairs.iter().filter_map(|(_, text)| text.as_ref()).for_each(|text| each(EntryText::Text(&text.value)));
        }
        (_, Value::Record(record)) => visit_record(record, each),
        (_, Value::Records(records)) => records.iter().for_each(|record| visit_record(record, each)),
        _ => {}
    }
}

fn visit_record<'e>(record: &'e Record, each: &mut dyn FnMut(EntryText<'e>)) {
    record.values_by_key().for_each(|(key, value)| visit_value(key.value_type, &value.value, each));
}
