//! Text of other files that cannot be inserted.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::BROKEN_INCLUDE,
    group: Group::Text,
    severity: Severity::Error,
    meaning: "A document inserts a file that is missing, cannot be read, is outside the folders under `includes`, or \
              inserts itself.",
    why: "Readers miss that text, and an approval does not cover it.",
    fix: "Correct the path, list the file's folder under `includes` in the settings, or write the text in the document.",
    example: "--8<-- \"hours.md\", without a file hours.md",
    check: Check::Reading,
};
