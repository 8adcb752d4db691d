//! The workbook of the register: documents, clauses, documented information and the sheets of `entry_sheets`.

use super::columns::{ColumnValue, DocumentFields, RegisterColumn, columns};
use super::entry_sheets;
use crate::assess::ItemAssessment;
use crate::handbook::DocumentIndex;
use crate::id::ClauseKey;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::portal::Portal;
use crate::site::rows::{group_clauses, top_clauses};
use crate::site::workbook::{Cell, Table, workbook};
use crate::standard::{Basis, Retention};

/// The address of the workbook.
const PATH: &str = "register.xlsx";

/// The columns of the sheet of clauses, as label keys with widths. It has a row for each claim, and one for each clause
/// without claims.
const CLAUSE_COLUMNS: [(&str, u8); 10] = [
    ("say.standard", 22),
    ("claim.clause", 10),
    ("control.name", 44),
    ("claim.verdict", 12),
    ("sheet.audited", 12),
    ("claim.document", 14),
    ("control.name", 44),
    ("claim.extent", 10),
    ("claim.state", 12),
    ("control.owner", 26),
];
/// The columns of the sheet of documented information, as label keys with widths.
const ITEM_COLUMNS: [(&str, u8); 8] = [
    ("say.standard", 22),
    ("item.clause", 10),
    ("item.name", 60),
    ("item.basis", 12),
    ("item.keep", 22),
    ("item.verdict", 14),
    ("item.documents", 30),
    ("reviews.note", 50),
];

/// A sheet whose headings are label keys.
pub(super) struct Sheet<'a> {
    /// The label key of its name.
    pub(super) name: String,
    /// The label key and the width of each column.
    pub(super) headers: Vec<(String, u8)>,
    /// The rows, created one at a time.
    pub(super) rows: Box<dyn Iterator<Item = Vec<Cell<'a>>> + 'a>,
}

/// The job of the workbook.
pub(super) fn jobs(_: &Portal<'_>) -> Vec<Job> {
    vec![Job::file(layout::own_path(PATH), register)]
}

/// The address of the workbook.
pub(super) fn path() -> &'static str {
    PATH
}

fn register(portal: &Portal<'_>) -> Vec<u8> {
    // Content that workbooks cannot hold is removed beforehand, so the library has nothing to reject.
    workbook(&portal.reading.settings.title, portal.assessment.clock.as_of, || tables(portal)).unwrap_or_default()
}

fn tables<'a>(portal: &'a Portal<'_>) -> impl Iterator<Item = Table<'a>> {
    let columns: Vec<(&str, u8)> = columns(portal).map(|column| (column.label, column.width)).collect();
    let mut sheets = vec![sheet("say.sheet_documents", &columns, documents(portal))];
    if portal.shows_figures() {
        sheets.push(sheet("say.sheet_clauses", &CLAUSE_COLUMNS, clauses(portal)));
        sheets.push(sheet("say.sheet_items", &ITEM_COLUMNS, items(portal)));
    }
    sheets.extend(entry_sheets::sheets(portal));
    sheets.into_iter().map(|sheet| table(portal, sheet))
}

fn sheet<'a>(name: &str, heads: &[(&str, u8)], rows: impl Iterator<Item = Vec<Cell<'a>>> + 'a) -> Sheet<'a> {
    let heads = heads.iter().map(|(key, width)| ((*key).to_owned(), *width)).collect();
    Sheet { name: name.to_owned(), headers: heads, rows: Box::new(rows) }
}

fn table<'a>(portal: &Portal<'_>, Sheet { name, headers: heads, rows }: Sheet<'a>) -> Table<'a> {
    let head = |(key, width): (String, u8)| (portal.labels.text(&key).to_owned(), width);
    Table { name: portal.labels.text(&name).to_owned(), columns: heads.into_iter().map(head).collect(), rows }
}

pub(super) fn label_cell<'a>(portal: &'a Portal<'_>, group: &str, key: &str) -> Cell<'a> {
    let label = [group, ".", key].concat();
    portal.labels.get(&label).map_or_else(|| Cell::from(label.clone()), Cell::from)
}

fn documents<'a>(portal: &'a Portal<'_>) -> impl Iterator<Item = Vec<Cell<'a>>> + 'a {
    portal.register().documents.iter().map(|index| document(portal, *index))
}

fn document<'a>(portal: &'a Portal<'_>, index: DocumentIndex) -> Vec<Cell<'a>> {
    let row = DocumentFields::new(portal, index);
    let cell = |column: &RegisterColumn| match (column.value)(&row) {
        ColumnValue::Text(text) => text.into(),
        ColumnValue::Day(day) => day.into(),
        ColumnValue::Word(group, key) => label_cell(portal, group, key),
        ColumnValue::Type(kind) => portal.kind(&kind).name.into(),
    };
    columns(portal).map(cell).collect()
}

fn id<'a>(portal: &'a Portal<'_>, index: DocumentIndex) -> Cell<'a> {
    portal.document(index).id().map_or("", |id| id.as_str()).into()
}

fn clauses<'a>(portal: &'a Portal<'_>) -> impl Iterator<Item = Vec<Cell<'a>>> + 'a {
    let keys = portal.reading.standards.indexes().flat_map(|standard| top_clauses(portal, standard));
    keys.flat_map(|top| group_clauses(portal, top)).flat_map(|key| clause(portal, key))
}

fn clause<'a>(portal: &'a Portal<'_>, key: ClauseKey) -> Vec<Vec<Cell<'a>>> {
    let facts = portal.reading.standards.clause(key);
    let assessed = portal.assessment.clause(key);
    let start: Vec<Cell<'a>> = vec![
        portal.reading.standards.catalogue(key.standard).title.as_str().into(),
        facts.id.to_string().into(),
        facts.title.as_deref().unwrap_or_default().into(),
        assessed.verdict.map_or_else(|| "".into(), |verdict| label_cell(portal, "verdict", verdict.as_str())),
        last_audit_cell(portal, key),
    ];
    if assessed.claims.is_empty() {
        return vec![start];
    }
    let row = |claim: &crate::assess::ClaimRef| {
        let document = portal.document(claim.document);
        let claim_cells = [
            id(portal, claim.document),
            (&*document.title).into(),
            label_cell(portal, "extent", claim.extent.as_str()),
            label_cell(portal, "state", claim.state.as_str()),
            document.owners.joined().unwrap_or_default().into(),
        ];
        start.iter().cloned().chain(claim_cells).collect()
    };
    assessed.claims.iter().map(row).collect()
}

/// The date of the last audit, or a notice if an edition does not show that audit.
fn last_audit_cell<'a>(portal: &'a Portal<'_>, key: ClauseKey) -> Cell<'a> {
    match portal.unit_audit(key) {
        Some(unit) if unit.hidden.last => portal.labels.text("audits.unseen").into(),
        unit => unit.and_then(|unit| unit.last).map(|(day, _)| day).into(),
    }
}

fn items<'a>(portal: &'a Portal<'_>) -> impl Iterator<Item = Vec<Cell<'a>>> + 'a {
    portal.assessment.items.iter().flatten().map(|assessed| item(portal, assessed))
}

fn item<'a>(portal: &'a Portal<'_>, assessed: &ItemAssessment) -> Vec<Cell<'a>> {
    let row = portal.item_row(assessed);
    let ids: Vec<&str> = row.documents.iter().map(|document| document.id.as_str()).collect();
    vec![
        portal.reading.standards.catalogue(assessed.clause.standard).title.as_str().into(),
        portal.reading.standards.clause(assessed.clause).id.to_string().into(),
        row.name.into(),
        label_cell(portal, "basis", if row.basis == Basis::Required { "required" } else { "expected" }),
        label_cell(portal, "keep", if row.keep == Retention::Maintain { "maintain" } else { "retain" }),
        label_cell(portal, "item_verdict", assessed.verdict.as_str()),
        ids.join(", ").into(),
        row.reason.unwrap_or_default().into(),
    ]
}
