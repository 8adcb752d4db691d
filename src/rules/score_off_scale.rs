//! Scores outside the risk scale.

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::Kind;

pub(super) const RULE: Rule = Rule {
    id: RuleId("score-off-scale"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "The likelihood or the impact of a risk is 0, or higher than the scale of the settings.",
    why: "A score off the scale cannot be compared with others, and the picture of risks has no place for it. It counts as high.",
    fix: "Correct the score, or `risk_scale` in the settings.",
    example: "now: {likelihood: 6, impact: 2}, on a scale of 5",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let scale = assessed.reading.settings.registers.risk_scale;
    for (_, placed_entry) in entries(assessed, Kind::Risks) {
        for when in ["now", "after"] {
            let Some(score) = placed_entry.entry.record.record(when) else { continue };
            for (key, max) in [("likelihood", scale.likelihood), ("impact", scale.impact)] {
                let Some(step) = score.number(key).filter(|step| *step == 0 || *step > max) else { continue };
                let message = format!("{key} {step} of risk {} is not on the scale from 1 to {max}", placed_entry.id());
                let help = "correct it, or `risk_scale` in the settings; until then it counts as high";
                let place = placed_entry.place(score.span_of(key));
                problems.push(Problem::new(RULE.id, place, message).help(help).with_subject(format!("{when} {key}")));
            }
        }
    }
}
