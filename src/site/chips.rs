//! Chips: the claims of a heading or a whole document, each with a link to the clause.

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
    for claimed in claimed_clauses(document, |claim| claim == Some(heading)) {
        let clause = claimed.clause;
        let ClaimChip { number, hint, extent, .. } = chip(portal, &claimed, "section");
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

/// The chips of a whole document: claims without a heading, and those of a heading that only repeats the title.
pub(super) fn document_chips(portal: &Portal<'_>, document: &Document) -> Vec<ClaimChip> {
    let title = repeated_title(document).map(|_| 0);
    let document_clauses = claimed_clauses(document, |heading| heading.is_none() || heading == title);
    document_clauses.iter().map(|claimed| chip(portal, claimed, "document")).collect()
}

/// A claimed clause, with the greatest extent that is certain.
struct ClaimedClause {
    clause: ClauseKey,
    extent: Extent,
    /// Whether one of the claims can count in full.
    counts: bool,
}

/// The clauses claimed by the selected claims of a document, each once.
fn claimed_clauses(document: &Document, is_wanted: impl Fn(Option<u32>) -> bool) -> Vec<ClaimedClause> {
    let mut clauses: Vec<ClaimedClause> = Vec::new();
    for claim in document.claims.iter().filter(|claim| is_wanted(claim.heading)) {
        let (extent, counts) = (claim.certain_extent(), claim.counts_fully());
        match clauses.iter_mut().find(|claimed| claimed.clause == claim.clause) {
            Some(claimed) => (claimed.extent, claimed.counts) = (extent.max(claimed.extent), counts | claimed.counts),
            None => clauses.push(ClaimedClause { clause: claim.clause, extent, counts }),
        }
    }
    clauses
}

fn chip(portal: &Portal<'_>, claimed: &ClaimedClause, by: &str) -> ClaimChip {
    let ClaimedClause { clause, extent, counts } = *claimed;
    let link = portal.clause_link(clause);
    let name = format!("{} {}", link.number, link.title);
    let key = match counts {
        true => format!("say.chip.{by}_{}", extent.as_str()),
        false => format!("say.chip.{by}_named"),
    };
    let hint = portal.labels.fill(&key, &[("clause", name.trim())]);
    ClaimChip { number: link.number, url: link.url, extent, hint }
}
