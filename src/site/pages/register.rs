//! The master list of documents.

use super::columns::{Row, cells, on_page};
use crate::handbook::DocumentIndex;
use crate::site::frames::Part;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{RegisterPage, RegisterRow};
use crate::site::portal::Portal;
use crate::site::register::Register;

/// A part of the register has at most this many documents.
const MAX_ROWS: usize = 500;

/// The register, in parts where it is long.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let first = layout::own("register.html");
    let parts = Part::split(portal.reading.handbook.controlled().count(), MAX_ROWS);
    parts.into_iter().map(|part| Job::page(part.path(&first), move |portal| register(portal, &part))).collect()
}

fn register(portal: &Portal<'_>, part: &Part) -> RegisterPage {
    let first = layout::own("register.html");
    let Register { documents, tally } = portal.register();
    RegisterPage {
        frame: portal.frame(&part.path(&first), portal.labels.text("pages.register"), "register"),
        columns: on_page().map(|column| portal.labels.text(column.label).to_owned()).collect(),
        rows: documents[part.range.clone()].iter().map(|index| row(portal, *index)).collect(),
        tally: tally.clone(),
        pagination: part.pagination(&first),
        csv: "register.csv".to_owned(),
        workbook: super::workbook::path(portal).map(str::to_owned),
    }
}

fn row(portal: &Portal<'_>, index: DocumentIndex) -> RegisterRow {
    let row = Row::of(portal, index);
    RegisterRow { document: portal.document_link(index), suspect: row.is_suspect(), cells: cells(&row) }
}
