//! A status that does not exist.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::UNKNOWN_STATUS,
    group: Group::FrontMatter,
    severity: Severity::Error,
    meaning: "The status is not draft, in-review, approved or retired.",
    why: "Only an approved document can cover a clause, so its status must be clear.",
    fix: "Write one of `draft`, `in-review`, `approved` or `retired`.",
    example: "status: final",
    check: Check::Reading,
};
