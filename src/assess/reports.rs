//! Which documents count as the report of an audit or as the minutes of a management review.

use std::sync::Arc;

use super::Assessment;
use super::items::is_suitable_type;
use super::state::{State, is_approved_evidence};
use crate::config::built_in_type_names;
use crate::date::Date;
use crate::handbook::{Document, DocumentIndex, Reading};
use crate::register::{Audit, ManagementReview};
use crate::standard::Retention;

/// The type of documents that are forms to be filled in.
const TEMPLATE_TYPE: &str = "template";

/// Why a document is not the evidence of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ReportProblem {
    /// It is not approved, or its text is not the approved one.
    NotApproved,
    /// Documents of its type say what should be done, not what was found.
    OtherType(Arc<str>),
    /// It has no content.
    Empty,
    /// It was approved on this day, before the event.
    Older(Date),
}

/// Returns why the document named as the report of an audit is not one, or `None` if it is.
pub(crate) fn report_problem(
    reading: &Reading,
    assessment: &Assessment,
    audit: Audit<'_>,
    index: DocumentIndex,
) -> Option<ReportProblem> {
    let document = reading.handbook.document(index);
    let as_of = assessment.clock.as_of;
    let held = audit.held(as_of).map(|held| held.from);
    if !is_approved_evidence(document, *assessment.life(index), as_of) {
        return Some(ReportProblem::NotApproved);
    }
    // Types that a handbook adds may be meant for reports.
    let is_custom = !built_in_type_names().contains(&&*document.doc_type);
    if !is_custom && !is_suitable_type(document, Retention::Retain) {
        return Some(ReportProblem::OtherType(document.doc_type.clone()));
    }
    text_problem(document, held)
}

/// Returns why the document named as the minutes of a management review does not show what was decided, or `None` if it
/// does. Minutes may be a draft for as long as the report of an audit may be missing, unless they were recorded.
pub(crate) fn minutes_problem(
    reading: &Reading,
    assessment: &Assessment,
    review: ManagementReview<'_>,
    index: DocumentIndex,
) -> Option<ReportProblem> {
    let as_of = assessment.clock.as_of;
    let held = review.held(as_of)?;
    let is_draft = matches!(assessment.state(index), State::Draft | State::InReview);
    let is_late = reading.settings.registers.audits.report_due(held.to) < as_of;
    if is_draft && (is_late || review.recorded(as_of).is_some()) {
        return Some(ReportProblem::NotApproved);
    }
    text_problem(reading.handbook.document(index), Some(held.from))
}

/// Returns why a document that a register names as evidence shows nothing, or `None` if it may show something.
/// Pages have no state.
pub(crate) fn evidence_problem(document: &Document, state: State) -> Option<ReportProblem> {
    if document.is_controlled() && matches!(state, State::Draft | State::InReview) {
        return Some(ReportProblem::NotApproved);
    }
    if &*document.doc_type == TEMPLATE_TYPE {
        return Some(ReportProblem::OtherType(document.doc_type.clone()));
    }
    (!document.has_content).then_some(ReportProblem::Empty)
}

/// The problem of a document without a text, or with one that existed before the event.
fn text_problem(document: &Document, held: Option<Date>) -> Option<ReportProblem> {
    if !document.has_content {
        return Some(ReportProblem::Empty);
    }
    let approved = document.approved()?;
    held.is_some_and(|held| approved < held).then_some(ReportProblem::Older(approved))
}

/// Whether an audit has its report.
pub(crate) fn has_report(reading: &Reading, assessment: &Assessment, audit: Audit<'_>) -> bool {
    let lookup = &reading.handbook.lookup;
    let Some(id) = audit.report().and_then(|report| report.value.id()) else { return false };
    // Nothing is known about a withheld document, so it gets the benefit of the doubt.
    let is_report = |index| report_problem(reading, assessment, audit, index).is_none();
    lookup.is_withheld(id) || lookup.by_id(id).is_some_and(is_report)
}
