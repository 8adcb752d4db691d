//! Audits and management reviews without a date.

use super::registers::entries;
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Kind, postpone_command};

pub(super) const RULE: Rule = Rule {
    id: RuleId("not-planned"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "An audit or a management review has neither `planned` nor `held`.",
    why: "Clauses 9.2 and 9.3 require planned intervals. Without a date it is in no calendar, and it can never be late.",
    fix: "Write under `planned` the days on which it is to be held, or under `held` those on which it was held.",
    example: "{id: A26-3, title: Operation, kind: internal}",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    for kind in [Kind::Audits, Kind::ManagementReviews] {
        for (_, placed_entry) in entries(assessed, kind) {
            let record = &placed_entry.entry.record;
            // An unreadable date is reported separately.
            let has_key = |key: &str| record.get(key).is_some() || record.is_unclear(key);
            if has_key("planned") || has_key("held") {
                continue;
            }
            let message = format!("{} {} has neither `planned` nor `held`", kind.row().singular, placed_entry.id());
            let help = format!("plan it: `{}`; without a date it is never late", postpone_command(&placed_entry.entry));
            problems.push(
                Problem::new(RULE.id, placed_entry.place(placed_entry.entry.id.span), message)
                    .with_subject(placed_entry.id())
                    .help(help),
            );
        }
    }
}
