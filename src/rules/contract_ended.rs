//! Contracts that have ended.

use super::parties::suppliers;
use super::registers::days_text;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("contract-ended"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "The last day of the contract with a supplier is past.",
    why: "The supplier is no longer bound to anything, and its contract no longer counts.",
    fix: "Renew the contract and write its new last day under `contract.ends`, or remove the supplier.",
    example: "ends: 2026-11-21, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (placed_entry, supplier) in suppliers(assessed) {
        if supplier.end_is_unclear() && supplier.end_date().is_none() {
            let message = format!("it is not known when the contract with {} ends", placed_entry.id());
            let help = "write its last day under `ends`";
            problems.push(
                Problem::new(RULE.id, placed_entry.place(supplier.contract_span("ends")), message)
                    .with_subject(placed_entry.id())
                    .help(help),
            );
        }
        let Some(ends) = supplier.end_date().filter(|ends| *ends < as_of) else { continue };
        let message = format!(
            "the contract with {} ended on {ends}, {} ago",
            placed_entry.id(),
            days_text(ends.days_until(as_of))
        );
        let place = placed_entry.place(supplier.contract_span("ends"));
        problems.push(Problem::new(RULE.id, place, message).help(RULE.fix).with_subject(placed_entry.id()));
    }
}
