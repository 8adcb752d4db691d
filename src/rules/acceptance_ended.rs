//! Acceptances of risks that have ended.

use super::registers::{days_text, entries};
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Kind, Risk};

pub(super) const RULE: Rule = Rule {
    id: RuleId("acceptance-ended"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "The acceptance of a risk has ended.",
    why: "The risk was accepted only until that day, and nobody has decided on it since.",
    fix: "Have it accepted until a later date, or treat it.",
    example: "accepted: {by: Managing Director, until: 2026-10-31}, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (_, placed_entry) in entries(assessed, Kind::Risks) {
        let Some(risk) = Risk::from_entry(&placed_entry.entry).filter(|risk| !risk.is_closed(as_of)) else { continue };
        let Some(until) = risk.accepted_until().filter(|until| *until < as_of) else { continue };
        let since = days_text(until.days_until(as_of));
        let message = format!("the acceptance of risk {} ended on {until}, {since} ago", placed_entry.id());
        let accepted = placed_entry.entry.record.record("accepted");
        let place =
            placed_entry.place(accepted.map_or(placed_entry.entry.id.span, |accepted| accepted.span_of("until")));
        problems.push(
            Problem::new(RULE.id, place, message)
                .with_subject(placed_entry.id())
                .help("have it accepted until a later date, or treat it"),
        );
    }
}
