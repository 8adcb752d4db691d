//! Waivers whose last day has passed.

use super::{Check, Group, Rule};
use crate::finding::{Severity, closing};

pub(super) const RULE: Rule = Rule {
    id: closing::EXPIRED_WAIVER,
    group: Group::Handbook,
    severity: Severity::Error,
    meaning: "A waiver has expired, so the findings it covered count again.",
    why: "A waiver is a promise to act by a date. If nobody follows it up, the problem stays hidden.",
    fix: "Fix the finding and remove the waiver, or agree a new date and reason.",
    example: "until: 2025-12-31",
    check: Check::Reading,
};
