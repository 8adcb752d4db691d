//! Blocks that are opened and never closed.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::UNCLOSED_BLOCK,
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A code block, an alert, a comment or an HTML element is never closed.",
    why: "Everything after it becomes code or is missing from the page, including headings, links and claims.",
    fix: "Close it where it ends, on a separate line with nothing after the closing marks.",
    example: "~~~sh, without a line ~~~ below",
    check: Check::Reading,
};
