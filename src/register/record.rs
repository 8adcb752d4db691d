//! Mappings in registers: an entry, or a mapping within one.

use super::key::Key;
use super::value::{Period, Reference, Value};
use crate::date::{Date, Interval};
use crate::id::ClauseRef;
use crate::place::{Located, Span};
use crate::yaml::key_bit;

/// A mapping, as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// Its span in the source.
    pub(crate) span: Span,
    keys: KeyFilter,
    values: Vec<(&'static Key, Located<Value>)>,
    /// Keys that are written but could not be read in full.
    unclear: Vec<&'static str>,
}

/// A small Bloom filter of the keys in a mapping. Most lookups are for absent keys, and this answers them without
/// touching the values, which are elsewhere in memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct KeyFilter(u64);

impl KeyFilter {
    #[inline]
    fn from_name(name: &str) -> KeyFilter {
        KeyFilter(key_bit(name).unwrap_or(u64::MAX))
    }

    #[inline]
    pub(super) fn may_contain(self, name: &str) -> bool {
        self.0 & KeyFilter::from_name(name).0 != 0
    }

    pub(super) fn add(&mut self, name: &str) {
        self.0 |= KeyFilter::from_name(name).0;
    }
}

impl Record {
    /// Creates an empty mapping with capacity for this many values.
    pub(super) fn with_capacity(span: Span, values: usize) -> Record {
        Record { span, values: Vec::with_capacity(values), ..Record::default() }
    }

    /// Adds the value of a key that does not exist yet.
    pub(super) fn push(&mut self, key: &'static Key, value: Located<Value>) {
        self.keys.add(key.name);
        self.values.push((key, value));
    }

    /// Replaces the value of a key, keeping keys in the order of `rank`.
    pub(super) fn replace(&mut self, key: &'static Key, value: Located<Value>, rank: impl Fn(&Key) -> Option<usize>) {
        self.remove(key.name);
        let at = self.values.iter().position(|(other, _)| rank(other) > rank(key)).unwrap_or(self.values.len());
        self.keys.add(key.name);
        self.values.insert(at, (key, value));
    }

    /// Removes the value of a key.
    pub(super) fn remove(&mut self, name: &str) {
        self.values.retain(|(key, _)| key.name != name);
        self.keys = KeyFilter::default();
        self.values.iter().for_each(|(key, _)| self.keys.add(key.name));
    }

    /// Marks keys as unclear.
    pub(super) fn mark_unclear(&mut self, names: impl IntoIterator<Item = &'static str>) {
        self.unclear.extend(names);
    }

    /// A mutable reference to the value of a key.
    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.values.iter_mut().find(|(key, _)| key.name == name).map(|(_, value)| &mut value.value)
    }

    /// The values that could be read, in the order of the table of keys.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&'static str, &Located<Value>)> {
        self.values_by_key().map(|(key, value)| (key.name, value))
    }

    /// The values that could be read, each with what is known about its key.
    pub(super) fn values_by_key(&self) -> impl Iterator<Item = (&'static Key, &Located<Value>)> {
        self.values.iter().map(|(key, value)| (*key, value))
    }

    /// The value of a key, if it could be read.
    #[inline]
    pub(crate) fn get(&self, name: &str) -> Option<&Located<Value>> {
        if !self.keys.may_contain(name) {
            return None;
        }
        self.values.iter().find(|(key, _)| key.name == name).map(|(_, value)| value)
    }

    /// Whether a key is written but its value is uncertain.
    #[inline]
    pub(crate) fn is_unclear(&self, name: &str) -> bool {
        self.unclear.contains(&name)
    }

    /// Whether everything written could be read.
    pub(crate) fn is_clear(&self) -> bool {
        self.unclear.is_empty()
    }

    /// The span of a key's value, or of the whole mapping if the key is absent.
    pub(crate) fn span_of(&self, name: &str) -> Span {
        self.get(name).map_or(self.span, |value| value.span)
    }

    /// The value of a key as a string.
    #[inline]
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match &self.get(name)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a key as a small non-negative integer.
    pub(crate) fn number(&self, name: &str) -> Option<u16> {
        self.text(name)?.parse().ok()
    }

    /// The value of a key as a date.
    #[inline]
    pub(crate) fn day(&self, name: &str) -> Option<Date> {
        match &self.get(name)?.value {
            Value::Day(day) => Some(*day),
            _ => None,
        }
    }

    /// The value of a key as a period.
    #[inline]
    pub(crate) fn days(&self, name: &str) -> Option<Period> {
        match &self.get(name)?.value {
            Value::Days(period) => Some(*period),
            _ => None,
        }
    }

    /// The value of a key as an interval.
    #[inline]
    pub(crate) fn interval(&self, name: &str) -> Option<Interval> {
        match &self.get(name)?.value {
            Value::Interval(interval) => Some(*interval),
            _ => None,
        }
    }

    /// The names under a key.
    #[inline]
    pub(crate) fn names(&self, name: &str) -> &[Located<String>] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::Names(names)) => names,
            _ => &[],
        }
    }

    /// Replaces an existing string.
    pub(crate) fn set_text(&mut self, key: &str, words: &str) {
        if let Some(Value::Text(text)) = self.get_mut(key) {
            words.clone_into(text);
        }
    }

    /// Removes some of the names under a key.
    pub(crate) fn without_names(mut self, key: &str, is_left_out: impl Fn(&str) -> bool) -> Record {
        if let Some(Value::Names(names)) = self.get_mut(key) {
            names.retain(|name| !is_left_out(&name.value));
        }
        self
    }

    /// The clauses under a key.
    #[inline]
    pub(crate) fn clauses(&self, name: &str) -> &[Located<ClauseRef>] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::Clauses(clauses)) => clauses,
            _ => &[],
        }
    }

    /// The references under a key.
    #[inline]
    pub(crate) fn references(&self, name: &str) -> &[Located<Reference>] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::References(references)) => references,
            _ => &[],
        }
    }

    /// The pairs of names and texts under a key.
    #[inline]
    pub(crate) fn pairs(&self, name: &str) -> &[(Located<String>, Option<Located<String>>)] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::Pairs(pairs)) => pairs,
            _ => &[],
        }
    }

    /// The mapping under a key.
    #[inline]
    pub(crate) fn record(&self, name: &str) -> Option<&Record> {
        match &self.get(name)?.value {
            Value::Record(record) => Some(record),
            _ => None,
        }
    }

    /// The list of mappings under a key.
    #[inline]
    pub(crate) fn records(&self, name: &str) -> &[Record] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::Records(records)) => records,
            _ => &[],
        }
    }
}
