//! Images on other servers.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::Destination;
use crate::place::Span;

pub(super) const RULE: Rule = Rule {
    id: RuleId("external-image"),
    group: Group::Links,
    severity: Severity::Warning,
    meaning: "An image is on another server, so the portal shows a link in its place. Each server is reported once for each \
              document.",
    why: "The portal loads nothing from other servers, because an image there can change or vanish, and its server \
          can see who reads the page.",
    fix: "Save the image below the content folder and refer to it by its path.",
    example: "![The change flow](https://example.org/flow.png)",
    check: Check::Document(check),
};

fn check(_: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let images = document.file.body.links.iter().zip(&document.links).filter(|(link, _)| link.is_image());
    let mut servers: Vec<(&str, &str, Span, usize)> = Vec::new();
    for (link, destination) in images {
        let address = match destination {
            Destination::External => &*link.target,
            Destination::FormerSite { address } => address,
            _ => continue,
        };
        match servers.iter_mut().find(|(name, ..)| *name == server(address)) {
            Some((.., count)) => *count += 1,
            None => servers.push((server(address), address, link.target_span, 1)),
        }
    }
    for (_, address, span, count) in servers {
        let further_images = match count {
            1 => String::new(),
            2 => " (and at another on this server in this document)".to_owned(),
            _ => format!(" (and at {} more on this server in this document)", count - 1),
        };
        let message = format!("the portal shows only a link to the image at `{address}`{further_images}");
        problems.push(
            Problem::new(RULE.id, document.place(span), message)
                .help("save the image below the content folder and refer to it by its path"),
        );
    }
}

/// The server in a URL.
fn server(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}
