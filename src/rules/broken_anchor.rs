//! Links to sections that do not exist.

use std::collections::HashMap;

use super::{Check, CheckedDocument, Group, Rule, retarget};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::fix::Fix;
use crate::handbook::{Destination, Document};
use crate::markdown::Link;
use crate::spelling::Dictionary;
use crate::text::clip;

pub(super) const RULE: Rule = Rule {
    id: RuleId("broken-anchor"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "A link points to a section that does not exist on the target page.",
    why: "The reader lands at the top of a long page and has to hunt for the section.",
    fix: "Correct the anchor after `#`. Give a heading that others link to its own anchor: `## Scope {#scope}`.",
    example: "[the scope](policy.md#scpoe)",
    check: Check::Document(check),
};

/// The help for an anchor that is not similar to any other.
const UNKNOWN_HELP: &str = "link to one of its headings, or add the anchor there: `## Title {#anchor}`, or `<a id=\"anchor\"></a>` in the text";

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    // Anchors of the pages that broken links of this document point to, by path.
    let mut pages: HashMap<&str, Dictionary> = HashMap::new();
    for (link, destination) in document.file.body.links.iter().zip(&document.links) {
        if let Some(message) = entry_section_message(link, destination) {
            let problem = Problem::new(RULE.id, document.place(link.target_span), message);
            problems.push(problem.help("remove the `#` and what follows it"));
            continue;
        }
        // No browser shows a page as an image, whichever section is named.
        if link.is_image() {
            continue;
        }
        let Some((page, anchor)) = assessed.reading.handbook.missing_anchor(document, destination) else { continue };
        let anchors = || Dictionary::new(page.file.body.anchors());
        let anchors_of_page = pages.entry(page.path()).or_insert_with(anchors);
        let whose = if std::ptr::eq(page, document) { "this page".to_owned() } else { format!("`{}`", page.path()) };
        let mut problem =
            Problem::new(RULE.id, document.place(link.target_span), format!("{whose} has no section `#{anchor}`"));
        if let Some(suggestion) = anchors_of_page.nearest(anchor, None) {
            problem = problem.help(format!("did you mean `#{suggestion}`?"));
            if let Some(fix) =
                anchor_fix(document, link, suggestion).filter(|_| anchors_of_page.is_unambiguous(anchor, suggestion))
            {
                problem = problem.fix(fix);
            }
        } else {
            problem = problem.help(UNKNOWN_HELP);
        }
        problems.push(problem);
    }
}

/// The message for a link to a section of an entry, if it is one. Entries do not have sections.
pub(super) fn entry_section_message(link: &Link, destination: &Destination) -> Option<String> {
    let Destination::Entry { id, .. } = destination else { return None };
    let (_, section) = link.target.split_once('#').filter(|(_, section)| !section.is_empty())?;
    Some(format!("{id} is an entry of a register, which has no section `#{}`", clip(section)))
}

/// A fix that replaces the missing anchor of a link by a known one.
fn anchor_fix(document: &Document, link: &Link, anchor: &str) -> Option<Fix> {
    let start = link.target.find('#')? + 1;
    let end = link.target.find(":~:").filter(|end| *end > start).unwrap_or(link.target.len());
    let is_plain = anchor.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
    is_plain.then(|| retarget::replace(document, link, start..end, anchor.to_owned())).flatten()
}
