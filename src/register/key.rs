//! Keys of entries and their types.

/// A key of an entry, or of a mapping within one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// The name of the key.
    pub(crate) name: &'static str,
    /// The type of its value.
    pub(crate) value_type: ValueType,
    /// Whether it is required.
    pub(crate) is_required: bool,
    /// Its meaning, as a phrase for an author.
    pub(crate) meaning: &'static str,
}

/// The type of a key's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueType {
    /// A string on one line.
    Text,
    /// A non-negative integer.
    Count,
    /// A date.
    Day,
    /// A date, or `{from, to}`.
    Days,
    /// An interval.
    Interval,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A grade of nonconformities, as defined in the settings.
    Grade,
    /// A classification, as defined in the settings.
    Level,
    /// Roles, services or locations.
    Names,
    /// Numbers of clauses.
    Clauses,
    /// IDs of documents or entries.
    Ids,
    /// IDs or words if something else is meant.
    Sources,
    /// A mapping from keys that the author chooses to texts.
    Pairs,
    /// The target of a figure.
    Target,
    /// A mapping from periods to figures.
    Values,
    /// A small non-negative integer.
    Number,
    /// A nested mapping.
    Record(&'static [Key]),
    /// A list of mappings. If only the first key is required, an item may be written as the value of that key.
    Records(&'static [Key]),
}

impl ValueType {
    /// An example value for a suggested command; `None` for dates, which default to today.
    pub(crate) fn example(self) -> Option<&'static str> {
        match self {
            ValueType::Day | ValueType::Days => None,
            ValueType::Word(words) => words.first().copied(),
            ValueType::Grade => Some("minor"),
            ValueType::Target => Some("\">=90%\""),
            _ => Some("..."),
        }
    }

    /// A description of the type for an author.
    pub(crate) fn description(self) -> String {
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
            ValueType::Sources => "IDs or words".to_owned(),
            ValueType::Pairs => "a mapping from names to texts".to_owned(),
            ValueType::Target => "a target such as `\">= 90%\"`".to_owned(),
            ValueType::Values => "a mapping from periods to numbers".to_owned(),
            ValueType::Number => "a whole number".to_owned(),
            ValueType::Record(keys) => format!("`{{{}}}`", join_names(keys)),
            ValueType::Records(keys) => format!("a list of `{{{}}}`", join_names(keys)),
        }
    }
}

fn join_names(keys: &[Key]) -> String {
    keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", ")
}

/// A required key.
pub(super) const fn required(name: &'static str, value_type: ValueType, meaning: &'static str) -> Key {
    Key { name, value_type, is_required: true, meaning }
}

/// An optional key.
pub(super) const fn key(name: &'static str, value_type: ValueType, meaning: &'static str) -> Key {
    Key { name, value_type, is_required: false, meaning }
}
