//! Headings that skip a level.

use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Fault, RuleId, Severity};
use crate::handbook::ParsedFile;

pub(super) const RULE: Rule = Rule {
    id: RuleId("heading-jump"),
    group: Group::Text,
    severity: Severity::Note,
    meaning: "A heading stands more than one level below the one before it.",
    why: "Screen readers and tables of contents tell a text's structure by its levels; a skipped one reads as a missing part.",
    mend: "Use the next level: `###` after `##`. A document begins with `#` or `##`.",
    example: "#### Roles, right below ## Scope",
    check: Check::File(check),
};

/// The deepest level that may come first: the page's title is the one above it.
const FIRST: u8 = 2;

fn check(_: &Settings, file: &ParsedFile, faults: &mut Vec<Fault>) {
    let mut deepest = FIRST;
    for heading in &file.body.headings {
        if heading.level > deepest {
            let message = format!("a heading of level {} where level {deepest} is the next", heading.level);
            let help = format!("begin it with `{}`", "#".repeat(usize::from(deepest)));
            faults.push(Fault::new(RULE.id, file.place(heading.span), message).help(help));
        }
        deepest = heading.level + 1;
    }
}
