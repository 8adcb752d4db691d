//! Audits that were planned but not held.

use super::registers::{entries, not_held_problem};
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Audit, Kind};

pub(super) const RULE: Rule = Rule {
    id: RuleId("audit-overdue"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "The last planned day of an audit has passed, and the register does not say that it was held.",
    why: "Clause 9.2 requires audits at planned intervals. A programme that is not followed is a nonconformity.",
    fix: "Record when it was held with `clausebook close ID --on DATE`, or plan it again with a reason in `note`.",
    example: "planned: {from: 2026-11-16, to: 2026-11-20}, without `held`, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (_, placed_entry) in entries(assessed, Kind::Audits) {
        let Some(audit) = Audit::from_entry(&placed_entry.entry).filter(|audit| audit.held(as_of).is_none()) else {
            continue;
        };
        problems.extend(not_held_problem(RULE.id, as_of, placed_entry, audit.planned(), audit.has_unclear_plan()));
    }
}
