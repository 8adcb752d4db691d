//! Clause numbers, alone and with their standard.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::name::{NameError, StandardId};

/// The number of a clause within its standard: `8.5.1.1`, or `A.8.32` in an annex.
///
/// Clauses are ordered as a reader expects (8.2 before 8.10, numbered clauses before annexes) and compared exactly: 8.1
/// equals neither 8.10 nor 8.1.1.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClauseId {
    annex: Option<char>,
    numbers: Arc<[u16]>,
}

impl ClauseId {
    /// Whether it is below another clause, such as 8.6.1 below 8.6.
    pub(crate) fn is_below(&self, other: &ClauseId) -> bool {
        self.annex == other.annex
            && self.numbers.len() > other.numbers.len()
            && self.numbers.starts_with(&other.numbers)
    }

    /// Whether it is in an annex, such as `A.8.32`.
    pub(crate) fn has_annex(&self) -> bool {
        self.annex.is_some()
    }

    /// The parent clause: 8.5 for 8.5.1, `A` for `A.8`; `None` at the top level.
    pub(crate) fn parent(&self) -> Option<ClauseId> {
        let (_, shorter) = self.numbers.split_last()?;
        if shorter.is_empty() && self.annex.is_none() {
            return None;
        }
        Some(ClauseId { annex: self.annex, numbers: shorter.into() })
    }

    /// The top-level part: 8 for 8.5.1, `A` for `A.8.32`.
    pub(crate) fn top(&self) -> ClauseId {
        let keep = if self.annex.is_some() { 0 } else { 1 };
        ClauseId { annex: self.annex, numbers: self.numbers[..keep].into() }
    }
}

/// The error for text that is not a clause number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a clause number; write numbers with dots between, such as 8.5.1 or A.8.32")]
pub struct ClauseIdError(String);

impl FromStr for ClauseId {
    type Err = ClauseIdError;

    fn from_str(text: &str) -> Result<ClauseId, ClauseIdError> {
        parse_clause(text).ok_or_else(|| ClauseIdError(text.to_owned()))
    }
}

/// Maximum depth of a clause number; no management-system standard exceeds five.
const MAX_LEVELS: usize = 8;

fn parse_clause(text: &str) -> Option<ClauseId> {
    let mut parts = text.split('.').peekable();
    let first = *parts.peek()?;
    let annex = match first.as_bytes() {
        [letter] if letter.is_ascii_uppercase() => Some(char::from(*letter)),
        _ => None,
    };
    if annex.is_some() {
        parts.next();
    }
    let numbers: Vec<u16> = parts.map(clause_number).collect::<Option<_>>()?;
    let levels = numbers.len();
    if levels > MAX_LEVELS || (levels == 0 && annex.is_none()) {
        return None;
    }
    Some(ClauseId { annex, numbers: numbers.into() })
}

/// One level of a clause number: digits only, without a leading zero, at least 1.
fn clause_number(text: &str) -> Option<u16> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    if plain { text.parse().ok() } else { None }
}

impl Ord for ClauseId {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.annex, &self.numbers).cmp(&(other.annex, &other.numbers))
    }
}

impl PartialOrd for ClauseId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for ClauseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if let Some(annex) = self.annex {
            write!(f, "{annex}")?;
            separator = ".";
        }
        for number in self.numbers.iter() {
            write!(f, "{separator}{number}")?;
            separator = ".";
        }
        Ok(())
    }
}

impl serde::Serialize for ClauseId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for ClauseId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A clause as an author refers to it: bare for the main standard, with a prefix for any other.
///
/// The handbook, which knows the main standard, resolves it to a clause of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClauseRef {
    /// The standard in the reference; `None` for the main one.
    pub(crate) standard: Option<StandardId>,
    /// The number in that standard.
    pub(crate) clause: ClauseId,
}

impl ClauseRef {
    /// Whether it is only the letter of an annex: `iso27001:A`.
    pub(crate) fn is_annex_alone(&self) -> bool {
        self.clause.annex.is_some() && self.clause.numbers.is_empty()
    }
}

/// The error for text that is not a clause reference.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClauseRefError {
    /// The text before the colon is not a name.
    #[error(transparent)]
    Standard(#[from] NameError),
    /// The text after the colon, or the whole text, is not a clause number.
    #[error(transparent)]
    Clause(#[from] ClauseIdError),
}

impl FromStr for ClauseRef {
    type Err = ClauseRefError;

    fn from_str(text: &str) -> Result<ClauseRef, ClauseRefError> {
        let (standard, clause) = match text.split_once(':') {
            Some((standard, clause)) => (Some(standard.trim().parse()?), clause.trim()),
            None => (None, text.trim()),
        };
        Ok(ClauseRef { standard, clause: clause.parse()? })
    }
}

impl fmt::Display for ClauseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(standard) = &self.standard {
            write!(f, "{standard}:")?;
        }
        self.clause.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(text: &str) -> ClauseId {
        text.parse().expect("a clause")
    }

    #[test]
    fn clauses_order_by_number_and_annexes_come_last() {
        let mut ids: Vec<ClauseId> =
            ["A.8.2", "10.1", "8.10", "8.2", "A.5", "8", "8.2.1"].iter().map(|text| clause(text)).collect();
        ids.sort();
        let shown: Vec<String> = ids.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["8", "8.2", "8.2.1", "8.10", "10.1", "A.5", "A.8.2"]);
    }

    #[test]
    fn a_clause_matches_only_itself() {
        assert_ne!(clause("8.1"), clause("8.10"));
        assert_eq!(clause("8.5.1").parent(), Some(clause("8.5")));
        assert_eq!(clause("8").parent(), None);
        assert_eq!(clause("A.8").parent(), Some(clause("A")));
        assert_eq!(clause("A.8.32").top(), clause("A"));
    }

    #[test]
    fn invalid_clause_numbers_are_rejected() {
        for text in
            ["", "8.", ".8", "8..1", "08.1", "8.01", "8.1a", "a.5", "AA.1", "8.70000", "-8", "1.1.1.1.1.1.1.1.1"]
        {
            assert!(text.parse::<ClauseId>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_reference_may_name_its_standard() {
        let reference: ClauseRef = "iso27001:A.8.32".parse().expect("a reference");
        assert_eq!(reference.to_string(), "iso27001:A.8.32");
        assert!("ISO 27001:A.8".parse::<ClauseRef>().is_err());
    }
}
