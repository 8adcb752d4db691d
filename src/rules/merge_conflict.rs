//! Marks of an unfinished merge.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::MERGE_CONFLICT,
    group: Group::Text,
    severity: Severity::Error,
    meaning: "A text contains the marks that Git leaves where two versions of it could not be merged.",
    why: "Both versions are on the page, one after the other, and nobody has decided which of them applies.",
    fix: "Keep the lines that are right, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`.",
    example: "<<<<<<< HEAD",
    check: Check::Reading,
};
