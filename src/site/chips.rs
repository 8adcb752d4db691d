//! Chips: what a heading or a whole document claims, each a link to the clause.

use super::body::repeated_title;
use super::model::ClaimChip;
use super::portal::Portal;
use crate::handbook::Document;
use crate::html::escape;
use crate::id::ClauseKey;
use crate::source::front_matter::Extent;
use crate::url::SitePath;

/// Writes the chips of a heading.
pub(super) fn write(portal: &Portal<'_>, out: &mut String, document: &Document, heading: u32, page: &SitePath) {
    for (clause, extent) in claimed(document, |claim| claim == Some(heading)) {
        let ClaimChip { number, hint, extent, .. } = chip(portal, clause, extent, "section");
        out.push_str("<a class=\"sec\" href=\"");
        escape(out, &portal.clause_path(clause).relative_to(page));
        out.push_str("\" title=\"");
        escape(out, &hint);
        out.push_str("\">§\u{a0}");
        escape(out, &number);
        if extent == Extent::Partial {
            out.push(' ');
            escape(out, portal.labels.text("matrix.partial"));
        }
        out.push_str("</a>");
    }
}

/// The chips of a whole document: its own claims, and those of a heading that only repeats its title.
pub(super) fn of_document(portal: &Portal<'_>, document: &Document) -> Vec<ClaimChip> {
    let title = repeated_title(document).map(|_| 0);
    let whole = claimed(document, |heading| heading.is_none() || heading == title);
    whole.into_iter().map(|(clause, extent)| chip(portal, clause, extent, "document")).collect()
}

/// Clauses that some claims of a document name, each once with the most that is claimed of it.
fn claimed(document: &Document, is_wanted: impl Fn(Option<u32>) -> bool) -> Vec<(ClauseKey, Extent)> {
    let mut clauses: Vec<(ClauseKey, Extent)> = Vec::new();
    for claim in document.claims.iter().filter(|claim| is_wanted(claim.heading)) {
        match clauses.iter_mut().find(|(clause, _)| *clause == claim.clause) {
            Some((_, extent)) => *extent = claim.extent.max(*extent),
            None => clauses.push((claim.clause, claim.extent)),
        }
    }
    clauses
}

fn chip(portal: &Portal<'_>, clause: ClauseKey, extent: Extent, by: &str) -> ClaimChip {
    let link = portal.clause_link(clause);
    let name = format!("{} {}", link.number, link.title);
    let key = format!("say.chip.{by}_{}", extent.as_str());
    let hint = portal.labels.fill(&key, &[("clause", name.trim())]);
    ClaimChip { number: link.number, url: link.url, extent, hint }
}
