//! Claims of a document on clauses that exist in a standard.

use ahash::{AHashMap, AHashSet};

use super::document::{Document, ResolvedClaim};
use super::file::ParsedFile;
use crate::id::ClauseKey;
use crate::place::Span;
use crate::source::front_matter::{Claim, Extent};
use crate::standard::Standards;

/// The claims of a file, those of the whole document first. Contradictory claims on one clause in a list are uncertain.
pub(super) fn claims(standards: &Standards, file: &ParsedFile) -> Vec<ResolvedClaim> {
    let mut claims: Vec<ResolvedClaim> =
        all_claims(file).filter_map(|(claim, heading)| resolve_claim(standards, claim, heading)).collect();
    if claims.len() > 1 {
        downgrade_doubtful(&mut claims);
    }
    let fragments: AHashSet<Option<u32>> =
        all_claims(file).filter(|(claim, _)| is_fragment(standards, claim)).map(|(_, heading)| heading).collect();
    for claim in claims.iter_mut().filter(|claim| !claim.prefixed && fragments.contains(&claim.heading)) {
        claim.certain = false;
    }
    claims
}

/// Every claim of a file with the index of the heading that makes it.
fn all_claims(file: &ParsedFile) -> impl Iterator<Item = (&Claim, Option<u32>)> {
    let by_document = file.front.iter().flat_map(|front| &front.clauses).map(|claim| (claim, None));
    let by_heading = (0..).zip(&file.body.headings);
    by_document.chain(by_heading.flat_map(|(at, heading)| heading.claims.iter().map(move |claim| (claim, Some(at)))))
}

/// Whether a claim looks like the name of a standard to which the numbers beside it belong: `iso27001:2022`, `27001`,
/// `iso27001:A`.
fn is_fragment(standards: &Standards, claim: &Claim) -> bool {
    let reference = &claim.clause.value;
    let is_one_part = reference.clause.parent().is_none();
    is_one_part && (reference.is_annex_alone() || standards.find_reference(reference).is_none())
}

fn resolve_claim(standards: &Standards, claim: &Claim, heading: Option<u32>) -> Option<ResolvedClaim> {
    Some(ResolvedClaim {
        clause: standards.find_reference(&claim.clause.value)?,
        extent: claim.extent,
        heading,
        note: claim.note.as_ref().map(|note| note.value.clone()),
        span: claim.clause.span,
        prefixed: claim.clause.value.standard.is_some(),
        certain: claim.is_certain,
        has_content: true,
    })
}

/// Makes claims uncertain if the same list claims their clause to another extent, or in a form that cannot be read. A
/// clause is the same with and without the name of its standard.
fn downgrade_doubtful(claims: &mut [ResolvedClaim]) {
    let mut seen: AHashMap<(Option<u32>, ClauseKey), (Extent, bool)> = AHashMap::with_capacity(claims.len());
    for claim in claims.iter() {
        let first = seen.entry((claim.heading, claim.clause)).or_insert((claim.extent, true));
        first.1 &= claim.certain && claim.extent == first.0;
    }
    for claim in claims {
        claim.certain &= seen.get(&(claim.heading, claim.clause)).is_none_or(|(_, is_certain)| *is_certain);
    }
}

impl Document {
    /// Claims that contradict an earlier claim in the same list about the extent of a clause, each with the span of
    /// that claim.
    pub(crate) fn contradicting_claims(&self) -> Vec<(&ResolvedClaim, Span)> {
        let mut first: AHashMap<(Option<u32>, ClauseKey), &ResolvedClaim> = AHashMap::new();
        let mut contradictions = Vec::new();
        for claim in &self.claims {
            let before = *first.entry((claim.heading, claim.clause)).or_insert(claim);
            if before.extent != claim.extent {
                contradictions.push((claim, before.span));
            }
        }
        contradictions
    }
}
