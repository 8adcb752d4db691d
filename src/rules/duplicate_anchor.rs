//! Anchors that two places in a document share.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::DUPLICATE_ANCHOR,
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "An anchor is set twice in a document, or is reserved for the page itself.",
    why: "A link to the second place leads to the first.",
    fix: "Choose another anchor, and correct the links to it.",
    example: "## Weekends {#duty}, below ## Nights {#duty}",
    check: Check::Reading,
};
