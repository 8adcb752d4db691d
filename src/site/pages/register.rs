//! The master list of documents.

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
        rows: documents[part.range.clone()].iter().map(|index| row(portal, *index)).collect(),
        tally: tally.clone(),
        pagination: part.pagination(&first),
        csv: "register.csv".to_owned(),
        workbook: super::workbook::path(portal).map(str::to_owned),
    }
}

fn row(portal: &Portal<'_>, index: DocumentIndex) -> RegisterRow {
    let document = portal.document(index);
    let life = portal.assessment.life(index);
    let front = document.front();
    let date = |value: Option<&crate::place::Located<crate::date::Date>>| value.map(|date| date.value);
    RegisterRow {
        document: portal.document_link(index),
        suspect: !crate::rules::suspicions(&portal.assessed(), index).is_empty(),
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
