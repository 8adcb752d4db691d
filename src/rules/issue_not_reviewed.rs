//! Issues that were not reviewed in time.

use super::registers::report_not_reviewed;
use super::{Check, Group, Rule};
use crate::finding::{RuleId, Severity};
use crate::register::Kind;

pub(super) const RULE: Rule = Rule {
    id: RuleId("issue-not-reviewed"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "An issue was never reviewed, or not within the review interval of the document that owns its register.",
    why: "The management review considers external and internal changes; somebody must have noticed them before.",
    fix: "Make sure that the issue and its effect are still right, and write the day under `reviewed`.",
    example: "reviewed: 2025-06-02 in the register of a document with review: 12 months, on 2026-11-22",
    check: Check::Handbook(|assessed, problems| report_not_reviewed(assessed, RULE.id, Kind::Issues, problems)),
};
