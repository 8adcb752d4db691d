//! Mappings of registers: an entry, and what stands within one.

use super::value::{Period, Reference, Value};
use crate::date::{Date, Interval};
use crate::id::ClauseRef;
use crate::place::{Located, Span};

/// A mapping as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// Where it is written.
    pub(crate) span: Span,
    keys: Keys,
    values: Vec<(&'static str, Located<Value>)>,
    /// Keys that are written and could not be read in full.
    unclear: Vec<&'static str>,
}

/// Which keys a mapping may have, as bits that several names share. Most that are asked for are not there, and this says so
/// without a look at the values, which lie elsewhere in memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Keys(u64);

impl Keys {
    #[inline]
    fn of(name: &str) -> Keys {
        let [first, .., last] = name.as_bytes() else { return Keys(u64::MAX) };
        // Of the names that are known, few share a bit.
        let bit = name.len() + 18 * usize::from(*first) + 13 * usize::from(*last);
        Keys(1 << (bit % 64))
    }

    #[inline]
    fn may_have(self, name: &str) -> bool {
        self.0 & Keys::of(name).0 != 0
    }

    fn add(&mut self, name: &str) {
        self.0 |= Keys::of(name).0;
    }
}

impl Record {
    /// A mapping in which nothing is yet, with room for so many values.
    pub(super) fn with_capacity(span: Span, values: usize) -> Record {
        Record { span, values: Vec::with_capacity(values), ..Record::default() }
    }

    /// Adds the value of a key that is not there yet.
    pub(super) fn push(&mut self, name: &'static str, value: Located<Value>) {
        self.keys.add(name);
        self.values.push((name, value));
    }

    /// Puts the value of a key in place of another, where the order of keys wants it.
    pub(super) fn put(&mut self, name: &'static str, value: Located<Value>, rank: impl Fn(&str) -> Option<usize>) {
        self.remove(name);
        let at = self.values.iter().position(|(other, _)| rank(other) > rank(name)).unwrap_or(self.values.len());
        self.keys.add(name);
        self.values.insert(at, (name, value));
    }

    /// Takes the value of a key out.
    pub(super) fn remove(&mut self, name: &str) {
        self.values.retain(|(known, _)| *known != name);
        self.keys = Keys::default();
        self.values.iter().for_each(|(name, _)| self.keys.add(name));
    }

    /// Says of keys that nobody knows for certain what they say.
    pub(super) fn mark_unclear(&mut self, names: impl IntoIterator<Item = &'static str>) {
        self.unclear.extend(names);
    }

    /// The value of a key, to be changed.
    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.values.iter_mut().find(|(known, _)| *known == name).map(|(_, value)| &mut value.value)
    }

    /// The values that could be read, in the order of the table of keys.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&'static str, &Located<Value>)> {
        self.values.iter().map(|(name, value)| (*name, value))
    }

    /// The value of a key, as far as it could be read.
    #[inline]
    pub(crate) fn get(&self, name: &str) -> Option<&Located<Value>> {
        if !self.keys.may_have(name) {
            return None;
        }
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Whether a key is written, and nobody knows for certain what it says.
    #[inline]
    pub(crate) fn is_unclear(&self, name: &str) -> bool {
        self.unclear.contains(&name)
    }

    /// Whether everything that is written could be read.
    pub(crate) fn is_clear(&self) -> bool {
        self.unclear.is_empty()
    }

    /// The place of a key's value, else that of the whole mapping.
    pub(crate) fn span_of(&self, name: &str) -> Span {
        self.get(name).map_or(self.span, |value| value.span)
    }

    /// A text.
    #[inline]
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match &self.get(name)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A small whole number.
    pub(crate) fn number(&self, name: &str) -> Option<u16> {
        self.text(name)?.parse().ok()
    }

    /// A day.
    #[inline]
    pub(crate) fn day(&self, name: &str) -> Option<Date> {
        match &self.get(name)?.value {
            Value::Day(day) => Some(*day),
            _ => None,
        }
    }

    /// Days.
    #[inline]
    pub(crate) fn days(&self, name: &str) -> Option<Period> {
        match &self.get(name)?.value {
            Value::Days(period) => Some(*period),
            _ => None,
        }
    }

    /// An interval.
    #[inline]
    pub(crate) fn interval(&self, name: &str) -> Option<Interval> {
        match &self.get(name)?.value {
            Value::Interval(interval) => Some(*interval),
            _ => None,
        }
    }

    /// Names.
    #[inline]
    pub(crate) fn names(&self, name: &str) -> &[Located<String>] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::Names(names)) => names,
            _ => &[],
        }
    }

    /// Puts other words in place of a text that is there.
    pub(crate) fn set_text(&mut self, key: &str, words: &str) {
        if let Some(Value::Text(text)) = self.get_mut(key) {
            words.clone_into(text);
        }
    }

    /// The same without some of the names of a key.
    pub(crate) fn without_names(mut self, key: &str, is_left_out: impl Fn(&str) -> bool) -> Record {
        if let Some(Value::Names(names)) = self.get_mut(key) {
            names.retain(|one| !is_left_out(&one.value));
        }
        self
    }

    /// Clauses.
    #[inline]
    pub(crate) fn clauses(&self, name: &str) -> &[Located<ClauseRef>] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::Clauses(clauses)) => clauses,
            _ => &[],
        }
    }

    /// What a key refers to.
    #[inline]
    pub(crate) fn references(&self, name: &str) -> &[Located<Reference>] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::References(references)) => references,
            _ => &[],
        }
    }

    /// Names with texts.
    #[inline]
    pub(crate) fn pairs(&self, name: &str) -> &[(Located<String>, Option<Located<String>>)] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::Pairs(pairs)) => pairs,
            _ => &[],
        }
    }

    /// A mapping within it.
    #[inline]
    pub(crate) fn record(&self, name: &str) -> Option<&Record> {
        match &self.get(name)?.value {
            Value::Record(record) => Some(record),
            _ => None,
        }
    }

    /// Mappings within it.
    #[inline]
    pub(crate) fn records(&self, name: &str) -> &[Record] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::Records(records)) => records,
            _ => &[],
        }
    }
}
