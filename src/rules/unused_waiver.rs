//! Waivers that waive nothing.

use super::{Check, Group, Rule};
use crate::finding::{Severity, closing};

pub(super) const RULE: Rule = Rule {
    id: closing::UNUSED_WAIVER,
    group: Group::Handbook,
    severity: Severity::Warning,
    meaning: "A waiver does not match any finding.",
    why: "It could hide a future finding that nobody has assessed.",
    fix: "Remove the waiver, or correct its rule or place.",
    example: "place: content/no-such-file.md",
    check: Check::Reading,
};
