//! Text that the Markdown parser drops.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::LOST_TEXT,
    group: Group::Text,
    severity: Severity::Error,
    meaning: "A text in the file reaches no page: a table cell beyond the head, or a line that reads as the definition of a link.",
    why: "The reviewer approves a target or a duty that no reader of the portal ever sees.",
    mend: "Give the table a column for each cell, and write a bar within a cell as `\\|`, also in code. Write `\\[P1]: 4 hours` where a line begins with a word in brackets and a colon.",
    example: "[P1]: 4 hours, in a list of targets",
    check: Check::Reading,
};
