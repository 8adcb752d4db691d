//! Due dates of nonconformities beyond the limit of their grade.

use super::registers::{days_text, entries};
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Kind, Nonconformity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("due-beyond-limit"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "The date set for a nonconformity is later than its grade allows, counted from the day on which it was found.",
    why: "The time limits are your own rules. A date beyond them breaks those rules from the start.",
    fix: "Set an earlier date, or change the limit of the grade in the settings.",
    example: "grade: minor, found: 2026-05-20, due: 2026-08-14, which allows 86 days instead of 60",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let grades = &assessed.reading.settings.registers.nonconformities.grades;
    for (_, placed_entry) in entries(assessed, Kind::Nonconformities) {
        let Some(nonconformity) = Nonconformity::from_entry(&placed_entry.entry) else { continue };
        let (Some(found_on), Some(due)) = (nonconformity.found(), placed_entry.entry.record.day("due")) else {
            continue;
        };
        let Some((grade, close)) = nonconformity.grade(grades).and_then(|grade| Some((grade, grade.close?))) else {
            continue;
        };
        let limit = found_on.plus(close);
        if due > limit {
            let (days, allowed) = (found_on.days_until(due), found_on.days_until(limit));
            let message = format!(
                "{} is due {} after it was found; a finding of grade `{}` must be closed within {allowed}",
                placed_entry.id(),
                days_text(days),
                grade.name
            );
            let help = format!("set {limit} or earlier, or change the limit of the grade in the settings");
            problems.push(
                Problem::new(RULE.id, placed_entry.place(placed_entry.entry.record.span_of("due")), message)
                    .with_subject(placed_entry.id())
                    .help(help),
            );
        }
    }
}
