//! Blocks that are opened and never closed.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::UNCLOSED_BLOCK,
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A code block, an alert, a comment or an HTML element is never closed.",
    why: "All that follows becomes code, or is not on the page: headings, links and claims among it.",
    mend: "Close it where it ends, on a line of its own and with nothing behind the marks.",
    example: "~~~sh, without a line ~~~ below",
    check: Check::Reading,
};
