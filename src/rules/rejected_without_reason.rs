//! Improvements that were rejected without a reason.

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::placeholder::is_reason;
use crate::register::{Improvement, Kind};

pub(super) const RULE: Rule = Rule {
    id: RuleId("rejected-without-reason"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "An improvement is rejected, and `reason` does not say why.",
    why: "Opportunities are evaluated against criteria. A reason is the proof that this was done.",
    fix: "Write a sentence under `reason`.",
    example: "state: rejected, without `reason`",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    for (_, placed_entry) in entries(assessed, Kind::Improvements) {
        let record = &placed_entry.entry.record;
        let is_rejected = Improvement::from_entry(&placed_entry.entry)
            .is_some_and(|improvement| improvement.state() == Some("rejected"));
        if is_rejected && !record.text("reason").is_some_and(is_reason) {
            let message = format!("{} is rejected without a reason", placed_entry.id());
            let place =
                placed_entry.place(record.get("reason").map_or_else(|| record.span_of("state"), |reason| reason.span));
            let help = format!("write a sentence: `clausebook set {} reason=TEXT`", placed_entry.id());
            problems.push(Problem::new(RULE.id, place, message).with_subject(placed_entry.id()).help(help));
        }
    }
}
