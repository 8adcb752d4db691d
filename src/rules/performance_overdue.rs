//! Suppliers whose performance review is overdue.

use super::parties::suppliers;
use super::registers::days_text;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("performance-overdue"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "The performance of a supplier has not been reviewed within its interval, or never, or its interval cannot be read.",
    why: "A supplier who misses targets unnoticed makes you miss yours.",
    fix: "Review the performance and write the day under `performance.last`.",
    example: "performance: {every: 6 months, last: 2026-05-21}, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (placed_entry, supplier) in suppliers(assessed) {
        let Some(due) = supplier.performance_review(as_of).filter(|due| *due < as_of) else { continue };
        let id = placed_entry.id();
        let (message, key) = match supplier.last_performance_review(as_of) {
            _ if supplier.performance_review_is_unclear() => {
                (format!("the interval of the performance reviews of {id} cannot be read"), "every")
            }
            Some(_) => {
                let delay = days_text(due.days_until(as_of));
                (format!("the performance review of {id} was due on {due} and is {delay} late"), "last")
            }
            None => (format!("no review of the performance of {id} is recorded"), "every"),
        };
        let place = placed_entry.place(supplier.performance_span(key));
        problems.push(Problem::new(RULE.id, place, message).help(RULE.fix).with_subject(id));
    }
}
