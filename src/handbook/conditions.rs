//! Conditions that a register block places on its rows.

use super::{PlacedEntry, Reading};
use crate::date::Date;
use crate::id::{ClauseKey, ClauseRef, DocumentId};
use crate::name::name_key;
use crate::place::Located;
use crate::register::{Block, BlockContent, Condition, ENTRY_COLUMN, Kind, Value, ValueType};
use crate::spelling::suggest_help;

/// A value in a condition that no row can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImpossibleValue<'b> {
    /// The condition.
    pub(crate) condition: &'b Condition,
    /// The value.
    pub(crate) value: &'b str,
    /// A suggestion of what the author may have meant.
    pub(crate) help: Option<String>,
}

/// The kind of entries that a column refers to by ID or title.
fn party_kind(column: &str) -> Option<Kind> {
    match column {
        "services" => Some(Kind::Services),
        "locations" => Some(Kind::Locations),
        _ => None,
    }
}

impl Reading {
    /// For each condition that no row can meet, the first impossible value: the table would be empty whatever the
    /// register says.
    pub(crate) fn impossible_values<'b>(&self, block: &'b Block) -> Vec<ImpossibleValue<'b>> {
        let first = |condition: &'b Condition| {
            let value_type = block.content.value_type(condition.column)?;
            let impossible = |value: &'b str| {
                let help = self.check_value(block.content, condition.column, value_type, value)?;
                Some(ImpossibleValue { condition, value, help })
            };
            let (mut values, parts) = (condition.values(), condition.values().skip(1));
            let whole_value = impossible(values.next()?)?;
            parts.clone().next().map_or(Some(whole_value), |_| parts.clone().find_map(impossible))
        };
        block.conditions.iter().filter_map(first).collect()
    }

    /// `Some` if no row can have this value, with a suggestion if there is one.
    fn check_value(
        &self,
        content: BlockContent,
        column: &str,
        value_type: ValueType,
        value: &str,
    ) -> Option<Option<String>> {
        let registers = &self.handbook.registers;
        match (value_type, party_kind(column)) {
            _ if ["id", ENTRY_COLUMN].contains(&column) => self.check_row_id(content, column, value),
            (ValueType::Day, _) => {
                value.parse::<Date>().is_err().then(|| Some("write a date such as `2026-11-22`".to_owned()))
            }
            (ValueType::Clauses, _) => self.parse_clause(value).is_none().then_some(None),
            (ValueType::Ids, _) => (!self.is_known(value)).then(|| {
                let documents = self.handbook.documents.iter().filter_map(|document| document.id());
                let documents = documents.map(DocumentId::as_str);
                suggest_help(value, documents.chain(registers.entries.iter().map(|placed_entry| placed_entry.id())))
            }),
            (_, Some(kind)) if registers.has(kind) && !registers.withholds(kind) => {
                let is_lost = || registers.may_have_lost(kind, value);
                (registers.find_parties(kind, value).is_empty() && !is_lost()).then(|| {
                    let names = registers
                        .of_kind(kind)
                        .flat_map(|(_, placed_entry)| [placed_entry.id(), placed_entry.entry.title()]);
                    suggest_help(value, names)
                })
            }
            _ => None,
        }
    }

    /// Like `check_value`, for the ID of a row or of the entry that it belongs to.
    fn check_row_id(&self, content: BlockContent, column: &str, value: &str) -> Option<Option<String>> {
        let registers = &self.handbook.registers;
        let is_shown = |placed_entry: &&PlacedEntry| match content {
            BlockContent::Kind(kind) => placed_entry.entry.kind == kind,
            _ => true,
        };
        let entries = registers.entries.iter().filter(is_shown);
        let known: Vec<&str> = match content {
            BlockContent::Decisions if column != ENTRY_COLUMN => entries
                .flat_map(|placed_entry| placed_entry.entry.actions())
                .filter_map(|action| Some(action.id()?.as_str()))
                .collect(),
            _ => entries.map(PlacedEntry::id).collect(),
        };
        // This edition may withhold the entry.
        let is_withheld = || value.parse().is_ok_and(|id| self.handbook.lookup.is_withheld(&id));
        (!known.contains(&value) && !is_withheld()).then(|| suggest_help(value, known))
    }

    /// Whether anything has this ID, including what this edition does not show.
    fn is_known(&self, id: &str) -> bool {
        id.parse::<DocumentId>().is_ok_and(|id| self.handbook.lookup.contains_id(&id))
    }

    fn parse_clause(&self, text: &str) -> Option<ClauseKey> {
        self.standards.find_reference(&text.parse::<ClauseRef>().ok()?)
    }

    /// Whether a row's value meets a condition. A clause matches its subclauses and its ancestors, services and
    /// locations match by ID or title, and the letter case of roles is ignored.
    pub(crate) fn matches(&self, condition: &Condition, value: &Value) -> bool {
        let values = || condition.values();
        match value {
            Value::Clauses(clauses) => values().any(|expected| self.is_about(expected, clauses)),
            Value::Names(names) => {
                let is_named =
                    |expected: &str, name: &Located<String>| self.is_same_name(condition.column, expected, &name.value);
                values().any(|expected| names.iter().any(|name| is_named(expected, name)))
            }
            value => value.texts().iter().any(|text| values().any(|expected| expected == text)),
        }
    }

    fn is_about(&self, text: &str, clauses: &[Located<ClauseRef>]) -> bool {
        let Some(target) = self.parse_clause(text) else { return false };
        let is_within = |inner: ClauseKey, outer: ClauseKey| {
            inner == outer || self.standards.ancestors(inner).any(|above| above == outer)
        };
        let keys = clauses.iter().filter_map(|clause| self.standards.find_reference(&clause.value));
        keys.into_iter().any(|key| is_within(key, target) || is_within(target, key))
    }

    fn is_same_name(&self, column: &str, name: &str, other: &str) -> bool {
        let registers = &self.handbook.registers;
        match party_kind(column) {
            Some(kind) => {
                name == other.trim()
                    || registers
                        .find_party(kind, name)
                        .is_some_and(|party| registers.find_party(kind, other) == Some(party))
            }
            None => name_key(name) == name_key(other),
        }
    }
}
