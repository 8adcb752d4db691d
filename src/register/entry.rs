//! An entry of a register.

use super::figures::{MeasuredValue, read_figures};
use super::kinds::Kind;
use super::measured_period::MeasuredPeriod;
use super::record::Record;
use super::value::Value;
use super::views::Action;
use crate::date::Date;
use crate::finding::Problem;
use crate::id::{ClauseRef, DocumentId};
use crate::place::{Located, Span};
use crate::placeholder::names_only_persons_or_roles;

/// An entry, as far as it could be read. It always has an ID.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Its kind.
    pub(crate) kind: Kind,
    /// Its ID, in the same namespace as those of documents.
    pub(crate) id: Located<DocumentId>,
    /// Its content.
    pub(crate) record: Record,
    /// Problems found in it, judging by its file alone.
    pub(crate) problems: Vec<Problem>,
    /// The values of periods in `record`, in the order of periods.
    pub(super) figures: Vec<MeasuredValue>,
    /// Whether `record` names who checks the effect; a placeholder such as `TBD` does not count.
    pub(super) names_checker: bool,
}

/// A register that a document owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RegisterRef {
    /// Its file, relative to the document's folder or, with a leading `/`, to the content folder.
    pub(crate) file: Located<String>,
    /// The kind of its entries, for a table whose name does not say it.
    pub(crate) kind: Option<Kind>,
}

/// An event that an entry records as having happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PastEvent {
    /// The event as a clause: `this was closed`.
    pub(crate) description: &'static str,
    /// The date of the event.
    pub(crate) date: Date,
    /// The span of the date.
    pub(crate) span: Span,
}

/// Keys of entries, and of the mappings in them, that record when something happened.
const EVENT_KEYS: [(&str, &str); 10] = [
    ("found", "this was found"),
    ("held", "this was held"),
    ("closed", "this was closed"),
    ("done", "this was done"),
    ("checked", "this was checked"),
    ("recorded", "this was recorded"),
    ("scored", "this was scored"),
    ("reviewed", "this was reviewed"),
    ("date", "this happened"),
    ("last", "this was reviewed"),
];

impl Entry {
    /// An entry with what follows from its content.
    pub(super) fn new(kind: Kind, id: Located<DocumentId>, record: Record) -> Entry {
        let figures = read_figures(&record);
        let who = record.record("effect").map_or(&[][..], |effect| effect.names("who"));
        let names_checker = who.iter().any(|who| names_only_persons_or_roles(&who.value));
        Entry { kind, id, record, problems: Vec::new(), figures, names_checker }
    }

    /// The title, or the ID if there is no readable title.
    pub(crate) fn title(&self) -> &str {
        self.record.text("title").unwrap_or(self.id.value.as_str())
    }

    /// Whether only its ID could be read, as in a broken row of a table.
    pub(crate) fn is_only_an_id(&self) -> bool {
        let is_unread = |name: &str| self.record.get(name).is_none() && self.record.is_unclear(name);
        self.kind.keys().all(|key| key.name == "id" || is_unread(key.name))
    }

    /// Roles that own it, as written.
    pub(crate) fn owners(&self) -> &[Located<String>] {
        self.record.names("owner")
    }

    /// Clauses that it is about, as written; a parent clause includes its subclauses.
    pub(crate) fn clauses(&self) -> &[Located<ClauseRef>] {
        self.record.clauses("clauses")
    }

    /// Its classification, if it sets one that can be read.
    pub(crate) fn classification(&self) -> Option<&str> {
        self.record.text("classification")
    }

    /// Whether its classification is unclear.
    pub(crate) fn classification_is_unclear(&self) -> bool {
        self.record.is_unclear("classification")
    }

    /// Its actions and decisions, in the order written, those under `actions` first.
    pub(crate) fn actions(&self) -> impl Iterator<Item = Action<'_>> {
        let of = |key: &'static str| {
            self.record.records(key).iter().zip(1..).map(move |(record, number)| (key, record, number))
        };
        of("actions").chain(of("decisions")).map(|(key, record, number)| Action {
            record,
            number,
            is_decision: key == "decisions",
        })
    }

    /// Every event that it records, at any depth.
    pub(crate) fn past_events(&self) -> Vec<PastEvent> {
        let mut events = Vec::new();
        gather_events(&self.record, &mut events);
        // Values from tables of values have their places there.
        events.retain(|event| event.span != self.id.span);
        events
    }

    /// Every role and person that it names, at any depth.
    pub(crate) fn roles(&self) -> impl Iterator<Item = &Located<String>> {
        let parties = [Kind::Services, Kind::Locations].map(|kind| kind.row().name);
        let values = self.records().into_iter().flat_map(Record::values);
        let names = values.filter_map(move |(key, value)| match &value.value {
            Value::Names(names) if !parties.contains(&key) => Some(names),
            _ => None,
        });
        names.flatten()
    }

    /// Every mapping in it, starting with itself.
    pub(crate) fn records(&self) -> Vec<&Record> {
        let mut records = vec![&self.record];
        let mut at = 0;
        while let Some(record) = records.get(at).copied() {
            for (_, value) in record.values() {
                match &value.value {
                    Value::Record(inner) => records.push(inner),
                    Value::Records(inner) => records.extend(inner),
                    _ => {}
                }
            }
            at += 1;
        }
        records
    }
}

fn gather_events(record: &Record, events: &mut Vec<PastEvent>) {
    let description = |name: &str| EVENT_KEYS.iter().find(|(key, _)| *key == name).map(|(_, what)| *what);
    let event = |name: &str, date: Date, span: Span| Some(PastEvent { description: description(name)?, date, span });
    for (name, value) in record.values() {
        match &value.value {
            Value::Day(on) => events.extend(event(name, *on, value.span)),
            Value::Days(period) => events.extend(event(name, period.to, value.span)),
            Value::Pairs(pairs) if *name == *"values" => {
                let ends = |period: &Located<String>| Some(period.value.parse::<MeasuredPeriod>().ok()?.days.to);
                let measured = pairs.iter().filter_map(|(period, _)| Some((period.span, ends(period)?)));
                events.extend(measured.map(|(span, on)| PastEvent { description: "this period ends", date: on, span }));
            }
            Value::Record(inner) => gather_events(inner, events),
            Value::Records(inner) => inner.iter().for_each(|record| gather_events(record, events)),
            _ => {}
        }
    }
}
