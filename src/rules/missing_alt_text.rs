//! Images without a text alternative.

use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::FileView;

pub(super) const RULE: Rule = Rule {
    id: RuleId("missing-alt-text"),
    group: Group::Text,
    severity: Severity::Warning,
    meaning: "An image has no alternative text.",
    why: "People who use a screen reader, search the text or print without images miss what the image shows.",
    fix: "Describe the image between the square brackets.",
    example: "![](escalation.svg)",
    check: Check::File(check),
};

fn check(_: &Settings, file: &FileView<'_>, problems: &mut Vec<Problem>) {
    for link in file.body.links.iter().filter(|link| link.is_image() && link.text.trim().is_empty()) {
        let message = format!("the image `{}` has no alternative text", link.target);
        problems.push(
            Problem::new(RULE.id, file.place(link.span), message)
                .help("describe the image between the square brackets"),
        );
    }
}
