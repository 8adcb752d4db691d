//! Documents in force whose own text names a last day, or a day for the next review, that has passed.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{Assessed, Life};
use crate::date::Date;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{WrittenDay, WrittenDayKind};

pub(super) const RULE: Rule = Rule {
    id: RuleId("last-day-passed"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "The text of a document in force names a last day of validity, or a day for its next review, that has passed.",
    why: "A reader cannot tell whether to work by it, and an auditor will ask which of the two is true: the text or the portal.",
    fix: "Retire or review the document, or correct the day in its text and have the new version approved.",
    example: "`Valid until 2026-11-21` in the first line of a document in force, on 2026-11-22",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let life = assessed.assessment.life(subject.index);
    if !life.state.is_in_force() {
        return;
    }
    let as_of = assessed.assessment.clock.as_of;
    let passed = subject.document.file.written_days.iter().filter(|written| is_passed(written, life, as_of));
    problems.extend(passed.map(|WrittenDay { kind, day, span }| {
        let (message, help) = match kind {
            WrittenDayKind::LastDay => (
                format!("the text says that this document is valid until {day}, but it is still in force"),
                "retire it, or correct the day and have the new version approved",
            ),
            WrittenDayKind::NextReview => (
                format!("the text says that the review of this document was due on {day}, but none is recorded"),
                "review it and record the review with `clausebook review`, or correct the day",
            ),
        };
        Problem::new(RULE.id, subject.document.place(*span), message).help(help)
    }));
}

/// Whether a day has passed. A review that was recorded since the approval is the one that the text announces.
fn is_passed(written: &WrittenDay, life: &Life, as_of: Date) -> bool {
    let is_done = || written.kind == WrittenDayKind::NextReview && life.last_review > life.approved;
    written.day < as_of && !is_done()
}
