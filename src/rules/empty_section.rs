//! Headings with nothing below them.

use std::collections::BTreeSet;

use super::words::{doc_type, soften_in_draft};
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::FileView;
use crate::markdown::Heading;

pub(super) const RULE: Rule = Rule {
    id: RuleId("empty-section"),
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "A section is empty, and so are all of its subsections. Reported as a note in a draft. A heading that is a link \
              leads to its text.",
    why: "Readers and auditors see a gap where the heading promises content.",
    fix: "Write the section, or remove the heading.",
    example: "## Exceptions, followed at once by the next heading of its level",
    check: Check::File(check),
};

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    if doc_type(file) == "template" {
        return;
    }
    let headings = &file.body.headings;
    // A section that claims a clause is left to another rule.
    let is_empty = |heading: &Heading| !heading.has_content && heading.claims.is_empty();
    if !headings.iter().any(is_empty) {
        return;
    }
    // In a list of pages, the headings themselves are links.
    let elsewhere = file.body.links.iter().filter(|link| !link.target.starts_with('#'));
    let links: BTreeSet<u32> = elsewhere.map(|link| link.span.start).collect();
    let is_link = |heading: &Heading| links.range(heading.span.start..heading.span.end).next().is_some();
    for (at, heading) in headings.iter().enumerate().filter(|(_, heading)| is_empty(heading)) {
        let below = headings[at + 1..].iter().take_while(|below| below.level > heading.level);
        if std::iter::once(heading).chain(below).any(is_link) {
            continue;
        }
        let problem = Problem::new(RULE.id, file.place(heading.span), format!("section `{}` is empty", heading.text));
        problems.push(soften_in_draft(file, problem.help("write the section, or remove the heading")));
    }
}
