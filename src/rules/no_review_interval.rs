//! Documents that address a standard but are never reviewed.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{Assessed, State};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Document, ReviewRule, is_dated_by_content};

pub(super) const RULE: Rule = Rule {
    id: RuleId("no-review-interval"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A document that addresses clauses or provides required items is never due for review, because its type \
              has no review interval.",
    why: "It stays in force indefinitely, however much of what it describes has changed (7.5.3).",
    fix: "Give the document a `review`, or its type a review interval under `types` in the settings.",
    example: "types: {guideline: {review: none}}, and a guideline with clauses: [8.6.1]",
    check: Check::Document(check),
};

/// The type of blank forms, which are filled in rather than followed.
const FORM: &str = "template";

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let retired = assessed.assessment.state(subject.index) == State::Retired;
    if document.review != ReviewRule::Never || retired || !needs_interval(document) {
        return;
    }
    let span = document.front().and_then(|front| front.doc_type.as_ref()).map(|kind| kind.span);
    let place = span.map_or_else(|| document.front_matter_place(), |span| document.place(span));
    let message =
        format!("this {} has no review interval, although it addresses clauses or provides items", document.doc_type);
    problems.push(Problem::new(RULE.id, place, message).help("add `review: 12 months`"));
}

fn needs_interval(document: &Document) -> bool {
    let is_followed = !is_dated_by_content(&document.doc_type) && &*document.doc_type != FORM;
    document.is_controlled() && is_followed && !(document.claims.is_empty() && document.provides.is_empty())
}
