//! Nonconformities that were closed before everything was done.

use super::registers::{entries, join_names};
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Action, Kind, Nonconformity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("closed-too-early"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "A nonconformity is closed although an action is not done, or although no cause is recorded.",
    why: "Without a cause there is no corrective action, and an open action shows that the finding is not closed.",
    fix: "Record the cause and finish the actions, or remove `closed`.",
    example: "closed: 2026-10-28, with an action without `done`",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    let grades = &assessed.reading.settings.registers.nonconformities.grades;
    for (_, placed) in entries(assessed, Kind::Nonconformities) {
        let Some(one) = Nonconformity::from_entry(&placed.entry) else { continue };
        let Some(closed) = one.closed(as_of) else { continue };
        let open: Vec<Action<'_>> = one.open_at_closing(closed, as_of).collect();
        // If the actions are done by now, the days contradict each other.
        let is_later = !open.is_empty() && open.iter().all(|action| action.is_done(as_of));
        let numbers: Vec<String> = open.iter().map(|action| action.number.to_string()).collect();
        let actions = match (numbers.len(), is_later) {
            (0, _) => None,
            (1, false) => Some(format!("action {} is not done", numbers[0])),
            (1, true) => Some(format!("action {} was done only later", numbers[0])),
            (_, false) => Some(format!("actions {} are not done", join_names(numbers.into_iter()))),
            (_, true) => Some(format!("actions {} were done only later", join_names(numbers.into_iter()))),
        };
        let lacks_cause = one.is_severe(grades) && one.cause().is_none();
        let why: Vec<String> =
            actions.into_iter().chain(lacks_cause.then(|| "no cause is recorded".to_owned())).collect();
        if why.is_empty() {
            continue;
        }
        let message = format!("{} is closed, but {}", placed.id(), why.join(" and "));
        let place = placed.place(placed.entry.record.span_of("closed"));
        let set = format!("`clausebook set {} cause=TEXT`", placed.id());
        let help = match (lacks_cause, is_later) {
            (true, _) => format!("record the cause with {set}, finish what is missing, or remove `closed`"),
            (false, false) => "finish what is missing, or remove `closed`".to_owned(),
            (false, true) => "correct one of the two dates: it is closed once its actions are done".to_owned(),
        };
        problems.push(Problem::new(RULE.id, place, message).with_subject(placed.id()).help(help));
    }
}
