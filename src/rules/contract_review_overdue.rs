//! Contracts whose review is overdue.

use super::parties::suppliers;
use super::registers::days_text;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("contract-review-overdue"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "A contract has not been reviewed within its interval, or never, or its interval cannot be read.",
    why: "Requirements change, and a contract that nobody compares with them no longer supports what you promise.",
    fix: "Review the contract and write the day under `contract.reviewed`.",
    example: "contract: {review: 12 months, reviewed: 2025-11-21}, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (placed_entry, supplier) in suppliers(assessed) {
        let Some(due) = supplier.contract_review(as_of).filter(|due| *due < as_of) else { continue };
        let id = placed_entry.id();
        let (message, key) = match supplier.last_contract_review(as_of) {
            _ if supplier.contract_review_is_unclear() => {
                (format!("the review interval of the contract with {id} cannot be read"), "review")
            }
            Some(_) => {
                let delay = days_text(due.days_until(as_of));
                (format!("the review of the contract with {id} was due on {due} and is {delay} late"), "reviewed")
            }
            None => (format!("no review of the contract with {id} is recorded"), "review"),
        };
        let place = placed_entry.place(supplier.contract_span(key));
        problems.push(Problem::new(RULE.id, place, message).help(RULE.fix).with_subject(id));
    }
}
