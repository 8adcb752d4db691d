//! Lists of entries with the default columns of their kind.

use super::nonconformities::list_jobs;
use crate::handbook::EntryIndex;
use crate::register::{Kind, STATE_COLUMN, Value};
use crate::site::entries::join_names;
use crate::site::job::Job;
use crate::site::model::{Grid, GridCell, GridRow};
use crate::site::portal::Portal;

/// The list of requirements of interested parties, laws and contracts.
pub(super) fn requirements(portal: &Portal<'_>) -> Vec<Job> {
    list_jobs(portal, Kind::Requirements, "requirements", |portal, label, entries| {
        default_grid(portal, Kind::Requirements, label, entries)
    })
}

/// The list of external and internal issues.
pub(super) fn issues(portal: &Portal<'_>) -> Vec<Job> {
    list_jobs(portal, Kind::Issues, "issues", |portal, label, entries| {
        default_grid(portal, Kind::Issues, label, entries)
    })
}

/// The list of competences that roles need.
pub(super) fn competences(portal: &Portal<'_>) -> Vec<Job> {
    list_jobs(portal, Kind::Competences, "competences", |portal, label, entries| {
        default_grid(portal, Kind::Competences, label, entries)
    })
}

/// The list of recorded acknowledgements.
pub(super) fn acknowledgements(portal: &Portal<'_>) -> Vec<Job> {
    list_jobs(portal, Kind::Acknowledgements, "acknowledgements", |portal, label, entries| {
        default_grid(portal, Kind::Acknowledgements, label, entries)
    })
}

/// A table with the default columns of a kind.
fn default_grid(portal: &Portal<'_>, kind: Kind, label: &str, entries: &[EntryIndex]) -> Grid {
    let columns = kind.row().columns;
    let head = |column: &&str| portal.labels.text(&format!("entries.column.{column}")).to_owned();
    let row = |index: &EntryIndex| GridRow {
        id: portal.entry(*index).anchor.clone(),
        cells: columns.iter().map(|column| cell(portal, *index, column)).collect(),
    };
    Grid {
        label: label.to_owned(),
        columns: columns.iter().map(head).collect(),
        rows: entries.iter().map(row).collect(),
        ..Grid::default()
    }
}

fn cell(portal: &Portal<'_>, index: EntryIndex, column: &str) -> GridCell {
    let entry = &portal.entry(index).entry;
    match column {
        "id" => portal.entry_cell(index),
        STATE_COLUMN => {
            let due = portal.assessment.entry(index).and_then(|life| life.due).map(|due| portal.labels.day(due));
            GridCell { note: due.unwrap_or_default(), ..GridCell::mark(portal.entry_mark(index)) }
        }
        "title" => GridCell {
            remark: portal.details(index, &[entry.kind.row().columns, &["clauses"]].concat()),
            links: portal.clause_refs(entry.clauses()),
            ..GridCell::text(entry.title())
        },
        "owner" => GridCell::text(join_names(entry.owners())),
        column => match entry.record.get(column).map(|value| &value.value) {
            Some(Value::Text(text)) => GridCell::text(portal.word(entry.kind, column, text)),
            Some(value) => value_cell(portal, value),
            None => GridCell::default(),
        },
    }
}

fn value_cell(portal: &Portal<'_>, value: &Value) -> GridCell {
    match value {
        Value::Day(day) => GridCell::day(Some(*day)),
        Value::Days(days) => GridCell::days(Some(*days)),
        Value::References(references) => GridCell::links(portal.reference_links(references)),
        Value::Clauses(clauses) => GridCell::links(portal.clause_refs(clauses)),
        other => GridCell::text(other.texts().join(", ")),
    }
}
