//! The master list of documents.

use super::Job;
use crate::handbook::DocumentIndex;
use crate::site::frames::Part;
use crate::site::layout;
use crate::site::model::{RegisterPage, RegisterRow, State, StateTally};
use crate::site::portal::Portal;

/// A part of the register has at most this many documents.
const MOST_ROWS: usize = 500;

/// The register, in parts where it is long.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let first = layout::own("register.html");
    let parts = Part::split(portal.reading.handbook.controlled().count(), MOST_ROWS);
    parts.into_iter().map(|part| Job::page(part.path(&first), move |portal| register(portal, &part))).collect()
}

fn register(portal: &Portal<'_>, part: &Part) -> RegisterPage {
    let first = layout::own("register.html");
    let Register { documents, states } = portal.register();
    RegisterPage {
        frame: portal.frame(&part.path(&first), portal.labels.text("pages.register"), "register"),
        rows: documents[part.range.clone()].iter().map(|index| row(portal, *index)).collect(),
        states: states.clone(),
        pagination: part.pagination(&first),
        csv: "register.csv".to_owned(),
        workbook: super::workbook::path(portal).map(str::to_owned),
    }
}

/// What all parts of the register show of the whole.
#[derive(Debug)]
pub(crate) struct Register {
    /// Every controlled document, by id.
    pub(crate) documents: Vec<DocumentIndex>,
    /// How many of them are in each state.
    pub(crate) states: Vec<StateTally>,
}

impl Register {
    /// Puts the documents in order and counts them.
    pub(crate) fn of(portal: &Portal<'_>) -> Register {
        let mut documents: Vec<DocumentIndex> = portal.reading.handbook.controlled().map(|(index, _)| index).collect();
        documents.sort_by_key(|index| (portal.document(*index).id(), *index));
        let states = tally(portal, documents.iter().copied());
        Register { documents, states }
    }
}

/// How many documents are in each state that occurs, those in force first; a page has no state.
pub(super) fn tally(portal: &Portal<'_>, documents: impl Iterator<Item = DocumentIndex>) -> Vec<StateTally> {
    let mut counts = std::collections::BTreeMap::<State, usize>::new();
    let controlled = documents.filter(|index| portal.document(*index).id().is_some());
    controlled.for_each(|index| *counts.entry(portal.assessment.state(index)).or_default() += 1);
    counts.into_iter().rev().map(|(state, count)| StateTally { state, count }).collect()
}

fn row(portal: &Portal<'_>, index: DocumentIndex) -> RegisterRow {
    let document = portal.document(index);
    let life = portal.assessment.life(index);
    let front = document.front();
    let date = |value: Option<&crate::place::Located<crate::date::Date>>| value.map(|date| date.value);
    RegisterRow {
        document: portal.document_link(index),
        version: front.and_then(|front| front.version.as_ref()).map(|text| text.value.clone()),
        owner: portal.people(&document.owners),
        approver: portal.people(&document.approvers),
        effective: front.and_then(|front| date(front.effective.as_ref()).or(date(front.date.as_ref()))),
        last_review: life.last_review,
        next_review: life.next_review,
        classification: document.classification.as_deref().map(str::to_owned),
        distribution: document.audience.iter().map(ToString::to_string).collect(),
        retention: front.and_then(|front| front.retention.as_ref()).map(|text| text.value.clone()),
    }
}
