//! Constructs of other tools.

use super::{Check, Group, Rule};
use crate::finding::{Severity, reading};

pub(super) const RULE: Rule = Rule {
    id: reading::FOREIGN_SYNTAX,
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A text uses syntax of another tool: tabs, included files, mathematics, icons, shortcodes, \
              components, or links and headings of other markup languages. Each kind is reported once for each document.",
    why: "Readers see the raw syntax, and included text is missing.",
    fix: "Write the content in Markdown instead. The alerts of MkDocs, Docusaurus, GitBook and Obsidian are supported \
          and need no change.",
    example: "=== \"Windows\"",
    check: Check::Reading,
};
