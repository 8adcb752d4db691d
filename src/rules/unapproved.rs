//! Documents that claim to be approved without saying when or by whom.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::source::front_matter::Status;

pub(super) const RULE: Rule = Rule {
    id: RuleId("unapproved"),
    group: Group::Lifecycle,
    severity: Severity::Error,
    meaning: "A document has the status approved, but no approval date or no approver.",
    why: "An approval without a date and an approver is not evidence (7.5.2), so the document counts as a draft.",
    fix: "Add `approved` and `approver`, or correct the status.",
    example: "status: approved, without approver",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let Some(front) = document.front() else { return };
    let Some(status) = &front.status else { return };
    if !document.is_controlled() || status.value != Status::Approved {
        return;
    }
    let no_date = assessed.assessment.life(subject.index).approved.is_none();
    let approver = if front.approver.is_empty() { "approver" } else { "approver who can be identified" };
    let missing = match (no_date, document.approvers.is_empty()) {
        (false, false) => return,
        (true, false) => "date of approval".to_owned(),
        (false, true) => approver.to_owned(),
        (true, true) => format!("date of approval and no {approver}"),
    };
    problems.push(
        Problem::new(
            RULE.id,
            document.place(status.span),
            format!("this document has the status approved but no {missing}"),
        )
        .help("add `approved` and `approver`; until then it counts as a draft"),
    );
}
