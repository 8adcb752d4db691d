//! Workbook sheets for registers, findings and deadlines, with a sheet for each kind of entries that the handbook
//! contains.

use super::workbook::{Sheet, label_cell};
use crate::assess::Deadline;
use crate::finding::Finding;
use crate::handbook::{EntryIndex, PlacedEntry};
use crate::register::{Action, KINDS, Kind, KindRow, Record, STATE_COLUMN, Value};
use crate::site::portal::Portal;
use crate::site::workbook::Cell;

/// The columns of the sheet of actions: the entry that an action belongs to, then the action.
const ACTION_COLUMNS: [&str; 8] = ["entry", "title", "what", "who", "due", "done", "state", "proof"];

/// The column with the stage of an improvement as its author wrote it. The column of states says what the date makes of
/// it.
const STAGE_COLUMN: &str = "stage";

/// The sheets of all registers, of findings and of deadlines.
pub(super) fn sheets<'a>(portal: &'a Portal<'_>) -> Vec<Sheet<'a>> {
    let registers = &portal.reading.handbook.registers;
    let mut sheets: Vec<Sheet<'a>> =
        KINDS.iter().filter(|row| registers.has(row.kind)).map(|row| kind_sheet(portal, row)).collect();
    if registers.has_any() {
        sheets.push(actions(portal));
    }
    if portal.shows_figures() {
        sheets.push(findings(portal));
        sheets.push(deadlines(portal));
    }
    sheets
}

/// All entries that are known on the build's day.
fn known_entries<'a>(portal: &'a Portal<'_>) -> impl Iterator<Item = (EntryIndex, &'a PlacedEntry)> {
    let entries = portal.reading.handbook.registers.indexed();
    entries.filter(|(index, _)| portal.assessment.entry(*index).is_some())
}

fn kind_sheet<'a>(portal: &'a Portal<'_>, row: &'static KindRow) -> Sheet<'a> {
    let entries_of_kind = portal.reading.handbook.registers.of_kind(row.kind);
    let kind_entries = entries_of_kind.filter(|(index, _)| portal.assessment.entry(*index).is_some());
    let columns = columns(row, &kind_entries.clone().map(|(_, placed_entry)| placed_entry));
    let heads = columns.iter().map(|column| (format!("entries.column.{column}"), width(column))).collect();
    let rows = kind_entries.map(move |(index, placed_entry)| -> Vec<Cell<'a>> {
        columns.iter().map(|column| entry_cell(portal, index, placed_entry, column)).collect()
    });
    Sheet { name: format!("entries.kind.{}", row.name), headers: heads, rows: Box::new(rows) }
}

/// The default columns of a kind, and all other keys in use; actions have a separate sheet.
fn columns<'a>(row: &KindRow, entries: &(impl Iterator<Item = &'a PlacedEntry> + Clone)) -> Vec<&'static str> {
    let is_used = |key: &str| entries.clone().any(|placed_entry| placed_entry.entry.record.get(key).is_some());
    let is_more = |key: &&'static str| {
        !row.columns.contains(key) && !matches!(*key, "actions" | "decisions" | "classification") && is_used(key)
    };
    let stage = (row.kind == Kind::Improvements).then_some(STAGE_COLUMN);
    row.columns.iter().copied().chain(stage).chain(row.kind.keys().map(|key| key.name).filter(is_more)).collect()
}

fn width(column: &str) -> u8 {
    match column {
        "title" | "what" | "note" => 50,
        "id" | "state" | "due" | "done" | "held" | "planned" | "closed" => 14,
        _ => 24,
    }
}

fn entry_cell<'a>(portal: &'a Portal<'_>, index: EntryIndex, placed: &'a PlacedEntry, column: &str) -> Cell<'a> {
    match column {
        "id" => placed.id().into(),
        STATE_COLUMN => portal.state_word(index).into(),
        STAGE_COLUMN => {
            let stage = placed.entry.record.text(STATE_COLUMN).unwrap_or_default();
            portal.word(placed.entry.kind, STATE_COLUMN, stage).into()
        }
        "due" => portal.assessment.entry(index).and_then(|life| life.due).into(),
        "closed" => portal.assessment.entry(index).and_then(|life| life.closed).into(),
        // An objective without its own target has that of its indicator.
        "target" if placed.entry.kind == Kind::Objectives && placed.entry.record.get("target").is_none() => {
            portal.entry_target(index).map_or_else(|| "".into(), |target| portal.target(&target).into())
        }
        _ => value(portal, &placed.entry.record, placed.entry.kind, column),
    }
}

/// The value of a key as a cell. IDs that this edition does not show are left out.
fn value<'a>(portal: &'a Portal<'_>, record: &'a Record, kind: Kind, key: &str) -> Cell<'a> {
    match record.get(key).map(|value| &value.value) {
        None => "".into(),
        Some(Value::Day(day)) => Some(*day).into(),
        // Days from one to another stay text: a cell has one date.
        Some(Value::Days(days)) if days.from == days.to => Some(days.from).into(),
        Some(Value::Text(text)) => text.as_str().into(),
        Some(value) => portal.plain(kind, key, value).into(),
    }
}

fn actions<'a>(portal: &'a Portal<'_>) -> Sheet<'a> {
    let heads = ACTION_COLUMNS.iter().map(|column| (format!("entries.column.{column}"), width(column))).collect();
    let rows = known_entries(portal).flat_map(move |(_, placed_entry)| {
        placed_entry.entry.actions().map(move |action| action_row(portal, placed_entry, action)).collect::<Vec<_>>()
    });
    Sheet { name: "pages.actions".to_owned(), headers: heads, rows: Box::new(rows) }
}

fn action_row<'a>(portal: &'a Portal<'_>, placed_entry: &'a PlacedEntry, action: Action<'a>) -> Vec<Cell<'a>> {
    let clock = portal.assessment.clock;
    let state = portal.action_state(action);
    vec![
        placed_entry.id().into(),
        placed_entry.entry.title().into(),
        action_text(action),
        value(portal, action.record, placed_entry.entry.kind, "who"),
        action.due().into(),
        action.done().filter(|done| *done <= clock.as_of).into(),
        label_cell(portal, "entries.state", state.as_str()),
        value(portal, action.record, placed_entry.entry.kind, "proof"),
    ]
}

/// The text of an action, with the ID of a decision.
fn action_text<'a>(action: Action<'a>) -> Cell<'a> {
    action.id().map_or_else(|| action.what().into(), |id| format!("{}: {}", id.as_str(), action.what()).into())
}

fn findings<'a>(portal: &'a Portal<'_>) -> Sheet<'a> {
    let heads = [("severity", 12), ("rule", 26), ("finding", 80), ("document", 14), ("place", 40)];
    let row = move |finding: &'a Finding| -> Vec<Cell<'a>> {
        vec![
            label_cell(portal, "severity", finding.severity.as_str()),
            finding.problem.rule.0.into(),
            finding.problem.message.as_str().into(),
            finding.document.as_ref().map_or("", |id| id.as_str()).into(),
            finding.problem.place.to_string().into(),
        ]
    };
    Sheet {
        name: "pages.findings".to_owned(),
        headers: entry_headings(&heads),
        rows: Box::new(portal.assessment.findings.iter().map(row)),
    }
}

fn deadlines<'a>(portal: &'a Portal<'_>) -> Sheet<'a> {
    let heads = [
        ("sheet.day", 12),
        ("sheet.until", 12),
        ("sheet.kind", 20),
        ("entries.column.state", 14),
        ("entries.column.id", 14),
        ("sheet.what", 60),
        ("sheet.who", 30),
    ];
    let row = move |deadline: &'a Deadline| -> Vec<Cell<'a>> {
        vec![
            deadline.day.into(),
            deadline.end.into(),
            label_cell(portal, "deadline", deadline.kind.as_str()),
            label_cell(portal, "entry_state", deadline.state.as_str()),
            (&*deadline.id).into(),
            portal.deadline_task(deadline).into(),
            Portal::deadline_owner(deadline).into(),
        ]
    };
    Sheet {
        name: "say.sheet_deadlines".to_owned(),
        headers: heads.map(|(key, width)| (key.to_owned(), width)).into(),
        rows: Box::new(portal.deadlines().map(row)),
    }
}

fn entry_headings(heads: &[(&str, u8)]) -> Vec<(String, u8)> {
    heads.iter().map(|(key, width)| (format!("sheet.{key}"), *width)).collect()
}
