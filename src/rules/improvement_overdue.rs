//! Improvements that were not carried out by their due day.

use super::registers::{days_text, entries};
use super::{Check, Group, Rule};
use crate::assess::{Assessed, EntryState};
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Kind, close_command, postpone_command};

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
    for (index, placed_entry) in entries(assessed, Kind::Improvements) {
        let life = assessed.assessment.entry(index).filter(|life| life.state == EntryState::Overdue);
        let Some(life) = life else { continue };
        let message = match life.due {
            Some(due) => {
                let delay = days_text(due.days_until(assessed.assessment.clock.as_of));
                format!("{} was due on {due} and is {delay} late", placed_entry.id())
            }
            None => format!("{} is not done, and its due date is unknown", placed_entry.id()),
        };
        let place =
            placed_entry.place(placed_entry.entry.record.get("due").map_or(placed_entry.entry.id.span, |due| due.span));
        let (close, later) = (
            close_command(&placed_entry.entry, assessed.assessment.clock.as_of),
            postpone_command(&placed_entry.entry),
        );
        let help = format!("once it is done, run `{close}`; or set a new date: `{later}`; or reject it with a reason");
        problems.push(Problem::new(RULE.id, place, message).with_subject(placed_entry.id()).help(help));
    }
}
