//! Documents approved by those who wrote or own them.

use crate::assess::Assessed;
use super::{Check, Group, Rule, Subject};
use crate::assess::is_dated_by_content;
use crate::finding::{Fault, RuleId, Severity};
use crate::source::front_matter::Status;

pub(super) const RULE: Rule = Rule {
    id: RuleId("self-approval"),
    group: Group::Life,
    severity: Severity::Warning,
    meaning: "The approver of a document is also its owner or author.",
    why: "An approval is a second pair of eyes on a document's suitability (7.5.2); nobody is their own.",
    mend: "Let another role approve it; where nobody else can, waive this with the reason.",
    example: "owner: Change Manager, approver: Change Manager",
    check: Check::Document(check),
};

fn check(_: &Assessed<'_>, subject: Subject<'_>, faults: &mut Vec<Fault>) {
    let document = subject.document;
    let approved = document.is_controlled() && document.status() == Some(Status::Approved);
    let (Some(front), Some(approver)) = (document.front().filter(|_| approved), &document.approver) else { return };
    // Evidence is checked by whoever keeps it; there is nothing in it to be approved as suitable.
    if is_dated_by_content(&document.kind) {
        return;
    }
    let is_approver = |who: &str| is_same(who.trim(), approver.trim());
    let role = match () {
        () if document.owner.as_deref().is_some_and(is_approver) => "owner",
        () if front.author.as_ref().is_some_and(|author| is_approver(&author.value)) => "author",
        () => return,
    };
    let place = front.approver.as_ref().map_or_else(|| document.opening(), |approver| document.place(approver.span));
    let message = format!("{approver} approved this document and is its {role}");
    faults.push(Fault::new(RULE.id, place, message).help("let another role approve it"));
}

/// Whether two names differ in letter case at most.
fn is_same(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        one.eq_ignore_ascii_case(other)
    } else {
        one.to_lowercase() == other.to_lowercase()
    }
}
