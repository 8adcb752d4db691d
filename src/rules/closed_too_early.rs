//! Nonconformities that were closed before all was done.

use super::registers::{entries, listed};
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Kind, Nonconformity};

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
        let Some(one) = Nonconformity::of(&placed.entry).filter(|one| one.closed(as_of).is_some()) else { continue };
        let open = placed.entry.actions().filter(|action| !action.is_done(as_of));
        let open: Vec<String> = open.map(|action| action.number.to_string()).collect();
        let lacks_cause = one.is_severe(grades) && one.cause().is_none();
        let message = match (open.len(), lacks_cause) {
            (0, false) => continue,
            (0, true) => format!("{} is closed, but no cause is recorded", placed.id()),
            (1, false) => format!("{} is closed, but action {} is not done", placed.id(), open[0]),
            (_, false) => format!("{} is closed, but actions {} are not done", placed.id(), listed(open.into_iter())),
            (1, true) => format!("{} is closed, but action {} is not done and no cause is recorded", placed.id(), open[0]),
            (_, true) => {
                format!("{} is closed, but actions {} are not done and no cause is recorded", placed.id(), listed(open.into_iter()))
            }
        };
        let place = placed.place(placed.entry.record.span_of("closed"));
        let set = format!("`clausebook set {} cause=TEXT`", placed.id());
        let help = match lacks_cause {
            true => format!("record the cause with {set}, finish what is missing, or remove `closed`"),
            false => "finish what is missing, or remove `closed`".to_owned(),
        };
        problems.push(Problem::new(RULE.id, place, message).help(help));
    }
}
