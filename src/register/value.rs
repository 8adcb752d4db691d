//! Values of entries.

use std::borrow::Cow;

use super::record::Record;
use crate::date::{Date, Interval};
use crate::id::{ClauseRef, DocumentId};
use crate::place::Located;
use crate::placeholder::{has_content, says_nothing_exists};

/// A range of days, including the first and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Period {
    /// The first day.
    pub(crate) from: Date,
    /// The last day.
    pub(crate) to: Date,
}

impl Period {
    /// The period of a single day.
    pub(crate) fn single_day(day: Date) -> Period {
        Period { from: day, to: day }
    }
}

/// A reference in an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// A document or an entry.
    Id(DocumentId),
    /// Anything else, in words.
    Words(String),
}

impl Reference {
    /// The ID, unless the reference is in words.
    pub(crate) fn id(&self) -> Option<&DocumentId> {
        match self {
            Reference::Id(id) => Some(id),
            Reference::Words(_) => None,
        }
    }

    /// Parses an ID, or words, which usually contain a space. `[[ID]]` is that ID, as in a text. `none` and `TBD` are
    /// words.
    pub(super) fn from_text(text: String) -> Reference {
        let target = link_target(&text).unwrap_or(&text);
        // Most words are recognized by their spaces.
        let is_words = target.contains(char::is_whitespace) || target.eq_ignore_ascii_case(CONFORMS);
        let names_nothing =
            || !target.contains(|c: char| c.is_ascii_digit()) && (says_nothing_exists(target) || !has_content(target));
        match if is_words || names_nothing() { None } else { target.parse().ok() } {
            Some(id) => Reference::Id(id),
            None => Reference::Words(text),
        }
    }

    /// The IDs in a text that separates several with commas or semicolons, as opposed to a YAML list or prose. If they
    /// are separated by spaces, each must have letters and digits, as IDs have and words do not.
    pub(crate) fn split_ids(&self) -> Option<Vec<DocumentId>> {
        let Reference::Words(words) = self else { return None };
        let parts = words.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
        let ids: Option<Vec<DocumentId>> = parts.map(|part| link_target(part).unwrap_or(part).parse().ok()).collect();
        let is_list = |ids: &[DocumentId]| {
            !words.contains(char::is_whitespace) || ids.iter().all(|id| has_letters_and_digits(id.as_str()))
        };
        ids.filter(|ids| words.contains([',', ';']) && !ids.is_empty() && is_list(ids))
    }

    /// What may be IDs among the words of a text, such as `A26-3 (surveillance)`.
    pub(crate) fn mentioned_ids(&self) -> impl Iterator<Item = DocumentId> + '_ {
        let words = if let Reference::Words(words) = self { words } else { "" };
        let tokens = words.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.'));
        tokens
            .map(|token| token.trim_end_matches('.'))
            .filter(|token| has_letters_and_digits(token))
            .filter_map(|token| token.parse().ok())
    }

    /// The ID that words begin with, behind a word such as `see`: `REC-TRN-001, page 3`.
    pub(crate) fn leading_id(&self) -> Option<DocumentId> {
        const POINTERS: [&str; 7] = ["see ", "siehe ", "voir ", "ver ", "vedi ", "zie ", "patrz "];
        let Reference::Words(words) = self else { return None };
        let words = words.trim();
        let is_pointer = |start: &&str| words.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
        let rest = POINTERS.iter().find(|start| is_pointer(start)).map_or(words, |start| &words[start.len()..]);
        let token = rest.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(')).next()?;
        let token = token.trim_matches(['[', ']', ':', '.']);
        if token.contains('-') || has_letters_and_digits(token) { token.parse().ok() } else { None }
    }

    /// Whether it is the result of an audit that found nothing.
    pub(crate) fn conforms(&self) -> bool {
        matches!(self, Reference::Words(words) if words.trim().eq_ignore_ascii_case(CONFORMS))
    }

    /// The reference as written.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Reference::Id(id) => id.as_str(),
            Reference::Words(words) => words,
        }
    }
}

/// The result of an audit that found nothing.
const CONFORMS: &str = "conforms";

/// The target of a text that is nothing but a link, such as `[[A26-3]]` or `[[A26-3|the audit]]`.
fn link_target(text: &str) -> Option<&str> {
    let inside = text.trim().strip_prefix("[[")?.strip_suffix("]]")?;
    inside.split(['|', '#']).next().map(str::trim).filter(|_| !inside.contains(['[', ']']))
}

fn has_letters_and_digits(text: &str) -> bool {
    text.contains(char::is_alphabetic) && text.contains(|c: char| c.is_ascii_digit())
}

/// Joins texts with commas; a single text is not copied.
pub(crate) fn comma_separated<'t>(mut texts: impl Iterator<Item = &'t str>) -> Cow<'t, str> {
    let Some(first) = texts.next() else { return "".into() };
    let Some(second) = texts.next() else { return first.into() };
    [first, second].into_iter().chain(texts).collect::<Vec<_>>().join(", ").into()
}

/// Keys that the author chose, each with its text, in the order of the keys.
pub(crate) type Pairs = Vec<(Located<String>, Option<Located<String>>)>;

/// The value of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A string or a permitted word.
    Text(String),
    /// A date.
    Day(Date),
    /// A period.
    Days(Period),
    /// An interval.
    Interval(Interval),
    /// Names.
    Names(Vec<Located<String>>),
    /// Clauses.
    Clauses(Vec<Located<ClauseRef>>),
    /// References to documents and entries, or words.
    References(Vec<Located<Reference>>),
    /// Keys that the author chose, with texts.
    Pairs(Pairs),
    /// A nested mapping.
    Record(Box<Record>),
    /// A list of mappings.
    Records(Vec<Record>),
}

impl Value {
    /// The value as one text, with commas between the items of a list; empty for mappings.
    pub(crate) fn joined(&self) -> Cow<'_, str> {
        match self {
            Value::Text(text) => text.into(),
            Value::Day(day) => day.to_string().into(),
            Value::Names(names) => comma_separated(names.iter().map(|name| name.value.as_str())),
            Value::References(references) => {
                comma_separated(references.iter().map(|reference| reference.value.as_str()))
            }
            other => other.texts().join(", ").into(),
        }
    }

    /// The value as strings, one for each item of a list; empty for mappings.
    pub(crate) fn texts(&self) -> Vec<String> {
        match self {
            Value::Text(text) => vec![text.clone()],
            Value::Day(day) => vec![day.to_string()],
            Value::Interval(interval) => vec![interval.to_string()],
            Value::Days(period) if period.from == period.to => vec![period.from.to_string()],
            Value::Days(period) => vec![format!("{}–{}", period.from, period.to)],
            Value::Names(names) => names.iter().map(|name| name.value.clone()).collect(),
            Value::Clauses(clauses) => clauses.iter().map(|clause| clause.value.to_string()).collect(),
            Value::References(references) => {
                references.iter().map(|reference| reference.value.as_str().to_owned()).collect()
            }
            Value::Pairs(pairs) => {
                let format_pair = |(name, text): &(Located<String>, Option<Located<String>>)| match text {
                    Some(text) => format!("{}: {}", name.value, text.value),
                    None => name.value.clone(),
                };
                pairs.iter().map(format_pair).collect()
            }
            Value::Record(_) | Value::Records(_) => Vec::new(),
        }
    }
}
