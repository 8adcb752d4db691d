//! Improvements that were not carried out by their day.

use super::registers::{days, entries};
use super::{Check, Group, Rule};
use crate::assess::{Assessed, EntryState};
use crate::finding::{Problem, RuleId, Severity};
use crate::register::Kind;

pub(super) const RULE: Rule = Rule {
    id: RuleId("improvement-overdue"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "An improvement was not carried out by its day, and it is not rejected.",
    why: "Improvements that are only promised show an auditor the opposite of continual improvement.",
    fix: "Carry it out and write the day under `done`, set a new date, or reject it with a reason.",
    example: "due: 2026-10-30, state: in-work, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    for (index, placed) in entries(assessed, Kind::Improvements) {
        let life = assessed.assessment.entry(index).filter(|life| life.state == EntryState::Overdue);
        let Some(due) = life.and_then(|life| life.due) else { continue };
        let late = days(due.days_until(assessed.assessment.clock.as_of));
        let message = format!("{} was due on {due} and is {late} late", placed.id());
        let place = placed.place(placed.entry.record.span_of("due"));
        problems.push(Problem::new(RULE.id, place, message).help("write the day under `done`, set a new date, or reject it with a reason"));
    }
}
