//! Values of entries.

use crate::date::{Date, Interval};
use crate::id::{ClauseRef, DocumentId};
use crate::place::{Located, Span};

/// Days from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Period {
    /// The first day.
    pub(crate) from: Date,
    /// The last day.
    pub(crate) to: Date,
}

/// What an entry refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// A document or an entry.
    Id(DocumentId),
    /// Something else, in words.
    Words(String),
}

impl Reference {
    /// The id that it names.
    pub(crate) fn id(&self) -> Option<&DocumentId> {
        match self {
            Reference::Id(id) => Some(id),
            Reference::Words(_) => None,
        }
    }

    /// What is written.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Reference::Id(id) => id.as_str(),
            Reference::Words(words) => words,
        }
    }
}

/// Names that their author chose, each with the text that was written for it, in order.
pub(crate) type Pairs = Vec<(Located<String>, Option<Located<String>>)>;

/// The value of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A text, or a word of a few.
    Text(String),
    /// A day.
    Day(Date),
    /// Days.
    Days(Period),
    /// An interval.
    Interval(Interval),
    /// Names.
    Names(Vec<Located<String>>),
    /// Clauses.
    Clauses(Vec<Located<ClauseRef>>),
    /// Documents, entries and words.
    References(Vec<Located<Reference>>),
    /// Names with texts.
    Pairs(Pairs),
    /// A mapping.
    Record(Record),
    /// Mappings.
    Records(Vec<Record>),
}

impl Value {
    /// The value as texts: one, or each of several; a mapping has none.
    pub(crate) fn texts(&self) -> Vec<String> {
        match self {
            Value::Text(text) => vec![text.clone()],
            Value::Day(day) => vec![day.to_string()],
            Value::Interval(interval) => vec![interval.to_string()],
            Value::Days(period) if period.from == period.to => vec![period.from.to_string()],
            Value::Days(period) => vec![format!("{}–{}", period.from, period.to)],
            Value::Names(names) => names.iter().map(|name| name.value.clone()).collect(),
            Value::Clauses(clauses) => clauses.iter().map(|clause| clause.value.to_string()).collect(),
            Value::References(references) => references.iter().map(|one| one.value.as_str().to_owned()).collect(),
            Value::Pairs(pairs) => {
                let said = |(name, text): &(Located<String>, Option<Located<String>>)| match text {
                    Some(text) => format!("{}: {}", name.value, text.value),
                    None => name.value.clone(),
                };
                pairs.iter().map(said).collect()
            }
            Value::Record(_) | Value::Records(_) => Vec::new(),
        }
    }
}

/// A mapping as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// Where it is written.
    pub(crate) span: Span,
    pub(super) values: Vec<(&'static str, Located<Value>)>,
    /// Keys that are written and could not be read in full.
    pub(super) unclear: Vec<&'static str>,
}

impl Record {
    /// The values that could be read, in the order of the table of keys.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&'static str, &Located<Value>)> {
        self.values.iter().map(|(name, value)| (*name, value))
    }

    /// The value of a key, as far as it could be read.
    pub(crate) fn get(&self, name: &str) -> Option<&Located<Value>> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Whether a key is written, and nobody knows for certain what it says.
    pub(crate) fn is_unclear(&self, name: &str) -> bool {
        self.unclear.contains(&name)
    }

    /// The place of a key's value, else that of the whole mapping.
    pub(crate) fn span_of(&self, name: &str) -> Span {
        self.get(name).map_or(self.span, |value| value.span)
    }

    /// A text.
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
    pub(crate) fn day(&self, name: &str) -> Option<Date> {
        match &self.get(name)?.value {
            Value::Day(day) => Some(*day),
            _ => None,
        }
    }

    /// Days.
    pub(crate) fn days(&self, name: &str) -> Option<Period> {
        match &self.get(name)?.value {
            Value::Days(period) => Some(*period),
            _ => None,
        }
    }

    /// An interval.
    pub(crate) fn interval(&self, name: &str) -> Option<Interval> {
        match &self.get(name)?.value {
            Value::Interval(interval) => Some(*interval),
            _ => None,
        }
    }

    /// Names.
    pub(crate) fn names(&self, name: &str) -> &[Located<String>] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::Names(names)) => names,
            _ => &[],
        }
    }

    /// Puts other words in place of a text that is there.
    pub(crate) fn set_text(&mut self, key: &str, words: &str) {
        for (_, value) in self.values.iter_mut().filter(|(name, _)| *name == key) {
            if let Value::Text(text) = &mut value.value {
                words.clone_into(text);
            }
        }
    }

    /// The same without some of the names of a key.
    pub(crate) fn without_names(mut self, key: &str, is_left_out: impl Fn(&str) -> bool) -> Record {
        for (name, value) in &mut self.values {
            if let (true, Value::Names(names)) = (*name == key, &mut value.value) {
                names.retain(|one| !is_left_out(&one.value));
            }
        }
        self
    }

    /// Clauses.
    pub(crate) fn clauses(&self, name: &str) -> &[Located<ClauseRef>] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::Clauses(clauses)) => clauses,
            _ => &[],
        }
    }

    /// What a key refers to.
    pub(crate) fn references(&self, name: &str) -> &[Located<Reference>] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::References(references)) => references,
            _ => &[],
        }
    }

    /// Names with texts.
    pub(crate) fn pairs(&self, name: &str) -> &[(Located<String>, Option<Located<String>>)] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::Pairs(pairs)) => pairs,
            _ => &[],
        }
    }

    /// A mapping within it.
    pub(crate) fn record(&self, name: &str) -> Option<&Record> {
        match &self.get(name)?.value {
            Value::Record(record) => Some(record),
            _ => None,
        }
    }

    /// Mappings within it.
    pub(crate) fn records(&self, name: &str) -> &[Record] {
        match self.get(name).map(|value| &value.value) {
            Some(Value::Records(records)) => records,
            _ => &[],
        }
    }
}
