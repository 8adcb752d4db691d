//! Keys of entries and what they hold.

/// A key of an entry, or of a mapping within one.
#[derive(Debug)]
pub(crate) struct Key {
    /// The key.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) holds: ValueType,
    /// Whether it must be there.
    pub(crate) needed: bool,
    /// What it says, as half a sentence for an author.
    pub(crate) meaning: &'static str,
}

/// What a key holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ValueType {
    /// A text on one line.
    Text,
    /// A whole number.
    Count,
    /// A day.
    Day,
    /// A day, or `{from, to}`.
    Days,
    /// An interval.
    Interval,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A grade of nonconformities, as the settings name them.
    Grade,
    /// A level of the ladder of classifications.
    Level,
    /// Roles, services or locations.
    Names,
    /// Numbers of clauses.
    Clauses,
    /// Ids of documents or entries.
    Ids,
    /// Ids, or words where something else is meant.
    Sources,
    /// A mapping whose keys its author chooses to texts.
    Pairs,
    /// What a figure is to be.
    Target,
    /// A mapping from periods to figures.
    Values,
    /// A small whole number.
    Number,
    /// A mapping.
    Record(&'static [Key]),
    /// Mappings; one that says only its first key may be written as that value.
    Records(&'static [Key]),
}

impl ValueType {
    /// A value for a command that an author is shown; nothing for a day, which is today's unless another is given.
    pub(crate) fn example(self) -> Option<&'static str> {
        match self {
            ValueType::Day | ValueType::Days => None,
            ValueType::Word(words) => words.first().copied(),
            ValueType::Grade => Some("minor"),
            ValueType::Target => Some("\">=90%\""),
            _ => Some("..."),
        }
    }

    /// What it holds, as a phrase for an author.
    pub(crate) fn phrase(self) -> String {
        match self {
            ValueType::Text => "a text".to_owned(),
            ValueType::Count => "a whole number".to_owned(),
            ValueType::Day => "a date".to_owned(),
            ValueType::Days => "a date, or `{from, to}`".to_owned(),
            ValueType::Interval => "an interval, such as `12 months`".to_owned(),
            ValueType::Word(words) => format!("one of `{}`", words.join("`, `")),
            ValueType::Grade => "a grade of the settings".to_owned(),
            ValueType::Level => "a level of the settings".to_owned(),
            ValueType::Names => "one or several names".to_owned(),
            ValueType::Clauses => "clauses".to_owned(),
            ValueType::Ids => "IDs of documents or entries".to_owned(),
            ValueType::Sources => "IDs, or words".to_owned(),
            ValueType::Pairs => "a mapping from names to texts".to_owned(),
            ValueType::Target => "a target such as `\">= 90%\"`".to_owned(),
            ValueType::Values => "a mapping from periods to numbers".to_owned(),
            ValueType::Number => "a whole number".to_owned(),
            ValueType::Record(keys) => format!("`{{{}}}`", names(keys)),
            ValueType::Records(keys) => format!("a list of `{{{}}}`", names(keys)),
        }
    }
}

fn names(keys: &[Key]) -> String {
    keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", ")
}

/// A key that must be there.
pub(super) const fn needed(name: &'static str, holds: ValueType, meaning: &'static str) -> Key {
    Key { name, holds, needed: true, meaning }
}

/// A key that may be left out.
pub(super) const fn key(name: &'static str, holds: ValueType, meaning: &'static str) -> Key {
    Key { name, holds, needed: false, meaning }
}
