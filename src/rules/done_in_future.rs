//! Events recorded as past that cannot have happened yet.

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("done-in-future"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "An entry says that something was found, held, done, closed or checked on a day that is still to come.",
    why: "A date in the future is not evidence, and an auditor who sees one will doubt the others.",
    fix: "Correct the date. When something is to happen goes under `planned` or `due`.",
    example: "closed: 2027-01-15, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let today = assessed.assessment.clock.today;
    let registers = &assessed.reading.handbook.registers;
    for (file, row) in registers.files.iter().flat_map(|(file, _)| file.figures.iter().map(move |row| (file, row))) {
        let Some(ends) = row.period().map(|period| period.days.to).filter(|ends| *ends > today) else { continue };
        let message = format!("this period ends on {ends}, which is after today, {today}");
        problems.push(
            Problem::new(RULE.id, file.source.place(row.span), message).help("remove the row until it has ended"),
        );
    }
    for placed in &registers.entries {
        for happening in placed.entry.past_events().into_iter().filter(|happening| happening.on > today) {
            let message = format!("{} on {}, which is after today, {today}", happening.what, happening.on);
            let help = "correct the date; when something is to happen goes under `planned` or `due`";
            problems.push(
                Problem::new(RULE.id, placed.place(happening.span), message).with_subject(placed.id()).help(help),
            );
        }
    }
}
