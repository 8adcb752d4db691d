//! Decisions of management reviews that were not carried out by their due day.

use super::registers::report_overdue_actions;
use super::{Check, Group, Rule};
use crate::finding::{RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("decision-overdue"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "A decision of a management review was not carried out by its day.",
    why: "The status of earlier decisions is the first item of the next review, and top management decided it.",
    fix: "Carry it out and write the day under `done`, or have top management agree a new date.",
    example: "decisions: [{id: D-2026-04, what: Hire a second auditor, who: People and Training Manager, due: 2026-11-20}], on 2026-11-22",
    check: Check::Handbook(|assessed, problems| report_overdue_actions(assessed, RULE.id, true, problems)),
};
