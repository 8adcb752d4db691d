//! Verdicts of clauses.

use super::state::Life;
use super::verdict::{ClaimRef, ClauseAssessment, Verdict};
use crate::handbook::{Document, Handbook};
use crate::id::{ClauseKey, StandardIndex};
use crate::standard::Standards;

/// The type of a document whose claims cover nothing, because it is a form to be filled in.
const TEMPLATE: &str = "template";

/// Claims by clause, for every standard: the outer index is the standard, the inner one the clause.
type ClaimsByClause = Vec<Vec<Vec<ClaimRef>>>;

/// The verdict of every clause of every standard, in the standards' order.
pub(super) fn assess(handbook: &Handbook, standards: &Standards, lives: &[Life]) -> Vec<Vec<ClauseAssessment>> {
    let claims = collect(handbook, standards, lives);
    standards.indexes().map(|standard| assess_standard(standards, standard, &claims[standard.at()])).collect()
}

fn collect(handbook: &Handbook, standards: &Standards, lives: &[Life]) -> ClaimsByClause {
    let empty = |standard| vec![Vec::new(); standards.catalogue(standard).clauses.len()];
    let mut claims: ClaimsByClause = standards.indexes().map(empty).collect();
    for ((index, document), life) in handbook.indexed().zip(lives) {
        let counts = can_claim(document);
        for (at, claim) in (0..).zip(&document.claims) {
            let state = life.state;
            claims[claim.clause.standard.at()][claim.clause.clause.at()].push(ClaimRef {
                document: index,
                claim: at,
                extent: claim.extent,
                state,
                counts: counts && state != super::State::Retired,
            });
        }
    }
    for list in claims.iter_mut().flatten() {
        list.sort_by_key(|claim| (std::cmp::Reverse(worth(claim)), claim.document, claim.claim));
    }
    claims
}

/// Whether a document's claims can count at all, whatever its state.
fn can_claim(document: &Document) -> bool {
    document.is_controlled() && &*document.kind != TEMPLATE
}

fn worth(claim: &ClaimRef) -> Verdict {
    if claim.counts { Verdict::of_claim(claim.state, claim.extent) } else { Verdict::Missing }
}

fn assess_standard(standards: &Standards, standard: StandardIndex, claims: &[Vec<ClaimRef>]) -> Vec<ClauseAssessment> {
    let mut assessed: Vec<Option<ClauseAssessment>> = vec![None; claims.len()];
    for key in standards.clauses(standard).collect::<Vec<_>>().into_iter().rev() {
        assessed[key.clause.at()] = Some(assess_clause(standards, key, claims, &assessed));
    }
    assessed.into_iter().flatten().collect()
}

/// Assesses one clause; those below it have been assessed, since a catalogue lists parents first.
fn assess_clause(
    standards: &Standards,
    key: ClauseKey,
    claims: &[Vec<ClaimRef>],
    assessed: &[Option<ClauseAssessment>],
) -> ClauseAssessment {
    let own = &claims[key.clause.at()];
    let below: Vec<&ClauseAssessment> =
        standards.children(key).iter().filter_map(|child| assessed[child.clause.at()].as_ref()).collect();
    let is_unit = standards.is_unit(key);
    let direct = own.iter().map(worth).max().unwrap_or(Verdict::Missing);
    let of_parts = Verdict::of_parts(below.iter().filter_map(|child| child.verdict));
    let rolled_up = !below.is_empty() && (!is_unit || of_parts > direct);
    let verdict = if rolled_up { of_parts } else { direct };
    let sum = |count: fn(&ClauseAssessment) -> u32| below.iter().map(|child| count(child)).sum::<u32>();
    let covered = u32::from(verdict == Verdict::Covered);
    ClauseAssessment {
        clause: key,
        verdict: (!standards.clause(key).informative).then_some(verdict),
        rolled_up,
        claims: own.clone(),
        mentions: mentions(standards, key, claims),
        units: if is_unit { 1 } else { sum(|child| child.units) },
        units_covered: if is_unit { covered } else { sum(|child| child.units_covered) },
    }
}

fn mentions(standards: &Standards, key: ClauseKey, claims: &[Vec<ClaimRef>]) -> Vec<ClaimRef> {
    standards.ancestors(key).flat_map(|above| claims[above.clause.at()].iter().copied()).collect()
}
