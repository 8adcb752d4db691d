//! Images that are kept elsewhere.

use super::{Check, Group, Rule, Subject};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::Destination;

pub(super) const RULE: Rule = Rule {
    id: RuleId("external-image"),
    group: Group::Links,
    severity: Severity::Warning,
    meaning: "An image is on another server, so the portal shows a link in its place.",
    why: "The portal loads nothing from other servers, because an image there can change or vanish, and its server \
          can see who reads the page.",
    fix: "Save the image below the content folder and refer to it by its path.",
    example: "![The change flow](https://example.org/flow.png)",
    check: Check::Document(check),
};

fn check(_: &Assessed<'_>, subject: Subject<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let images = document.file.body.links.iter().zip(&document.links).filter(|(link, _)| link.is_image());
    for (link, _) in images.filter(|(_, destination)| **destination == Destination::Outside) {
        let message = format!("the portal shows only a link to the image at `{}`", link.target);
        problems.push(
            Problem::new(RULE.id, document.place(link.target_span), message)
                .help("save the image below the content folder and refer to it by its path"),
        );
    }
}
