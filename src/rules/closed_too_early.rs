//! Nonconformities and improvements that were closed before everything was done.

use super::registers::{entries, join_names};
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Action, Kind, Nonconformity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("closed-too-early"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "A nonconformity is closed, or an improvement done, although an action is not done; or a nonconformity is closed although no cause is recorded.",
    why: "Without a cause there is no corrective action, and an open action shows that the finding is not closed.",
    fix: "Record the cause and finish the actions, or remove `closed` or `done`.",
    example: "closed: 2026-10-28, with an action without `done`",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    let grades = &assessed.reading.settings.registers.nonconformities.grades;
    for (_, placed_entry) in entries(assessed, Kind::Nonconformities).chain(entries(assessed, Kind::Improvements)) {
        let entry = &placed_entry.entry;
        let Some(completed) = entry.completed(as_of) else { continue };
        let open: Vec<Action<'_>> = entry.open_at_completion(completed, as_of).collect();
        // If the actions are done by now, the days contradict each other.
        let is_later = !open.is_empty() && open.iter().all(|action| action.is_done(as_of));
        let one = Nonconformity::from_entry(entry);
        let lacks_cause = one.is_some_and(|one| one.is_severe(grades) && one.cause().is_none());
        let why: Vec<String> = describe_actions(&open, is_later)
            .into_iter()
            .chain(lacks_cause.then(|| "no cause is recorded".to_owned()))
            .collect();
        if why.is_empty() {
            continue;
        }
        let key = if one.is_some() { "closed" } else { "done" };
        let message = format!("{} is {key}, but {}", placed_entry.id(), why.join(" and "));
        let place = placed_entry.place(entry.record.span_of(key));
        let help = match (lacks_cause, is_later) {
            (true, _) => {
                let set = format!("`clausebook set {} cause=TEXT`", placed_entry.id());
                format!("record the cause with {set}, finish what is missing, or remove `closed`")
            }
            (false, false) => format!("finish what is missing, or remove `{key}`"),
            (false, true) => format!("correct one of the two dates: it is {key} once its actions are done"),
        };
        problems.push(Problem::new(RULE.id, place, message).with_subject(placed_entry.id()).help(help));
    }
}

/// Which actions were open, as a clause of a sentence.
fn describe_actions(open: &[Action<'_>], is_later: bool) -> Option<String> {
    let numbers: Vec<String> = open.iter().map(|action| action.number.to_string()).collect();
    match (numbers.len(), is_later) {
        (0, _) => None,
        (1, false) => Some(format!("action {} is not done", numbers[0])),
        (1, true) => Some(format!("action {} was only done later", numbers[0])),
        (_, false) => Some(format!("actions {} are not done", join_names(numbers.into_iter()))),
        (_, true) => Some(format!("actions {} were only done later", join_names(numbers.into_iter()))),
    }
}
