//! Links to sections that are not there.

use super::{Check, Context, Group, Rule, Subject};
use crate::finding::{Fault, RuleId, Severity};
use crate::handbook::{Destination, Document};
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    id: RuleId("broken-anchor"),
    group: Group::Links,
    severity: Severity::Error,
    meaning: "A link names a section that its page does not have.",
    why: "The reader lands at the top of a long page and has to search for what was promised.",
    mend: "Correct what stands after `#`; give headings that others link to an anchor of their own: `## Scope {#scope}`.",
    example: "[the scope](policy.md#scpoe)",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, subject: Subject<'_>, faults: &mut Vec<Fault>) {
    let document = subject.document;
    for (link, destination) in document.file.body.links.iter().zip(&document.links) {
        let (page, anchor): (&Document, &str) = match destination {
            Destination::Document { document, anchor: Some(anchor), .. } => (context.handbook.document(*document), anchor),
            Destination::Here { anchor } => (document, anchor),
            _ => continue,
        };
        if anchor.is_empty() || page.file.body.anchors.iter().any(|known| known == anchor) {
            continue;
        }
        let whose = if std::ptr::eq(page, document) { "this page".to_owned() } else { format!("`{}`", page.path()) };
        let mut fault =
            Fault::new(RULE.id, document.place(link.target_span), format!("{whose} has no section `#{anchor}`"));
        if let Some(known) = nearest(anchor, page.file.body.anchors.iter().map(String::as_str)) {
            fault = fault.help(format!("did you mean `#{known}`?"));
        }
        faults.push(fault);
    }
}
