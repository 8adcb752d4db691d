//! Contracts that need a decision soon.

use super::parties::suppliers;
use super::registers::days_text;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::date::Date;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("contract-ends-soon"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "The last day of a contract, or the last day to give notice, is no more than 90 days away, or the day to give notice has passed or cannot be read.",
    why: "After that day the contract has ended, or it binds you for another term.",
    fix: "Decide whether to renew, and write the new days under `contract`.",
    example: "notice: 2027-02-20, on 2026-11-22",
    check: Check::Handbook(check),
};

/// The number of days ahead for which this is reported.
const DAYS_AHEAD: i32 = 90;

const MISSED_HELP: &str =
    "find out whether notice was given or the contract runs on, and write its new days under `contract`";

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (placed_entry, supplier) in suppliers(assessed) {
        let id = placed_entry.id();
        let mut report = |key: &str, message: String, help: &str| {
            let place = placed_entry.place(supplier.contract_span(key));
            problems.push(Problem::new(RULE.id, place, message).help(help).with_subject(id));
        };
        if supplier.notice_is_unclear() {
            let message = format!("the last day to give notice to {id} is unknown");
            report("notice", message, "write the last day to give notice under `notice`");
        }
        let Some((day, key)) = supplier.next_end(as_of) else { continue };
        let left = as_of.days_until(day);
        match key {
            "notice" if left < 0 => report(key, missed_message(id, day, -left), MISSED_HELP),
            _ if !(0..=DAYS_AHEAD).contains(&left) => {}
            "notice" => {
                report(key, upcoming_message(&format!("the last day to give notice to {id} is {day}"), left), RULE.fix)
            }
            _ => report(key, upcoming_message(&format!("the contract with {id} ends on {day}"), left), RULE.fix),
        }
    }
}

fn upcoming_message(what: &str, left: i32) -> String {
    if left == 0 { format!("{what}, today") } else { format!("{what}, in {}", days_text(left)) }
}

fn missed_message(id: &str, day: Date, ago: i32) -> String {
    format!(
        "the last day to give notice to {id} was {day}, {} ago, and the contract may bind you for another term",
        days_text(ago)
    )
}
