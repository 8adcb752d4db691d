//! The portal's data for other tools: CSV files and the assessment.

use super::columns::{ColumnValue, DocumentFields, columns};
use super::gaps::clause_gaps;
use crate::assess::ClaimRef;
use crate::id::{ClauseKey, StandardIndex};
use crate::report::{assessment, documents};
use crate::site::job::Job;
use crate::site::layout;
use crate::site::portal::Portal;
use crate::site::rows::{group_clauses, top_clauses};
use crate::text::{is_blank, without_isolates};

/// CSV files of the matrix, gaps and register, and the assessment with its schema.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    if !portal.shows_figures() {
        let documents = |portal: &Portal<'_>| documents::json(portal.assessed());
        return vec![
            Job::file(layout::own_path("register.csv"), register),
            Job::file(layout::own_path("assessment.json"), documents),
        ];
    }
    let mut jobs = vec![
        Job::file(layout::own_path("register.csv"), register),
        Job::file(layout::own_path("assessment.json"), |portal| assessment::json(portal.assessed(), &portal.forecast)),
        Job::file(layout::own_path("assessment.schema.json"), |_| assessment::SCHEMA.as_bytes().to_vec()),
    ];
    for standard in portal.reading.standards.indexes() {
        let csv = |name| layout::standard_path(&portal.reading.standards, standard, name, "csv");
        jobs.push(Job::file(csv("matrix"), move |portal| matrix(portal, standard)));
        if !portal.reading.standards.is_guide(standard) {
            jobs.push(Job::file(csv("gaps"), move |portal| gaps(portal, standard)));
        }
    }
    jobs
}

/// A table as CSV with CRLF line ends and a byte order mark, which spreadsheets need to recognize UTF-8.
///
/// A cell that a spreadsheet would interpret as a formula is prefixed with an apostrophe.
pub(super) fn csv(rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        let mut write = |cell: &String| writer.write_field(escape_formula(&without_isolates(cell.into())).as_bytes());
        // Writing to memory does not fail, and all rows have the same length.
        if row.iter().try_for_each(&mut write).and_then(|()| writer.write_record(None::<&[u8]>)).is_err() {
            break;
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// The characters that start a formula, including their full-width forms.
const FORMULA_STARTS: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Prefixes a formula with an apostrophe. Spreadsheets ignore invisible characters before a formula.
fn escape_formula(cell: &str) -> std::borrow::Cow<'_, str> {
    let is_guarded = cell.starts_with(['\t', '\r']) || cell.trim_start_matches(is_blank).starts_with(FORMULA_STARTS);
    if is_guarded { format!("'{cell}").into() } else { cell.into() }
}

fn header(columns: &[&str]) -> Vec<String> {
    columns.iter().map(|column| (*column).to_owned()).collect()
}

/// The columns of the matrix: first those of the clause, then those of a claim on it.
const MATRIX_COLUMNS: [&str; 10] =
    ["clause", "title", "unit", "verdict", "document", "document title", "section", "extent", "state", "owner"];

fn matrix(portal: &Portal<'_>, standard: StandardIndex) -> Vec<u8> {
    let keys = top_clauses(portal, standard).into_iter().flat_map(|top| group_clauses(portal, top));
    let lines = keys.flat_map(|key| matrix_lines(portal, key));
    csv(std::iter::once(header(&MATRIX_COLUMNS)).chain(lines))
}

/// A line for each claim on a clause, or a single line if there are none.
fn matrix_lines(portal: &Portal<'_>, key: ClauseKey) -> Vec<Vec<String>> {
    let facts = portal.reading.standards.clause(key);
    let assessed = portal.assessment.clause(key);
    let unit = if portal.reading.standards.is_unit(key) { "yes" } else { "no" };
    let verdict = assessed.verdict.map_or("", |verdict| verdict.as_str());
    let start = [facts.id.to_string(), facts.title.clone().unwrap_or_default(), unit.to_owned(), verdict.to_owned()];
    if assessed.claims.is_empty() {
        let empty = std::iter::repeat_n(String::new(), MATRIX_COLUMNS.len() - start.len());
        return vec![start.into_iter().chain(empty).collect()];
    }
    let line = |claim: &ClaimRef| {
        let document = portal.document(claim.document);
        let claim_cells = [
            document.id().map(ToString::to_string).unwrap_or_default(),
            document.title.to_string(),
            portal.claim_section(claim).unwrap_or_default(),
            claim.extent.as_str().to_owned(),
            claim.state.as_str().to_owned(),
            document.owners.joined().unwrap_or_default().into_owned(),
        ];
        start.iter().cloned().chain(claim_cells).collect()
    };
    assessed.claims.iter().map(line).collect()
}

fn gaps(portal: &Portal<'_>, standard: StandardIndex) -> Vec<u8> {
    use crate::assess::ItemVerdict;
    let head = header(&["kind", "clause", "name", "verdict", "basis", "documents", "owner", "next step"]);
    let ids = |links: &[crate::site::model::Shared<crate::site::model::DocumentLink>]| {
        links.iter().map(|link| link.id.as_str()).collect::<Vec<_>>().join(" ")
    };
    let clauses = clause_gaps(portal, standard).into_iter().map(|gap| {
        vec![
            "clause".to_owned(),
            gap.clause.number,
            gap.clause.title,
            gap.verdict.as_str().to_owned(),
            String::new(),
            ids(&gap.documents),
            gap.owner.map(|owner| owner.name.clone()).unwrap_or_default(),
            gap.next_step,
        ]
    });
    let open = portal.assessment.items[standard.at()].iter().filter(|item| item.verdict != ItemVerdict::Provided);
    let items = open.map(|item| {
        let row = portal.item_row(item);
        let basis = if item.basis == crate::standard::Basis::Required { "required" } else { "expected" };
        vec![
            "documented information".to_owned(),
            portal.reading.standards.clause(item.clause).id.to_string(),
            row.name,
            item.verdict.as_str().to_owned(),
            basis.to_owned(),
            ids(&row.documents),
            String::new(),
            row.reason.unwrap_or_default(),
        ]
    });
    csv(std::iter::once(head).chain(clauses).chain(items))
}

fn register(portal: &Portal<'_>) -> Vec<u8> {
    let head = columns(portal).map(|column| column.name.to_owned()).collect();
    let cell = |value: ColumnValue| match value {
        ColumnValue::Text(text) | ColumnValue::Type(text) => text,
        ColumnValue::Day(day) => day.map(|day| day.to_string()).unwrap_or_default(),
        ColumnValue::Word(_, key) => key.to_owned(),
    };
    let lines = portal.register().documents.iter().map(|index| {
        let row = DocumentFields::new(portal, *index);
        columns(portal).map(|column| cell((column.value)(&row))).collect()
    });
    csv(std::iter::once(head).chain(lines))
}

#[cfg(test)]
mod tests {
    use super::escape_formula;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in
            ["=1", "+1", "-1", "@x", "\t=1", "\u{feff}=1", "\u{200b}+1", " =1", "\u{a0}@x", "\u{ff1d}1", "\u{ff20}x"]
        {
            assert_eq!(escape_formula(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "a=1", "\u{feff}a", "8.6.1", "(=1)"] {
            assert_eq!(escape_formula(cell), cell, "{cell:?}");
        }
    }
}
