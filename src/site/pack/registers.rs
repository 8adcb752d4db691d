//! The registers that no other section of a pack contains: services, suppliers, risks, indicators and others.

use super::context::Pack;
use super::evidence::{action_line, write_unread};
use super::page::{CellLine, PackPage, PageCell, PageRow};
use crate::handbook::EntryIndex;
use crate::register::{Indicator, Kind, Record, Reference, STATE_COLUMN, Score, Supplier, Value};

/// The kinds of registers, in the order of the page.
const KINDS: [Kind; 11] = [
    Kind::Services,
    Kind::Suppliers,
    Kind::Locations,
    Kind::Risks,
    Kind::Objectives,
    Kind::Indicators,
    Kind::Improvements,
    Kind::Requirements,
    Kind::Issues,
    Kind::Competences,
    Kind::Acknowledgements,
];

/// Writes a table for each of these kinds of which there is a register.
pub(super) fn write_registers(pack: &Pack<'_, '_>, page: &mut PackPage) {
    let registers = &pack.portal.reading.handbook.registers;
    let labels = pack.portal.labels;
    write_unread(pack, page, &KINDS);
    let kinds: Vec<Kind> = KINDS.into_iter().filter(|kind| registers.has(*kind)).collect();
    for kind in &kinds {
        let row = kind.row();
        page.heading(2, row.name, labels.text(&format!("entries.kind.{}", row.name)));
        let columns: Vec<&str> = row.columns.iter().copied().chain(more_columns(*kind).iter().copied()).collect();
        let heads: Vec<String> =
            columns.iter().map(|column| labels.text(&format!("entries.column.{column}")).to_owned()).collect();
        let line = |index: EntryIndex| {
            let cells = columns.iter().map(|column| cell(pack, index, column)).collect();
            Some((index, PageRow::with_anchor(pack.portal.entry(index).id(), cells)))
        };
        let rows = pack.portal.known_entries(*kind).into_iter().filter_map(line).collect();
        EntryTable { heads, rows, columns: &columns, empty_text: labels.text("registers.none") }.write(pack, page);
    }
    if kinds.is_empty() {
        page.paragraph(labels.text("pack.no_register"));
    }
}

/// A table of entries.
pub(super) struct EntryTable<'a> {
    /// The headings of its columns.
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<(EntryIndex, PageRow)>,
    /// The keys that have a column.
    pub(super) columns: &'a [&'a str],
    /// The text shown if there are no rows.
    pub(super) empty_text: &'a str,
}

impl EntryTable<'_> {
    /// Writes the table, with a last column for the remaining fields and actions of the entries.
    pub(super) fn write(self, pack: &Pack<'_, '_>, page: &mut PackPage) {
        let EntryTable { mut heads, rows, columns, empty_text } = self;
        let mut rows: Vec<(PageRow, PageCell)> =
            rows.into_iter().map(|(index, row)| (row, remaining_fields(pack, index, columns))).collect();
        if rows.iter().any(|(_, rest)| !rest.0.is_empty()) {
            heads.push(pack.label("column.more"));
            rows.iter_mut().for_each(|(row, rest)| row.cells.push(PageCell(std::mem::take(&mut rest.0))));
        }
        let rows: Vec<PageRow> = rows.into_iter().map(|(row, _)| row).collect();
        page.table(&heads, &rows, empty_text);
    }
}

/// The fields of an entry without columns, one per line.
fn remaining_fields(pack: &Pack<'_, '_>, index: EntryIndex, shown_keys: &[&str]) -> PageCell {
    let portal = pack.portal;
    let entry = &portal.entry(index).entry;
    let note = entry.record.get("note").map(|note| ("note", &note.value)).filter(|_| !shown_keys.contains(&"note"));
    let line = |(key, value): (&str, &Value)| {
        CellLine::plain(format!("{}: {}", portal.field_label(key), portal.plain(entry.kind, key, value)))
    };
    let lines = portal.other_values(index, shown_keys).chain(note).map(line);
    let actions = entry.actions().filter(|_| !shown_keys.contains(&"actions")).map(|action| action_line(pack, action));
    PageCell(lines.chain(actions).collect())
}

/// Columns that a pack shows in addition to those of lists.
fn more_columns(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Suppliers => &["contract"],
        _ => &[],
    }
}

/// The cell of an entry in a column of a table.
pub(super) fn cell(pack: &Pack<'_, '_>, index: EntryIndex, column: &str) -> PageCell {
    let portal = pack.portal;
    let placed_entry = portal.entry(index);
    let day = |day: Option<crate::date::Date>| PageCell::text(day.map(|day| day.to_string()).unwrap_or_default());
    let life = portal.assessment.entry(index);
    match column {
        "id" => PageCell::text(placed_entry.id()),
        STATE_COLUMN => PageCell::text(portal.entry_mark(index).word),
        "due" => day(life.and_then(|life| life.due)),
        "closed" => day(life.and_then(|life| life.closed)),
        "values" => PageCell(values(pack, index)),
        "target"
            if placed_entry.entry.kind == Kind::Objectives && placed_entry.entry.record.get("target").is_none() =>
        {
            PageCell::text(portal.entry_target(index).map(|target| portal.target(&target)).unwrap_or_default())
        }
        "contract" => PageCell(contract(pack, index)),
        _ => match placed_entry.entry.record.get(column).map(|value| &value.value) {
            Some(Value::Text(word)) => PageCell::text(label_or_word(pack, placed_entry.entry.kind, column, word)),
            Some(value) => PageCell(value_lines(pack, value)),
            None => PageCell::text(""),
        },
    }
}

/// A value as written, or its label if it is one of the allowed words.
fn label_or_word(pack: &Pack<'_, '_>, kind: Kind, column: &str, word: &str) -> String {
    let key = match (kind, column) {
        (Kind::Suppliers, "kind") => format!("parties.kind.{word}"),
        (Kind::Locations, "inside") => format!("parties.inside.{word}"),
        _ => return word.to_owned(),
    };
    match pack.portal.labels.text(&key) {
        label if label == key => word.to_owned(),
        label => label.to_owned(),
    }
}

/// The latest values of an indicator.
fn values(pack: &Pack<'_, '_>, index: EntryIndex) -> Vec<CellLine> {
    const MAX_VALUES: usize = 4;
    let Some(indicator) = Indicator::from_entry(&pack.portal.entry(index).entry) else { return Vec::new() };
    let values = indicator.values(pack.portal.assessment.clock.as_of);
    let last = &values[values.len().saturating_sub(MAX_VALUES)..];
    last.iter().map(|(period, value)| CellLine::plain(format!("{period}: {value}"))).collect()
}

/// The details of the contract with a supplier, and a notice if it is missing.
fn contract(pack: &Pack<'_, '_>, index: EntryIndex) -> Vec<CellLine> {
    let portal = pack.portal;
    let placed_entry = portal.entry(index);
    let label = |key: &str| portal.labels.text(&format!("parties.contract.{key}")).to_owned();
    let record = placed_entry.entry.record.record("contract");
    let lines = record.into_iter().flat_map(Record::values).filter_map(|(key, value)| {
        let text = value_lines(pack, &value.value).into_iter().map(|piece| piece.text).collect::<Vec<_>>().join(", ");
        (!text.is_empty()).then(|| CellLine::plain(format!("{}: {text}", label(key))))
    });
    let lacks_contract =
        Supplier::from_entry(&placed_entry.entry).is_some_and(|supplier| !portal.assessed().has_contract(supplier));
    let no_contract = lacks_contract.then(|| CellLine::plain(portal.labels.text("parties.no_contract").to_owned()));
    lines.chain(no_contract).collect()
}

/// A value as lines, without references that this edition withholds.
fn value_lines(pack: &Pack<'_, '_>, value: &Value) -> Vec<CellLine> {
    let lookup = &pack.portal.reading.handbook.lookup;
    match value {
        Value::References(references) => {
            let is_shown = |one: &&Reference| one.id().is_none_or(|id| !lookup.is_withheld(id));
            references.iter().map(|one| &one.value).filter(is_shown).map(|one| reference(pack, one)).collect()
        }
        Value::Record(record) => match Score::from_record(record) {
            Some(score) => vec![CellLine::plain(score.to_string())],
            None => record.values().flat_map(|(_, value)| value_lines(pack, &value.value)).collect(),
        },
        Value::Records(records) => {
            let of = |record: &Record| {
                let values = record.values().flat_map(|(_, value)| value_lines(pack, &value.value));
                CellLine::plain(values.map(|piece| piece.text).collect::<Vec<_>>().join(", "))
            };
            records.iter().map(of).collect()
        }
        other => other.texts().into_iter().map(CellLine::plain).collect(),
    }
}

/// A reference of an entry, with its address in the pack.
pub(super) fn reference(pack: &Pack<'_, '_>, reference: &Reference) -> CellLine {
    let lookup = &pack.portal.reading.handbook.lookup;
    let text = reference.as_str().to_owned();
    let Some(id) = reference.id() else { return CellLine::plain(text) };
    let to = match (lookup.by_id(id), lookup.entry(id)) {
        (Some(document), _) => pack.document_address(document, None),
        (None, Some(entry)) if pack.portal.assessment.entry(entry).is_some() => Some(pack.entry_address(entry)),
        _ => None,
    };
    CellLine { text, target: to }
}
