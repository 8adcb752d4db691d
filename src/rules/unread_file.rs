//! Files that look like documents but are not read.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::UNREAD_FILE,
    group: Group::Handbook,
    severity: Severity::Warning,
    meaning: "A file in the content folder looks like a document but is not read, because it is hidden, not written \
              in Markdown, or not named as Markdown is.",
    why: "The handbook is smaller than its owner believes, and nothing in the file counts as coverage.",
    fix: "Rename the file, or write it in Markdown. Move files that are not meant to be read out of the content \
          folder.",
    example: "content/.drafts/policy.md, content/policy.rst",
    check: Check::Reading,
};
