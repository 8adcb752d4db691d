//! Contracts on which somebody must soon decide.

use super::parties::suppliers;
use super::registers::days;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("contract-ends-soon"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "The last day of a contract, or the last day to give notice, is at most 90 days away.",
    why: "After that day the contract has gone, or binds you for another term.",
    fix: "Decide whether to renew, and write the new days under `contract`.",
    example: "notice: 2027-02-20, on 2026-11-22",
    check: Check::Handbook(check),
};

/// How many days ahead this is reported.
const AHEAD: i32 = 90;

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (placed, supplier) in suppliers(assessed) {
        let Some((day, key)) = supplier.next_end(as_of) else { continue };
        let left = as_of.days_until(day);
        if !(0..=AHEAD).contains(&left) {
            continue;
        }
        let what = match key {
            "notice" => format!("the last day to give notice to {} is {day}", placed.id()),
            _ => format!("the contract with {} ends on {day}", placed.id()),
        };
        let message = if left == 0 { format!("{what}, today") } else { format!("{what}, in {}", days(left)) };
        let place = placed.place(supplier.contract_span(key));
        problems.push(Problem::new(RULE.id, place, message).help(RULE.fix).concerning(placed.id()));
    }
}
