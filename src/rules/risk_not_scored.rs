//! Risks whose last score is too old or missing.

use super::registers::{days_text, entries};
use super::{Check, Group, Rule};
use crate::assess::{Assessed, next_entry_review};
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Kind, Risk};

pub(super) const RULE: Rule = Rule {
    id: RuleId("risk-not-scored"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "A risk was last scored longer ago than the review interval of the document that owns the register, or before the day that it names, or never.",
    why: "Clause 6.1 expects risks to be known as they are now. An old score says how they were.",
    fix: "Score it again, and write the day under `scored`.",
    example: "scored: 2025-05-12, in a document that is reviewed every 12 months, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Assessed { reading, assessment } = assessed;
    let as_of = assessment.clock.as_of;
    for (_, placed_entry) in entries(assessed, Kind::Risks) {
        let Some(risk) =
            Risk::from_entry(&placed_entry.entry).filter(|risk| !risk.is_closed(as_of) && !risk.is_opportunity())
        else {
            continue;
        };
        let rule = reading.handbook.document(placed_entry.owner).review;
        let scored = risk.last_scored(as_of);
        let message = match (scored, next_entry_review(scored, rule).filter(|due| *due < as_of)) {
            (None, _) => format!("risk {} does not say when it was scored", placed_entry.id()),
            (Some(_), None) => continue,
            (Some(scored), Some(due)) => {
                let delay = days_text(due.days_until(as_of));
                format!(
                    "risk {} was last scored on {scored}; it was to be scored again by {due}, {delay} ago",
                    placed_entry.id()
                )
            }
        };
        let place = placed_entry
            .place(placed_entry.entry.record.get("scored").map_or(placed_entry.entry.id.span, |day| day.span));
        problems.push(
            Problem::new(RULE.id, place, message)
                .with_subject(placed_entry.id())
                .help("score it again, and write the day under `scored`"),
        );
    }
}
