//! Markdown files without front matter.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::MISSING_FRONT_MATTER,
    group: Group::Identity,
    severity: Severity::Warning,
    meaning: "A Markdown file has no front matter, so it is neither a document nor a page.",
    why: "Without an ID, an owner and an approval, a document is not controlled and is not evidence of anything.",
    fix: "Start the file with front matter that contains an ID, or `type: page` if it only directs readers elsewhere.",
    example: "# Our change policy",
    check: Check::Reading,
};
