//! Waivers that waive nothing.

use super::{Check, Group, Rule};
use crate::finding::{Severity, closing};

pub(super) const RULE: Rule = Rule {
    id: closing::UNUSED_WAIVER,
    group: Group::Handbook,
    severity: Severity::Warning,
    meaning: "A waiver matches no finding.",
    why: "It would silently waive the next finding of its kind, which nobody has looked at.",
    mend: "Take the waiver out, or correct its rule or place.",
    example: "place: content/no-such-file.md",
    check: Check::Reading,
};
