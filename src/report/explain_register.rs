//! Explanations of register kinds and entries, as text for a terminal.

use std::fmt::Write;

use super::deadline_kind;
use super::explain::{write_list, write_section};
use crate::assess::{Assessed, Deadline, DeadlineSubject, EntryState};
use crate::date::Date;
use crate::handbook::{DocumentIndex, EntryIndex};
use crate::register::{Key, Kind, Record, Value, ValueType};

/// Explains a kind of register with its keys.
pub(crate) fn kind(kind: Kind) -> String {
    let row = kind.row();
    let mut out = format!("{}\nA register of {}\n", row.name, row.meaning);
    write_section(&mut out, "Usually owned by", &format!("the document that provides {}", row.item));
    write_list(&mut out, "Keys", kind.keys().map(key_line));
    write_section(&mut out, "To add one", &command(kind));
    out
}

/// Explains the actions of entries, or the decisions of management reviews, with their keys.
pub(crate) fn list(name: &str) -> Option<String> {
    let (about, command) = match name {
        "actions" => {
            ("What is done about an entry of any kind", "clausebook new --action ID \"What\" --who ROLE --due DATE")
        }
        "decisions" => ("What a management review decided", "write it under `decisions` of the review"),
        _ => return None,
    };
    let key = Kind::ManagementReviews.keys().find(|key| key.name == name)?;
    let ValueType::Records(keys) = key.value_type else { return None };
    let mut out = format!("{name}\n{about}\n");
    write_list(&mut out, "Keys", keys.iter().map(key_line));
    write_section(&mut out, "To add one", command);
    Some(out)
}

fn key_line(key: &Key) -> String {
    let needed = if key.is_required { "required: " } else { "" };
    format!("{:<16}{needed}{} ({})", key.name, key.meaning, key.value_type.description())
}

fn format_day(day: Option<Date>) -> String {
    day.map_or_else(|| "unknown   ".to_owned(), |day| day.to_string())
}

/// A command that creates an entry of a kind, with every required key.
fn command(kind: Kind) -> String {
    let mut command = format!("clausebook new --register {} \"Title\"", kind.as_str());
    for key in kind.keys().filter(|key| key.is_required && !matches!(key.name, "id" | "title")) {
        // A day defaults to today, so it needs no example.
        if let Some(value) = key.value_type.example() {
            let _ = write!(command, " --set {}={value}", key.name);
        }
    }
    command
}

/// The state of an entry on the assessed day, in words.
fn state_words(Assessed { assessment, .. }: Assessed<'_>, index: EntryIndex) -> String {
    match assessment.entry(index) {
        None => "not known yet".to_owned(),
        Some(life) if life.has_late_effect(assessment.clock.as_of) => "closed; effect check overdue".to_owned(),
        Some(life) if life.state == EntryState::WaitsForEffect => "closed; effect check pending".to_owned(),
        Some(life) => life.state.words(),
    }
}

/// Explains an entry as of the day: its content, the references to it, and its deadlines.
pub(crate) fn entry(assessed: Assessed<'_>, index: EntryIndex) -> String {
    let Assessed { reading, assessment } = assessed;
    let registers = &reading.handbook.registers;
    let placed_entry = registers.entry(index);
    let state = state_words(assessed, index);
    let owner = reading.handbook.document(placed_entry.owner);
    let mut out = format!("{} {}\n", placed_entry.id(), placed_entry.entry.title());
    let _ = writeln!(out, "{} on {}: {state}", placed_entry.entry.kind.row().singular, assessment.clock.as_of);
    let owner = owner.id().map_or_else(|| owner.path().to_string(), ToString::to_string);
    write_section(&mut out, "Register", &format!("{}, owned by {owner}", placed_entry.id_place()));
    let fields = placed_entry.entry.record.values().filter(|(name, _)| !matches!(*name, "id" | "title"));
    write_list(&mut out, "Recorded", fields.flat_map(|(name, value)| value_lines(name, &value.value)));
    let is_about_entry = |of: DeadlineSubject| matches!(of, DeadlineSubject::Entry(one) | DeadlineSubject::Action(one, _) if one == index);
    let deadlines = assessment.deadlines.iter().filter(|deadline| is_about_entry(deadline.subject));
    write_list(&mut out, "Deadlines", deadlines.map(deadline_line));
    let linked =
        registers.linked_by(index).iter().map(|document| reading.handbook.document(*document).path().to_string());
    let path = |document: &DocumentIndex| reading.handbook.document(*document).path().to_string();
    // Services and locations are referred to by name, other entries by ID.
    let document_paths = registers.documents_of(index).iter().map(path);
    let related_indexes = registers.named_by(index).iter().chain(registers.entries_of(index));
    let related_ids = related_indexes.map(|other| registers.entry(*other).id().to_owned());
    let mut names: Vec<String> = Vec::new();
    for name in linked.chain(document_paths).chain(related_ids) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    write_list(&mut out, "Named by", names.into_iter());
    out
}

fn deadline_line(deadline: &Deadline) -> String {
    let (day, kind) = (format_day(deadline.day), deadline_kind(deadline.kind));
    format!("{day}  {kind} ({}): {}", deadline.state.words(), deadline.task)
}

/// Formats a key with its value. If there are several mappings, each gets its own line.
fn value_lines(name: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Records(records) => {
            records.iter().zip(1..).map(|(record, number)| format!("{name} {number}: {}", inline(record))).collect()
        }
        Value::Record(record) => vec![format!("{name}: {}", inline(record))],
        other => vec![format!("{name}: {}", other.joined())],
    }
}

fn inline(record: &Record) -> String {
    let parts = record.values().map(|(name, value)| format!("{name} {}", value.value.joined()));
    parts.collect::<Vec<_>>().join("; ")
}
