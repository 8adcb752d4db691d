//! Links in an edition to documents that it does not show.

use super::{Check, Group, Rule};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Destination, Document, Reading};

pub(super) const RULE: Rule = Rule {
    id: RuleId("link-to-withheld"),
    group: Group::Links,
    severity: Severity::Note,
    meaning: "In an edition that is checked by its name, a link ends in a document that the edition does not show.",
    why: "Readers of the edition see words without a link, and learn that there is something to withhold.",
    fix: "Reword the sentence so that it reads well without the link, or show the document in this edition.",
    example: "[[POL-SEC-001]], which is confidential, checked with `--edition customers`",
    check: Check::Reading,
};

/// Returns a problem for every such link.
pub(crate) fn links_to_withheld(reading: &Reading) -> Vec<Problem> {
    reading.handbook.indexed().flat_map(|(_, document)| document_problems(document)).collect()
}

fn document_problems(document: &Document) -> impl Iterator<Item = Problem> {
    let links = document.file.body.links.iter().zip(&document.links);
    let withheld = links.filter(|(_, destination)| matches!(destination, Destination::Withheld { .. }));
    withheld.map(|(link, _)| {
        let message = "this link ends in a document that the edition does not show";
        Problem::new(RULE.id, document.place(link.target_span), message)
            .help("reword the sentence so that it reads well without the link")
    })
}
