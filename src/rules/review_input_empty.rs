//! Inputs of management reviews without any content.

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Kind, ManagementReview};
use crate::spelling::suggest_help;

pub(super) const RULE: Rule = Rule {
    id: RuleId("review-input-empty"),
    group: Group::Registers,
    severity: Severity::Note,
    meaning: "Under `inputs`, a management review that was held names an input without words, or one that the standard does not have.",
    why: "Each input of clause 9.3 must have been considered; a line without words shows that it was not.",
    fix: "Write in a sentence what was said, or correct the name of the input.",
    example: "inputs: {feedback: }",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    let known_inputs = || assessed.reading.standards.review_inputs().map(|input| input.id.as_str());
    for (_, placed_entry) in entries(assessed, Kind::ManagementReviews) {
        let Some(review) = ManagementReview::from_entry(&placed_entry.entry) else { continue };
        for (name, words) in review.inputs() {
            let place = placed_entry.place(name.span);
            if known_inputs().all(|input| input != name.value) {
                let message = format!("`{}` is not an input of the management review", name.value);
                let help = suggest_help(&name.value, known_inputs().collect::<Vec<_>>());
                let help = help.unwrap_or_else(|| "remove it: the standard in use names no inputs".to_owned());
                problems.push(Problem::new(RULE.id, place, message).with_subject(placed_entry.id()).help(help));
            } else if words.is_none() && review.held(as_of).is_some() {
                let message = format!("{} says nothing about the input `{}`", placed_entry.id(), name.value);
                problems.push(
                    Problem::new(RULE.id, place, message)
                        .with_subject(placed_entry.id())
                        .help("write in a sentence what was said"),
                );
            }
        }
    }
}
