//! Documents without an owner.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::source::front_matter::Status;

pub(super) const RULE: Rule = Rule {
    id: RuleId("owner-missing"),
    group: Group::Lifecycle,
    severity: Severity::Error,
    meaning: "A document has no owner, either in its front matter or in `defaults`. Reported as a warning until the \
              document is approved.",
    why: "Without an owner, nobody is accountable for reviewing and correcting the document (5.3).",
    fix: "Enter the accountable role: `owner: Change Manager`.",
    example: "front matter without owner",
    check: Check::Document(check),
};

fn check(_: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let Some(front) = document.front().filter(|front| document.is_controlled() && !front.is_incomplete) else { return };
    let unread = front.owner.is_empty() && front.is_unclear("owner");
    if !document.owners.is_empty() || unread || document.status() == Some(Status::Retired) {
        return;
    }
    let problem = Problem::new(RULE.id, document.front_matter_place(), "this document has no owner")
        .help("enter the accountable role under `owner`");
    let approved = document.status() == Some(Status::Approved);
    problems.push(if approved { problem } else { problem.with_max_severity(Severity::Warning) });
}
