//! Documents that claim to have taken effect before they were approved.

use super::{Check, Group, Rule, Subject};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("effective-before-approval"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A document is effective from a day before its approval.",
    why: "Between the two days the document applied without approval, unless one of the dates is wrong.",
    fix: "Correct the day; if the document applies from its approval, remove `effective`.",
    example: "approved: 2026-03-01, effective: 2025-03-01",
    check: Check::Document(check),
};

fn check(_: &Assessed<'_>, subject: Subject<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let Some(front) = document.front().filter(|_| document.is_controlled()) else { return };
    let (Some(approved), Some(effective)) = (&front.approved, &front.effective) else { return };
    // An earlier version may have applied before this approval; the current one cannot.
    if effective.value < approved.value {
        let message =
            format!("this document is effective from {} but was approved on {}", effective.value, approved.value);
        let help = "correct the day, or remove it if the document applies from its approval";
        problems.push(Problem::new(RULE.id, document.place(effective.span), message).help(help));
    }
}
