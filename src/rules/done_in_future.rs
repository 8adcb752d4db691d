//! Events recorded as past that cannot have happened yet.

use super::{Check, Group, Rule};
use crate::assess::{Assessed, newest_later_day};
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("done-in-future"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "An entry says that something was found, held, done, closed or checked on a day after the assessment date, and no document was approved or changed after it.",
    why: "A date in the future is not evidence, and an auditor who sees one will doubt the others.",
    fix: "Correct the date. When something is to happen goes under `planned` or `due`.",
    example: "closed: 2027-01-15, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    let registers = &assessed.reading.handbook.registers;
    // An assessment for an earlier day with later files contains events that happened since. Reading the clock instead
    // would give one handbook two reports for one day.
    if newest_later_day(&assessed.reading.handbook, as_of).is_some() {
        return;
    }
    for (file, row) in registers.files.iter().flat_map(|(file, _)| file.figures.iter().map(move |row| (file, row))) {
        let Some(ends) = row.period().map(|period| period.days.to).filter(|ends| *ends > as_of) else { continue };
        let message = format!("this period ends on {ends}, which is after {as_of}");
        problems.push(
            Problem::new(RULE.id, file.source.place(row.span), message).help("remove the row until it has ended"),
        );
    }
    for placed_entry in &registers.entries {
        for event in placed_entry.entry.past_events().into_iter().filter(|event| event.date > as_of) {
            let message = format!("{} on {}, which is after {as_of}", event.description, event.date);
            let help = "correct the date; when something is to happen goes under `planned` or `due`";
            problems.push(
                Problem::new(RULE.id, placed_entry.place(event.span), message)
                    .with_subject(placed_entry.id())
                    .help(help),
            );
        }
    }
}
