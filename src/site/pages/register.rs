//! The document register.

use super::columns::{DocumentFields, cells, initial_column_count, page_columns};
use crate::assess::State;
use crate::handbook::DocumentIndex;
use crate::site::frames::ListSlice;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::model::{RegisterPage, RegisterRow, StateLink, Tally};
use crate::site::portal::Portal;
use crate::site::register::{Register, state_path};

/// The maximum number of documents per part of the register.
pub(super) const MAX_ROWS: usize = 500;

/// The register, in several parts if it is long.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let first = layout::own_path("register.html");
    let parts = ListSlice::split(portal.reading.handbook.controlled().count(), MAX_ROWS);
    parts.into_iter().map(|part| Job::page(part.path(&first), move |portal| register(portal, &part))).collect()
}

fn register(portal: &Portal<'_>, part: &ListSlice) -> RegisterPage {
    let first = layout::own_path("register.html");
    let Register { documents, tally } = portal.register();
    RegisterPage {
        frame: portal.part_frame(part, &first, portal.labels.text("pages.register"), "register"),
        at_once: initial_column_count(portal),
        filters: portal.party_filters().clone(),
        states: states(portal, tally),
        total: documents.len(),
        files: super::row_data::row_files("register", part.count),
        columns: page_columns(portal).map(|column| portal.labels.text(column.label).to_owned()).collect(),
        rows: documents[part.range.clone()].iter().map(|index| row(portal, *index)).collect(),
        tally: tally.clone(),
        pagination: part.pagination(&first),
        csv: "register.csv".to_owned(),
        workbook: Some(super::workbook::path().to_owned()),
    }
}

/// Links to the documents in each state. A state without documents has no page, but may have documents on a later day.
fn states(portal: &Portal<'_>, tally: &Tally) -> Vec<StateLink> {
    let all = State::ALL.iter().rev().filter(|_| portal.shows_figures());
    all.map(|state| state_link(portal, tally, *state)).collect()
}

fn state_link(portal: &Portal<'_>, tally: &Tally, state: State) -> StateLink {
    let count = tally.states.iter().find(|entry| entry.state == state).map_or(0, |entry| entry.count);
    let text = portal.labels.text(&format!("state.{}", state.as_str())).to_owned();
    let url = if count > 0 { url(&state_path(state)) } else { format!("register.html?state={}", state.as_str()) };
    StateLink { state, count, text, url }
}

fn row(portal: &Portal<'_>, index: DocumentIndex) -> RegisterRow {
    let row = DocumentFields::new(portal, index);
    RegisterRow { document: portal.document_link(index), about: portal.document_parties(index), cells: cells(&row) }
}
