//! Constructs of other tools.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::FOREIGN_SYNTAX,
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A text uses a construct of another tool: tabs, inclusions, mathematics, short codes, shortcodes, components. Each kind is reported once for each document.",
    why: "Readers see the raw marks, and what should have been included is missing.",
    mend: "Write in Markdown what the construct stands for. Alerts of MkDocs, Docusaurus, GitBook and Obsidian are understood and need no change.",
    example: "=== \"Windows\"",
    check: Check::Reading,
};
