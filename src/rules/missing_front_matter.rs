//! A Markdown file that says nothing about itself.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::MISSING_FRONT_MATTER,
    group: Group::Identity,
    severity: Severity::Warning,
    meaning: "A Markdown file has no front matter, so that it is neither a document nor a page.",
    why: "A text without id, owner and approval is not under document control, and proves nothing.",
    mend: "Begin the file with front matter that has an id, or with `type: page` when it is only a signpost.",
    example: "# Our change policy",
    check: Check::Reading,
};
