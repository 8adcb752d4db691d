//! Nonconformities without a record of the immediate correction.

use super::registers::{days_text, entries};
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Kind, Nonconformity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("correction-missing"),
    group: Group::Registers,
    severity: Severity::Note,
    meaning: "A major or minor nonconformity is more than ten days old, and `correction` does not say what was done at once.",
    why: "Clause 10.1 requires two things: to control and correct what happened, and to remove its cause.",
    fix: "Write under `correction` what was done at once; if nothing could be done, say so.",
    example: "found: 2026-09-10, without `correction`, on 2026-11-22",
    check: Check::Handbook(check),
};

/// The number of days within which a correction must be recorded.
const MAX_DAYS: i32 = 10;

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    let grades = &assessed.reading.settings.registers.nonconformities.grades;
    for (_, placed_entry) in entries(assessed, Kind::Nonconformities) {
        let Some(one) = Nonconformity::from_entry(&placed_entry.entry).filter(|one| one.is_severe(grades)) else {
            continue;
        };
        let age = one.found().map(|found| found.days_until(as_of));
        let is_written = one.correction().is_some() || placed_entry.entry.record.is_unclear("correction");
        if age.is_none_or(|age| age > MAX_DAYS) && !is_written {
            let message = match age {
                Some(age) => {
                    format!("{} was found {} ago, and no correction is recorded", placed_entry.id(), days_text(age))
                }
                None => {
                    format!("no correction of {} is recorded, and it is not known when it was found", placed_entry.id())
                }
            };
            let help = format!("record what was done at once: `clausebook set {} correction=TEXT`", placed_entry.id());
            problems.push(Problem::new(RULE.id, placed_entry.id_place(), message).help(help));
        }
    }
}
