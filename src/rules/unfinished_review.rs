//! Reviews whose own note says that they are not finished.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::ReviewStatus;
use crate::source::ReviewDenial;

pub(super) const RULE: Rule = Rule {
    id: RuleId("unfinished-review"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "The note of a review says that it was not done, was done in part, or found that the text must change, so it does not count.",
    why: "Its entry would postpone the next review, although nobody has confirmed that the whole text is still right.",
    fix: "Finish the review, then record it. If the text must change, write `result: change-needed`.",
    example: "reviews: [{date: 2026-11-02, by: Quality Manager, note: Only sections 1 to 3 reviewed}]",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    for (review, status) in subject.reviews(assessed.assessment.clock.as_of) {
        let (Some(note), Some(denial), ReviewStatus::Denied) = (&review.note, review.denial(), status) else {
            continue;
        };
        let (what, help) = match denial {
            ReviewDenial::NotDone => ("was not done", "record the review when it has been done, or remove the entry"),
            ReviewDenial::InPart => ("was done in part", "finish the review, then record it"),
            ReviewDenial::ChangeNeeded => {
                ("found that the text must change", "write `result: change-needed`, or correct the note")
            }
        };
        let message = format!("the note says that the review of {} {what}, so it does not count", review.date.value);
        problems.push(Problem::new(RULE.id, subject.document.place(note.span), message).help(help));
    }
}
