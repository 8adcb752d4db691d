//! Upcoming management reviews with an input that has no data.

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::{Assessed, InputSource, ItemVerdict, has_entries};
use crate::finding::{Problem, RuleId, Severity};
use crate::id::ItemRef;
use crate::register::{Kind, ManagementReview, Period};
use crate::standard::Input;

pub(super) const RULE: Rule = Rule {
    id: RuleId("review-inputs-missing"),
    group: Group::Registers,
    severity: Severity::Note,
    meaning: "A management review is planned within 30 days, and for an input of clause 9.3 there are neither entries of its period nor a document in force.",
    why: "Without data, top management cannot decide, and an auditor checks the inputs one by one.",
    fix: "Collect the data, or write under `inputs` what is to be said about it.",
    example: "planned: 2026-12-10, without a register of improvements, on 2026-11-22",
    check: Check::Handbook(check),
};

/// The number of days before a review by which its inputs must exist.
const DAYS_BEFORE_REVIEW: i32 = 30;

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (_, placed_entry) in entries(assessed, Kind::ManagementReviews) {
        let Some(review) =
            ManagementReview::from_entry(&placed_entry.entry).filter(|review| review.held(as_of).is_none())
        else {
            continue;
        };
        let is_near = |planned: &Period| planned.from <= as_of.plus_days(DAYS_BEFORE_REVIEW) && as_of <= planned.to;
        let Some(planned) = review.planned().filter(is_near) else { continue };
        for input in assessed.reading.standards.review_inputs() {
            let is_present = review.inputs().any(|(id, words)| id.value == input.id.as_str() && words.is_some());
            if is_present || has_data(assessed, review, input) {
                continue;
            }
            let message = format!(
                "{} is planned for {}, and nothing is recorded about: {}",
                placed_entry.id(),
                planned.from,
                input.title
            );
            let help = format!("collect the data, or write under `inputs` what is to be said: `{}: …`", input.id);
            let place = placed_entry.place(placed_entry.entry.record.span_of("planned"));
            problems.push(Problem::new(RULE.id, place, message).help(help).with_subject(input.id.as_str()));
        }
    }
}

/// Whether an entry of the review's period or a document in force has data for an input.
fn has_data(assessed: &Assessed<'_>, review: ManagementReview<'_>, input: &Input) -> bool {
    let Assessed { reading, assessment } = assessed;
    input.from.iter().any(|name| match InputSource::from_name(name) {
        Some(source) => has_entries(*assessed, review, source),
        None => {
            let item = name.parse::<ItemRef>().ok().and_then(|item| reading.standards.item(&item));
            item.is_some_and(|item| assessment.item(item).verdict == ItemVerdict::Provided)
        }
    })
}
