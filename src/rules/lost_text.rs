//! Text that the Markdown parser drops.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::LOST_TEXT,
    group: Group::Text,
    severity: Severity::Error,
    meaning: "Text in the file is not on the page: a table cell beyond the last column, a line that Markdown reads \
              as a link definition, a sentence or a command beside the backticks of a code block, words in the attributes of a tag, or a backslash, a star, a day of the month or a sign such as `>` that Markdown takes away.",
    why: "The reviewer approves a target or an obligation that no reader of the portal ever sees.",
    fix: "Give the table a column for each cell, and write a bar within a cell as `\\|`, even in code. If a line \
          begins with a word in brackets and a colon, write `\\[P1]: 4 hours`. Write a sentence about code above it, and \
          a path with backslashes as code. If a line begins with a comparison, write `\\> 30 minutes`, or *more than \
          30 minutes*; if it begins with a day, write `15\\. Januar`.",
    example: "[P1]: 4 hours, in a list of targets",
    check: Check::Reading,
};
