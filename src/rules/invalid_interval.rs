//! Invalid review intervals.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::INVALID_INTERVAL,
    group: Group::FrontMatter,
    severity: Severity::Error,
    meaning: "A review interval cannot be read.",
    why: "Without an interval, nobody knows when the next review is due.",
    fix: "Write a number and a unit, for example `12 months`, or one of `annual`, `semiannual`, `quarterly` or \
          `monthly`.",
    example: "review: now and then",
    check: Check::Reading,
};
