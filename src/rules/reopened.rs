//! Nonconformities whose action was not effective.

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::{Assessed, EntryState};
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Kind, close_command};

pub(super) const RULE: Rule = Rule {
    id: RuleId("reopened"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "The check found that corrective actions were not effective, and the nonconformity has not been closed again since.",
    why: "The same fault is still possible, and the register shows that you know it.",
    fix: "Find the cause again, add actions, and write the new day under `closed` once they are done.",
    example: "effect: {checked: 2026-11-05, result: not-effective}, closed: 2026-08-14",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    for (index, placed_entry) in entries(assessed, Kind::Nonconformities).chain(entries(assessed, Kind::Improvements)) {
        if assessed.assessment.entry(index).is_none_or(|life| life.state != EntryState::Reopened) {
            continue;
        }
        let record = &placed_entry.entry.record;
        let span = record.record("effect").map_or(placed_entry.entry.id.span, |effect| effect.span_of("result"));
        let message =
            format!("what was done about {} was not effective, and it has not been closed again", placed_entry.id());
        let close = close_command(&placed_entry.entry, assessed.assessment.clock.as_of);
        let help = format!("find the cause again, add actions, and run `{close}` once they are done");
        problems
            .push(Problem::new(RULE.id, placed_entry.place(span), message).with_subject(placed_entry.id()).help(help));
    }
}
