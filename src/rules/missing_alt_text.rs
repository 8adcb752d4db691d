//! Images without a text alternative.

use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::FileView;
use crate::markdown::Link;
use crate::path::has_file_extension;

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
    let is_silent = |link: &&Link| link.is_image() && link.text.trim().is_empty() && !embeds_page(file, link);
    for link in file.body.links.iter().filter(is_silent) {
        let message = format!("the image `{}` has no alternative text", link.target);
        problems.push(
            Problem::new(RULE.id, file.place(link.span), message)
                .help("describe the image between the square brackets"),
        );
    }
}

/// Whether a link embeds a page, as `![[policy#Scope]]` of Obsidian does; no browser shows it as an image.
fn embeds_page(file: &FileView<'_>, link: &Link) -> bool {
    let path = link.target.split('#').next().unwrap_or_default();
    let written = file.source.as_str().get(link.span.start as usize..).unwrap_or_default();
    path.ends_with(".md") || written.starts_with("![[") && !has_file_extension(path)
}
