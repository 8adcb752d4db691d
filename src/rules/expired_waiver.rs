//! Waivers whose last day is over.

use super::{Check, Group, Rule};
use crate::finding::{Severity, closing};

pub(super) const RULE: Rule = Rule {
    id: closing::EXPIRED_WAIVER,
    group: Group::Handbook,
    severity: Severity::Error,
    meaning: "The last day of a waiver is over, so what it waived counts again.",
    why: "A waiver is a promise with a date; one that nobody looks at any more hides what was promised.",
    mend: "Mend what it waived and take the waiver out, or agree on a new date and reason.",
    example: "until: 2025-12-31",
    check: Check::Reading,
};
