//! A key that Clausebook does not know.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::UNKNOWN_KEY,
    group: Group::FrontMatter,
    severity: Severity::Error,
    meaning: "The front matter has a key that Clausebook does not know.",
    why: "A misspelt key is ignored, so the document looks complete when it is not.",
    fix: "Correct the spelling. If another tool needs the key, list it under `front_matter.ignore` in the settings.",
    example: "aproved: 2026-03-01",
    check: Check::Reading,
};
