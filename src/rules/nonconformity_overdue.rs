//! Nonconformities that are open after their due date.

use super::registers::{days_text, entries};
use super::{Check, Group, Rule};
use crate::assess::{Assessed, EntryState};
use crate::date::Date;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::PlacedEntry;
use crate::register::{Kind, Nonconformity, Record, close_command, postpone_nonconformity_command};

pub(super) const RULE: Rule = Rule {
    id: RuleId("nonconformity-overdue"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "A nonconformity is still open after the date that was set for it; for an observation or opportunity this is a note.",
    why: "The certification body checks first whether findings were closed in time; a late one can become a major one.",
    fix: "Close it with `clausebook close ID`, or agree a new date: `clausebook set ID due=DATE --by ROLE --reason TEXT`.",
    example: "due: 2026-11-20, without `closed`, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Assessed { reading, assessment } = assessed;
    let grades = &reading.settings.registers.nonconformities.grades;
    for (index, placed_entry) in entries(assessed, Kind::Nonconformities) {
        let (Some(life), Some(nonconformity)) =
            (assessment.entry(index), Nonconformity::from_entry(&placed_entry.entry))
        else {
            continue;
        };
        let as_of = assessment.clock.as_of;
        // A reopened nonconformity keeps its due date until another is agreed.
        let is_overdue = match life.state {
            EntryState::Overdue => true,
            EntryState::Reopened => {
                nonconformity.has_unclear_due(grades, as_of) || life.due.is_some_and(|due| due < as_of)
            }
            _ => false,
        };
        if !is_overdue {
            continue;
        }
        let message = overdue_message(placed_entry, life.due, as_of);
        let record = &placed_entry.entry.record;
        let is_moved = |date_change: &&Record| life.due.is_some() && date_change.day("to") == life.due;
        let move_span =
            record.records("moved").iter().rev().find(is_moved).map(|date_change| date_change.span_of("to"));
        let span = move_span.or_else(|| record.get("due").map(|due| due.span)).unwrap_or(placed_entry.entry.id.span);
        let (close, later) =
            (close_command(&placed_entry.entry, as_of), postpone_nonconformity_command(nonconformity, grades));
        let help = format!("close it with `{close}`, or agree a new date: `{later}`");
        let problem =
            Problem::new(RULE.id, placed_entry.place(span), message).with_subject(placed_entry.id()).help(help);
        problems.push(if nonconformity.is_severe(grades) {
            problem
        } else {
            problem.with_max_severity(Severity::Note)
        });
    }
}

fn overdue_message(placed_entry: &PlacedEntry, due: Option<Date>, as_of: Date) -> String {
    match due {
        Some(due) => {
            let delay = days_text(due.days_until(as_of));
            format!("{} was due on {due} and is still open {delay} later", placed_entry.id())
        }
        None => format!("{} is open, and its due date is unknown", placed_entry.id()),
    }
}
