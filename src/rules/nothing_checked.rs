//! Checks of nothing.

use super::{Check, Group, Rule};
use crate::finding::{Severity, closing};

pub(super) const RULE: Rule = Rule {
    id: closing::NOTHING_CHECKED,
    group: Group::Handbook,
    severity: Severity::Error,
    meaning: "The check found no document, no clause to cover, or no content folder.",
    why: "An empty check must not pass. It usually means that the wrong folder was checked.",
    fix: "Point `content` in the settings, or `--source`, to the folder that contains the documents. This rule cannot \
          be turned off or waived.",
    example: "a `content` folder without a Markdown file",
    check: Check::Reading,
};
