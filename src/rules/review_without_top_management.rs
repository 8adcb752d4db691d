//! Management reviews without top management.

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::name::Signers;
use crate::register::{Kind, ManagementReview};

pub(super) const RULE: Rule = Rule {
    id: RuleId("review-without-top-management"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "A management review was held, and `present` names none of the roles of top management.",
    why: "Clause 9.3 requires top management itself to review the system. A meeting without it is not a management review.",
    fix: "Add the role that was present, or hold the review with top management.",
    example: "present: [Service Management Lead], with `top_management: [Managing Director]` in the settings",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let top = &assessed.reading.settings.registers.top_management;
    let as_of = assessed.assessment.clock.as_of;
    for (_, placed_entry) in entries(assessed, Kind::ManagementReviews).filter(|_| !top.is_empty()) {
        let Some(review) =
            ManagementReview::from_entry(&placed_entry.entry).filter(|review| review.held(as_of).is_some())
        else {
            continue;
        };
        let attendees = Signers::new(review.attendees().iter().map(|name| name.value.as_str())).present();
        if attendees.share_one(&Signers::new(top)) {
            continue;
        }
        let message = format!("{} was held without top management", placed_entry.id());
        let record = &placed_entry.entry.record;
        let span = record.get("present").map_or_else(|| record.span_of("held"), |present| present.span);
        let help = format!("name the role that was present, one of {}", top.join(", "));
        problems
            .push(Problem::new(RULE.id, placed_entry.place(span), message).with_subject(placed_entry.id()).help(help));
    }
}
