//! Entries of registers, deadlines and audits of clauses, as data.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::assess::{Assessed, AuditState, DeadlineKind, DeadlineState, EntryState};
use crate::date::Date;
use crate::handbook::{EntryIndex, Lookup};
use crate::id::{ClauseKey, ClauseRef};
use crate::register::{Record, Reference, Value};

/// An entry of a register.
#[derive(Serialize)]
pub(super) struct RegisterEntry<'a> {
    id: &'a str,
    kind: &'static str,
    title: &'a str,
    state: EntryState,
    due: Option<Date>,
    closed: Option<Date>,
    effect_due: Option<Date>,
    /// The document that owns the register.
    document: Option<&'a str>,
    file: &'a str,
    line: u32,
    url: String,
    fields: Fields<'a>,
}

/// All fields of an entry, as written.
struct Fields<'a>(&'a Record, &'a Lookup);

/// A deadline.
#[derive(Serialize)]
pub(super) struct DeadlineEntry<'a> {
    /// Null if the day is not known.
    day: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Date>,
    kind: DeadlineKind,
    state: DeadlineState,
    what: &'a str,
    /// The document or entry that it belongs to.
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<usize>,
    who: Vec<&'a str>,
    file: &'a str,
    line: u32,
}

/// The audits of a clause.
#[derive(Serialize)]
pub(super) struct AuditEntry<'a> {
    last: Option<AuditDay<'a>>,
    next: Option<AuditDay<'a>>,
    state: AuditState,
    open: Vec<&'a str>,
    /// Which of the above exist but are hidden by an edition.
    #[serde(rename = "unseen", skip_serializing_if = "Vec::is_empty")]
    hidden: Vec<&'static str>,
}

#[derive(Serialize)]
struct AuditDay<'a> {
    day: Date,
    audit: &'a str,
}

/// A register of which some entries cannot be read, so that they are missing among the entries.
#[derive(Serialize)]
pub(super) struct UnreadRegisterEntry<'a> {
    /// The kinds of the missing entries.
    kinds: Vec<&'static str>,
    file: &'a str,
    /// The line of the first problem, if it is known.
    line: Option<u32>,
}

/// Every register that cannot be read in full.
pub(super) fn unread(source: Assessed<'_>) -> Vec<UnreadRegisterEntry<'_>> {
    let unread = source.reading.handbook.registers.unread().iter();
    unread
        .map(|register| UnreadRegisterEntry {
            kinds: register.kinds.iter().map(|kind| kind.as_str()).collect(),
            file: &register.place.file,
            line: register.place.position.map(|position| position.line),
        })
        .collect()
}

/// Every entry that exists on the day, by kind, then by ID.
pub(super) fn entries(source: Assessed<'_>) -> Vec<RegisterEntry<'_>> {
    let Assessed { reading, assessment } = source;
    let register_entries = reading.handbook.registers.indexed().filter_map(|(index, placed_entry)| {
        let life = *assessment.entry(index)?;
        Some(RegisterEntry {
            id: placed_entry.id(),
            kind: placed_entry.entry.kind.as_str(),
            title: placed_entry.entry.title(),
            state: life.state,
            due: life.due,
            closed: life.closed,
            effect_due: life.effect_due,
            document: reading.handbook.document(placed_entry.owner).id().map(|id| id.as_str()),
            file: placed_entry.file.source.path(),
            line: placed_entry.file.source.line_number(placed_entry.entry.id.span),
            url: source.entry_page(index).with_fragment(&placed_entry.anchor),
            fields: Fields(&placed_entry.entry.record, &reading.handbook.lookup),
        })
    });
    register_entries.collect()
}

/// Every deadline, by day.
pub(super) fn deadlines(source: Assessed<'_>) -> Vec<DeadlineEntry<'_>> {
    let deadlines = source.assessment.deadlines.iter().map(|deadline| DeadlineEntry {
        day: deadline.day,
        end: deadline.end,
        kind: deadline.kind,
        state: deadline.state,
        what: &deadline.task,
        id: &deadline.id,
        action: deadline.number,
        who: deadline.assignees.iter().map(|who| &**who).collect(),
        file: &deadline.place.file,
        line: deadline.place.line(),
    });
    deadlines.collect()
}

/// The audits of a coverage unit, or `None` without a register of audits.
pub(super) fn audit(source: Assessed<'_>, key: ClauseKey) -> Option<AuditEntry<'_>> {
    let registers = &source.reading.handbook.registers;
    let unit = source.assessment.audits.as_ref()?.unit(key)?;
    let id = |index: EntryIndex| registers.entry(index).id();
    let hidden = [(unit.hidden.last, "last"), (unit.hidden.next, "next"), (unit.hidden.open, "open")];
    Some(AuditEntry {
        last: unit.last.map(|(day, audit)| AuditDay { day, audit: id(audit) }),
        next: unit.next.map(|(period, audit)| AuditDay { day: period.from, audit: id(audit) }),
        state: unit.state,
        open: unit.open.iter().map(|index| id(*index)).collect(),
        hidden: hidden.into_iter().filter(|(is_hidden, _)| *is_hidden).map(|(_, name)| name).collect(),
    })
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.0.values().filter(|(name, _)| !matches!(*name, "id" | "title")) {
            map.serialize_entry(name, &Field(&value.value, self.1))?;
        }
        map.end()
    }
}

/// The value of a key. IDs of withheld documents and entries are left out.
struct Field<'a>(&'a Value, &'a Lookup);

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Text(text) => serializer.serialize_str(text),
            Value::Interval(interval) => serializer.collect_str(interval),
            Value::Day(day) => day.serialize(serializer),
            Value::Days(period) => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("from", &period.from)?;
                map.serialize_entry("to", &period.to)?;
                map.end()
            }
            Value::Names(names) => serializer.collect_seq(names.iter().map(|name| &name.value)),
            Value::Clauses(clauses) => serializer.collect_seq(clauses.iter().map(|clause| ClauseNumber(&clause.value))),
            Value::References(references) => {
                let is_shown = |reference: &&Reference| reference.id().is_none_or(|id| !self.1.is_withheld(id));
                let visible = references.iter().map(|reference| &reference.value).filter(is_shown);
                serializer.collect_seq(visible.map(Reference::as_str))
            }
            Value::Pairs(pairs) => serializer
                .collect_map(pairs.iter().map(|(name, text)| (&name.value, text.as_ref().map(|text| &text.value)))),
            Value::Record(record) => NestedRecord(record, self.1).serialize(serializer),
            Value::Records(records) => {
                let mut list = serializer.serialize_seq(Some(records.len()))?;
                records.iter().try_for_each(|record| list.serialize_element(&NestedRecord(record, self.1)))?;
                list.end()
            }
        }
    }
}

/// A clause as it is displayed.
struct ClauseNumber<'a>(&'a ClauseRef);

impl Serialize for ClauseNumber<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

/// A mapping within an entry.
struct NestedRecord<'a>(&'a Record, &'a Lookup);

impl Serialize for NestedRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.values().map(|(name, value)| (name, Field(&value.value, self.1))))
    }
}
