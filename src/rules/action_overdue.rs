//! Actions that were not done by their due day.

use super::registers::report_overdue_actions;
use super::{Check, Group, Rule};
use crate::finding::{RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("action-overdue"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "An action of an entry was not done by its day.",
    why: "Until the cause is removed, the problem can happen again.",
    fix: "Do it and run `clausebook close ID --action NUMBER`, or agree a new date.",
    example: "actions: [{what: Separate the power feeds, who: Network Team Lead, due: 2026-11-20}], on 2026-11-22",
    check: Check::Handbook(|assessed, problems| report_overdue_actions(assessed, RULE.id, false, problems)),
};
