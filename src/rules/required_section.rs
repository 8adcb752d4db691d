//! Sections that documents of a type must have.

use super::words::{doc_type, soften_in_draft};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::FileView;
use crate::name::name_key;

pub(super) const RULE: Rule = Rule {
    id: RuleId("required-section"),
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A document is missing a section that the settings require for its type. Reported as a note in a draft.",
    why: "Readers find information faster when every document of a type uses the same headings.",
    fix: "Add the section, or remove it from `sections` of this type in the settings.",
    example: "types: {procedure: {sections: [Roles]}}, and a procedure without ## Roles",
    check: Check::File(check),
};

fn check(settings: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let Some(front) = &file.front else { return };
    let required = settings.find_type(doc_type(file)).map_or(&[][..], |kind| &kind.sections);
    if required.is_empty() {
        return;
    }
    let present: Vec<String> = file.body.headings.iter().map(|heading| name(&heading.text)).collect();
    for section in required.iter().filter(|section| !present.contains(&name(section))) {
        let problem = Problem::new(
            RULE.id,
            file.place(front.opening),
            format!("this {} has no section `{section}`", doc_type(file)),
        );
        problems.push(soften_in_draft(file, problem.help(format!("add the heading `## {section}`"))));
    }
}

/// A heading for comparison: without letter case and without a leading number, as in `3.1 Roles`.
fn name(heading: &str) -> String {
    name_key(heading.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ')')))
}
