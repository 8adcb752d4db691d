//! Files that look like documents and are not read.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::UNREAD_FILE,
    group: Group::Handbook,
    severity: Severity::Warning,
    meaning: "A file in the content folder looks like a document and is not read: it is hidden, or not written in Markdown.",
    why: "The handbook is smaller than its owner believes, and nothing in the file counts as coverage.",
    mend: "Rename the file, or write it in Markdown; files that are not meant to be read belong outside of the content folder.",
    example: "content/.drafts/policy.md, content/policy.mdx",
    check: Check::Reading,
};
