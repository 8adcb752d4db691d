//! Approvals that do not say which text was approved.

use super::{Check, Group, Rule, Subject};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::source::front_matter::Status;

pub(super) const RULE: Rule = Rule {
    id: RuleId("unbound-approval"),
    group: Group::Life,
    severity: Severity::Warning,
    meaning: "An approval does not say which text it was of, which is a note unless the settings require it.",
    why: "Anybody can change the text, and the document still counts as approved: nobody can show an auditor that this is \
          what was approved (7.5.2, 7.5.3).",
    fix: "Have the text approved with `clausebook approve ID --by ROLE`. Where git proves the approved text, `clausebook \
          approve --bind ID` records it without another approval.",
    example: "status: approved, with changes: [{version: \"2.0\", date: 2026-03-09}], which has no digest",
    check: Check::Document(check),
};

fn check(_: &Assessed<'_>, subject: Subject<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let is_approved = document.status() == Some(Status::Approved) && document.can_be_bound();
    let Some(front) = document.front().filter(|_| is_approved) else { return };
    // What cannot be read is reported where it stands.
    let is_bound = front.approved_digest().is_some() || front.is_unclear("changes");
    let Some(approved) = front.approved.as_ref().filter(|_| !is_bound) else { return };
    let then = if document.must_be_bound { ", so this document counts as a draft" } else { "" };
    let message = format!("the approval of {} does not say which text it was of{then}", approved.value);
    let problem = Problem::new(RULE.id, document.place(approved.span), message).help(
        "have the text approved with `clausebook approve`, or record the text that git proves with `clausebook approve --bind`",
    );
    problems.push(if document.must_be_bound { problem } else { problem.at_most(Severity::Note) });
}
