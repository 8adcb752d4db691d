//! Approvals and reviews on future days.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::is_dated_by_content;

pub(super) const RULE: Rule = Rule {
    id: RuleId("approved-in-future"),
    group: Group::Lifecycle,
    severity: Severity::Error,
    meaning: "The date of an approval, review, change or record is later than the assessment date.",
    why: "Nothing can have been approved in the future. A wrong year also shifts every review date that depends on it.",
    fix: "Correct the date. If the document applies only from a later day, use `effective`.",
    example: "approved: 2027-03-01, on 2026-11-22",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let Some(front) = document.front().filter(|_| document.is_controlled()) else { return };
    let as_of = assessed.assessment.clock.as_of;
    let approved = front.approved.iter().map(|date| ("this document was approved", date));
    let dated = front
        .date
        .iter()
        .filter(|_| is_dated_by_content(&document.doc_type))
        .map(|date| ("this record was made", date));
    let reviewed = front.reviews.iter().map(|review| ("this document was reviewed", &review.date));
    let changed = front.changes.iter().filter_map(|change| Some(("this document was changed", change.date.as_ref()?)));
    for (what, date) in approved.chain(dated).chain(reviewed).chain(changed).filter(|(_, date)| date.value > as_of) {
        let message = format!("{what} on {}, which is after {as_of}", date.value);
        problems.push(
            Problem::new(RULE.id, document.place(date.span), message)
                .help("use `effective` for the day from which it applies"),
        );
    }
}
