//! High risks that are neither treated nor accepted.

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::{Assessed, is_untreated};
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Kind, Risk};

pub(super) const RULE: Rule = Rule {
    id: RuleId("risk-untreated"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "A risk is high as it stands, and it has neither an action nor a valid acceptance.",
    why: "Clause 6.1 requires actions on risks. A high risk that nobody treats or accepts has been found and then forgotten.",
    fix: "Add an action to it, or have the role with that authority accept it until a given day.",
    example: "now: {likelihood: 4, impact: 5}, without `actions` and `accepted`",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Assessed { reading, assessment } = assessed;
    for (_, placed_entry) in entries(assessed, Kind::Risks) {
        let entry = &placed_entry.entry;
        let Some(risk) = Risk::from_entry(entry) else { continue };
        if !is_untreated(&reading.settings, entry, risk, assessment.clock.as_of) {
            continue;
        }
        let message = match risk.score("now") {
            Some(score) if reading.settings.registers.risk_scale.is_off_scale(score) => {
                format!(
                    "risk {} counts as high, because its score is off the scale, and is neither treated nor accepted",
                    placed_entry.id()
                )
            }
            Some(score) => {
                format!("risk {} is high ({}) and is neither treated nor accepted", placed_entry.id(), score.product())
            }
            None => {
                format!(
                    "risk {} has no score, so it counts as high, and is neither treated nor accepted",
                    placed_entry.id()
                )
            }
        };
        let place = placed_entry.place(entry.record.get("now").map_or(entry.id.span, |now| now.span));
        problems.push(
            Problem::new(RULE.id, place, message)
                .with_subject(placed_entry.id())
                .help(format!(
                    "add an action (`clausebook new --action {} TEXT --who ROLE --due DATE`), or write under `accepted` who accepts it and until when",
                    placed_entry.id()
                )),
        );
    }
}
