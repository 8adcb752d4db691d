//! Documents that call themselves approved without saying when or by whom.

use crate::assess::Assessed;
use super::{Check, Group, Rule, Subject};
use crate::finding::{Fault, RuleId, Severity};
use crate::source::front_matter::Status;

pub(super) const RULE: Rule = Rule {
    id: RuleId("unapproved"),
    group: Group::Life,
    severity: Severity::Error,
    meaning: "A document has the status approved, but no date of approval or no approver.",
    why: "An approval without a day and a name is no evidence (7.5.2); the document counts as a draft.",
    mend: "Add `approved` and `approver`, or set the status to what it is.",
    example: "status: approved, without approver",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: Subject<'_>, faults: &mut Vec<Fault>) {
    let document = subject.document;
    let Some(front) = document.front() else { return };
    let Some(status) = &front.status else { return };
    if !document.is_controlled() || status.value != Status::Approved {
        return;
    }
    let no_date = assessed.assessment.life(subject.index).approved.is_none();
    let lacks = match (no_date, document.approvers.is_empty()) {
        (false, false) => return,
        (true, false) => "date of approval",
        (false, true) => "approver",
        (true, true) => "date of approval and no approver",
    };
    faults.push(
        Fault::new(RULE.id, document.place(status.span), format!("this document has the status approved but no {lacks}"))
            .help("it counts as a draft until `approved` and `approver` are both there"),
    );
}
