//! Markup that is read as plain text, or as a different block from the one intended.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::MALFORMED_MARKUP,
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "Lines look like a table, a list or a checkbox, or text looks emphasized, but Markdown does not read them as \
              such; or it reads a paragraph as a heading or as a row of a table. Each kind is reported once for each document.",
    why: "Readers see raw characters instead of a table or a list, and the steps of a procedure run together in one paragraph.",
    fix: "Write the line `| --- | --- |` below the header row of a table, `1.` or `-` and a space before each item, and `**` \
          directly around words. Put an empty line before a list and after a table.",
    example: "| Priority | Target |\n| 1 | 4 hours |",
    check: Check::Reading,
};
