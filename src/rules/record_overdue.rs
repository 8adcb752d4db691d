//! Evidence that is too old.

use super::review_overdue::place;
use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{Assessed, ItemVerdict, State};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Document, is_dated_by_content};
use crate::source::front_matter::FrontMatter;

pub(super) const RULE: Rule = Rule {
    id: RuleId("record-overdue"),
    group: Group::DocumentedInformation,
    severity: Severity::Warning,
    meaning: "A record or report is older than the interval at which it must be renewed, and there is no newer one.",
    why: "A management review, an internal audit or a continuity test at planned intervals needs a record each time.",
    fix: "Do what is due and record it, or check the record where it is kept and update its `date`.",
    example: "type: record, date: 2025-06-30, provides: [management-review-results], on 2026-11-22",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let life = assessed.assessment.life(subject.index);
    let document = subject.document;
    if life.state != State::Overdue || !is_dated_by_content(&document.doc_type) || !is_awaited(assessed, document) {
        return;
    }
    let kind = &document.doc_type;
    let message = match (life.last_review, life.next_review) {
        (Some(last), Some(next)) if describes_other_records(document) => {
            format!("this {kind} was last checked on {last}, and was due to be checked again by {next}")
        }
        (Some(last), Some(next)) => format!("this {kind} is dated {last}, and a newer one was due on {next}"),
        _ => format!("the age of this {kind} is unknown"),
    };
    let owner = document.owners.joined().unwrap_or("its owner".into());
    let help = format!("ask {owner} for a new one, or check the records again and update `date`");
    problems.push(Problem::new(RULE.id, place(document), message).help(help));
}

/// Whether a document only describes records kept elsewhere.
fn describes_other_records(document: &Document) -> bool {
    document.front().is_some_and(FrontMatter::is_kept_elsewhere)
}

/// Whether a newer record is expected: the document provides an item that no other document in force provides; or it
/// provides none, and states an interval or describes records kept elsewhere. A report of a single event is never late.
pub(super) fn is_awaited(assessed: &Assessed<'_>, document: &Document) -> bool {
    if document.provides.is_empty() {
        return describes_other_records(document) || document.front().is_some_and(|front| front.review.is_some());
    }
    let is_open = |verdict| !matches!(verdict, ItemVerdict::Provided | ItemVerdict::NotNeeded);
    document.provides.iter().any(|(item, _)| is_open(assessed.assessment.item(*item).verdict))
}
