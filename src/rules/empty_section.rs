//! Headings with nothing below them.

use super::words::{kind, soften_in_draft};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::FileView;

pub(super) const RULE: Rule = Rule {
    id: RuleId("empty-section"),
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A section is empty, and so are all of its subsections. Reported as a note in a draft.",
    why: "Readers and auditors see a gap where the heading promises content.",
    fix: "Write the section, or remove the heading.",
    example: "## Exceptions, followed at once by the next heading of its level",
    check: Check::File(check),
};

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    if kind(file) == "template" {
        return;
    }
    // Another rule handles sections that claim a clause.
    for heading in file.body.headings.iter().filter(|heading| !heading.has_content && heading.claims.is_empty()) {
        let problem = Problem::new(RULE.id, file.place(heading.span), format!("section `{}` is empty", heading.text));
        problems.push(soften_in_draft(file, problem.help("write the section, or remove the heading")));
    }
}
