//! Audits that were planned and not held.

use super::registers::{days, entries};
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::{Audit, Kind};

pub(super) const RULE: Rule = Rule {
    id: RuleId("audit-overdue"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "The last planned day of an audit has passed, and the register does not say that it was held.",
    why: "Clause 9.2 asks for audits at planned intervals. A programme that is not followed is a nonconformity.",
    fix: "Write under `held` when it was held, or plan it again with a reason in `note`.",
    example: "planned: {from: 2026-11-16, to: 2026-11-20}, without `held`, on 2026-11-22",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let as_of = assessed.assessment.clock.as_of;
    for (_, placed) in entries(assessed, Kind::Audits) {
        let Some(audit) = Audit::of(&placed.entry).filter(|audit| audit.held(as_of).is_none()) else { continue };
        let Some(planned) = audit.planned().filter(|planned| planned.to < as_of) else { continue };
        let message = format!(
            "audit {} was planned until {} and is {} late",
            placed.id(),
            planned.to,
            days(planned.to.days_until(as_of))
        );
        let place = placed.place(placed.entry.record.span_of("planned"));
        problems.push(Problem::new(RULE.id, place, message).help("write under `held` when it was held, or plan it again"));
    }
}
