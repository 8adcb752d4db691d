//! Two sibling sections with the same name.

use std::collections::HashMap;

use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::FileView;
use crate::markdown::Heading;
use crate::name::name_key;

pub(super) const RULE: Rule = Rule {
    id: RuleId("duplicate-heading"),
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "Two sections at the same level, under the same parent heading, have the same name.",
    why: "\"See Escalation\" could mean either, and a link to the second breaks if the first is renamed.",
    fix: "Rename one of them, or merge the two sections.",
    example: "## Escalation, twice in one document",
    check: Check::File(check),
};

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    let mut first: HashMap<(Option<usize>, u8, String), &Heading> = HashMap::new();
    let mut above: Vec<(usize, u8)> = Vec::new();
    for (at, heading) in file.body.headings.iter().enumerate() {
        above.retain(|(_, level)| *level < heading.level);
        let parent = above.last().map(|(parent, _)| *parent);
        above.push((at, heading.level));
        let name = name_key(&heading.text);
        if name.is_empty() || is_label(&name) {
            continue;
        }
        let other = *first.entry((parent, heading.level, name)).or_insert(heading);
        if !std::ptr::eq(other, heading) {
            let message = format!("another section here is also called `{}`", heading.text);
            problems.push(
                Problem::new(RULE.id, file.place(heading.span), message)
                    .help("rename one, or merge them")
                    .related(file.place(other.span), "the first section with this name"),
            );
        }
    }
}

/// Headings that only label their content, for example one of many examples.
const LABELS: [&str; 41] = [
    "a",
    "after",
    "answer",
    "avoid",
    "bad",
    "bad example",
    "before",
    "con",
    "cons",
    "correct",
    "do",
    "do not",
    "don't",
    "don’t",
    "example",
    "examples",
    "good",
    "good example",
    "hint",
    "incorrect",
    "instead",
    "ja",
    "beispiel",
    "beispiele",
    "nein",
    "no",
    "note",
    "notes",
    "output",
    "input",
    "pro",
    "pros",
    "q",
    "question",
    "sample",
    "tip",
    "use",
    "why",
    "wrong",
    "yes",
    "right",
];

/// Whether a heading only labels its content.
fn is_label(name: &str) -> bool {
    LABELS.contains(&name.trim_end_matches([':', '.', '?', '!']))
}
