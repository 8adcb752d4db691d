//! Keys of entries and what they hold.

/// A key of an entry, or of a mapping within one.
#[derive(Debug)]
pub(crate) struct Key {
    /// The key.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) holds: Holds,
    /// Whether it must be there.
    pub(crate) needed: bool,
    /// What it says, as half a sentence for an author.
    pub(crate) meaning: &'static str,
}

/// What a key holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holds {
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

impl Holds {
    /// A value for a command that an author is shown; nothing for a day, which is today's unless another is given.
    pub(crate) fn example(self) -> Option<&'static str> {
        match self {
            Holds::Day | Holds::Days => None,
            Holds::Word(words) => words.first().copied(),
            Holds::Grade => Some("minor"),
            Holds::Target => Some("\">=90%\""),
            _ => Some("..."),
        }
    }

    /// What it holds, as a phrase for an author.
    pub(crate) fn phrase(self) -> String {
        match self {
            Holds::Text => "a text".to_owned(),
            Holds::Count => "a whole number".to_owned(),
            Holds::Day => "a date".to_owned(),
            Holds::Days => "a date, or `{from, to}`".to_owned(),
            Holds::Interval => "an interval, such as `12 months`".to_owned(),
            Holds::Word(words) => format!("one of `{}`", words.join("`, `")),
            Holds::Grade => "a grade of the settings".to_owned(),
            Holds::Level => "a level of the settings".to_owned(),
            Holds::Names => "one or several names".to_owned(),
            Holds::Clauses => "clauses".to_owned(),
            Holds::Ids => "IDs of documents or entries".to_owned(),
            Holds::Sources => "IDs, or words".to_owned(),
            Holds::Pairs => "a mapping from names to texts".to_owned(),
            Holds::Target => "a target such as `\">= 90%\"`".to_owned(),
            Holds::Values => "a mapping from periods to numbers".to_owned(),
            Holds::Number => "a whole number".to_owned(),
            Holds::Record(keys) => format!("`{{{}}}`", names(keys)),
            Holds::Records(keys) => format!("a list of `{{{}}}`", names(keys)),
        }
    }
}

fn names(keys: &[Key]) -> String {
    keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", ")
}

/// A key that must be there.
pub(super) const fn needed(name: &'static str, holds: Holds, meaning: &'static str) -> Key {
    Key { name, holds, needed: true, meaning }
}

/// A key that may be left out.
pub(super) const fn key(name: &'static str, holds: Holds, meaning: &'static str) -> Key {
    Key { name, holds, needed: false, meaning }
}
