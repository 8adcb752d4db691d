//! Documents that say they applied before they were approved.

use super::{Check, Group, Rule, Subject};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("effective-before-approval"),
    group: Group::Life,
    severity: Severity::Warning,
    meaning: "The day from which a document applies lies before its approval.",
    why: "Nobody had approved what is said to have applied between the two days; one of them is wrong.",
    fix: "Correct the day; if the document applies from its approval, remove `effective`.",
    example: "approved: 2026-03-01, effective: 2025-03-01",
    check: Check::Document(check),
};

fn check(_: &Assessed<'_>, subject: Subject<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let Some(front) = document.front().filter(|_| document.is_controlled()) else { return };
    let (Some(approved), Some(effective)) = (&front.approved, &front.effective) else { return };
    // The entry of an earlier version may say that it applied before this approval; the current one cannot.
    if effective.value < approved.value {
        let message = format!("this document applies from {} and was approved on {}", effective.value, approved.value);
        let help = "correct the day, or remove it if the document applies from its approval";
        problems.push(Problem::new(RULE.id, document.place(effective.span), message).help(help));
    }
}
