//! Management reviews that were planned but not held.

use super::registers::{entries, not_held_problem};
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Kind, ManagementReview};

pub(super) const RULE: Rule = Rule {
    id: RuleId("management-review-overdue"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "The last planned day of a management review has passed, and the register does not say that it was held.",
    why: "Clause 9.3 requires reviews by top management at planned intervals. A missed review is a nonconformity.",
    fix: "Record when it was held with `clausebook close ID --on DATE`, or plan it again with a reason in `note`.",
    example: "planned: 2026-10-10, without `held`, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (_, placed_entry) in entries(assessed, Kind::ManagementReviews) {
        let review = ManagementReview::from_entry(&placed_entry.entry).filter(|review| review.held(as_of).is_none());
        let Some(review) = review else { continue };
        problems.extend(not_held_problem(RULE.id, as_of, placed_entry, review.planned(), review.has_unclear_plan()));
    }
}
