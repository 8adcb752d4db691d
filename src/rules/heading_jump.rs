//! Headings that skip a level.

use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::FileView;

pub(super) const RULE: Rule = Rule {
    id: RuleId("heading-jump"),
    group: Group::Text,
    severity: Severity::Note,
    meaning: "A heading is more than one level below the heading before it.",
    why: "Screen readers and tables of contents rely on heading levels; a skipped level looks like a missing section.",
    fix: "Use the next level: `###` after `##`. Start a document with `#` or `##`.",
    example: "#### Roles, right below ## Scope",
    check: Check::File(check),
};

/// The deepest level that may come first: the level above it is the page's title.
const MAX_FIRST_LEVEL: u8 = 2;

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let mut deepest = MAX_FIRST_LEVEL;
    for heading in &file.body.headings {
        if heading.level > deepest {
            let message = format!("heading of level {} where the next level is {deepest}", heading.level);
            let help = format!("start it with `{}`", "#".repeat(usize::from(deepest)));
            problems.push(Problem::new(RULE.id, file.place(heading.span), message).help(help));
        }
        deepest = heading.level + 1;
    }
}
