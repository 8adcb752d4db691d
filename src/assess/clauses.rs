//! Verdicts of clauses.

use super::applicability::Applicability;
use super::state::{Life, State};
use super::verdict::{ClaimRef, ClauseAssessment, Verdict};
use crate::handbook::{Document, DocumentIndex, Handbook, Reading, ResolvedClaim};
use crate::id::{ClauseKey, StandardIndex};
use crate::standard::Standards;

/// The type of documents whose claims never count, because they are blank forms.
const TEMPLATE_TYPE: &str = "template";

/// Claims by clause, for every standard: the outer index is the standard, the inner one the clause.
type ClaimsByClause = Vec<Vec<Vec<ClaimRef>>>;

/// The verdict of every clause of every standard, in the standards' order.
pub(super) fn assess_clauses(
    reading: &Reading,
    lives: &[Life],
    applicability: &Applicability<'_>,
) -> Vec<Vec<ClauseAssessment>> {
    let claims = collect_claims(&reading.handbook, &reading.standards, lives);
    let of_standard = |standard: StandardIndex| {
        let assess = ClauseAssessor { standards: &reading.standards, applicability, claims: &claims[standard.at()] };
        assess.assess_standard(standard)
    };
    reading.standards.indexes().map(of_standard).collect()
}

fn collect_claims(handbook: &Handbook, standards: &Standards, lives: &[Life]) -> ClaimsByClause {
    let empty = |standard| vec![Vec::new(); standards.catalogue(standard).clauses.len()];
    let mut claims: ClaimsByClause = standards.indexes().map(empty).collect();
    for ((index, document), life) in handbook.indexed().zip(lives) {
        for (at, claim) in (0..).zip(&document.claims) {
            let reference = claim_ref(index, document, at, claim, life.state);
            claims[claim.clause.standard.at()][claim.clause.clause.at()].push(reference);
        }
    }
    for list in claims.iter_mut().flatten() {
        list.sort_by_key(|claim| (std::cmp::Reverse(claim.verdict()), claim.document, claim.claim));
    }
    claims
}

fn claim_ref(index: DocumentIndex, document: &Document, at: u32, claim: &ResolvedClaim, state: State) -> ClaimRef {
    let counts = can_claim(document) && state != State::Retired;
    ClaimRef {
        document: index,
        claim: at,
        extent: claim.certain_extent(),
        state,
        counts,
        is_backed: claim.counts_fully(),
    }
}

/// Whether a document's claims can count at all, whatever its state.
fn can_claim(document: &Document) -> bool {
    document.is_controlled() && &*document.doc_type != TEMPLATE_TYPE
}

/// The verdict that a single claim supports if its document is in the given state.
pub(super) fn claim_verdict(document: &Document, claim: &ResolvedClaim, state: State) -> Verdict {
    claim_ref(DocumentIndex(0), document, 0, claim, state).verdict()
}

/// The coverage unit that a clause is a part of.
pub(super) fn parent_unit(standards: &Standards, key: ClauseKey) -> Option<ClauseKey> {
    standards.ancestors(key).find(|above| standards.is_unit(*above))
}

/// The coverage of a clause by its own claims and by the clauses below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ClauseCoverage {
    /// The verdict.
    pub(super) verdict: Verdict,
    /// Whether it comes from the clauses below.
    pub(super) rolled_up: bool,
    /// The number of applicable coverage units at or below the clause.
    pub(super) units: u32,
    /// The number of those units that are covered.
    pub(super) units_covered: u32,
}

impl Default for ClauseCoverage {
    fn default() -> ClauseCoverage {
        ClauseCoverage { verdict: Verdict::Missing, rolled_up: false, units: 0, units_covered: 0 }
    }
}

impl ClauseCoverage {
    /// Combines the verdict from direct claims on a clause with the coverage of the clauses right below it.
    pub(super) fn combine(
        standards: &Standards,
        applicability: &Applicability<'_>,
        key: ClauseKey,
        direct: Verdict,
        coverage_of: impl Fn(ClauseKey) -> ClauseCoverage,
    ) -> ClauseCoverage {
        if applicability.reason(key).is_some() {
            return ClauseCoverage { verdict: Verdict::NotApplicable, ..ClauseCoverage::default() };
        }
        let is_unit = standards.is_unit(key);
        let children = standards.children(key);
        let required = children.iter().filter(|child| !standards.clause(**child).informative);
        let below: Vec<ClauseCoverage> = required.map(|child| coverage_of(*child)).collect();
        let parts_verdict = Verdict::from_parts(below.iter().map(|part| part.verdict));
        let rolled_up =
            !children.is_empty() && (!is_unit || (parts_verdict != Verdict::NotApplicable && parts_verdict > direct));
        let verdict = if rolled_up { parts_verdict } else { direct };
        let sum = |count: fn(&ClauseCoverage) -> u32| below.iter().map(count).sum::<u32>();
        ClauseCoverage {
            verdict,
            rolled_up,
            units: if is_unit { 1 } else { sum(|part| part.units) },
            units_covered: if is_unit {
                u32::from(verdict == Verdict::Covered)
            } else {
                sum(|part| part.units_covered)
            },
        }
    }
}

/// The clauses of one standard, with the claims on each.
struct ClauseAssessor<'a> {
    standards: &'a Standards,
    applicability: &'a Applicability<'a>,
    claims: &'a [Vec<ClaimRef>],
}

impl ClauseAssessor<'_> {
    fn assess_standard(&self, standard: StandardIndex) -> Vec<ClauseAssessment> {
        let coverages = self.clause_coverages(standard);
        self.standards.clauses(standard).map(|key| self.assess_clause(key, &coverages)).collect()
    }

    /// Works from the last clause to the first, because a catalogue lists parents first.
    fn clause_coverages(&self, standard: StandardIndex) -> Vec<ClauseCoverage> {
        let mut coverages = vec![ClauseCoverage::default(); self.claims.len()];
        for key in self.standards.clauses(standard).rev() {
            let direct = self.claims[key.clause.at()].iter().map(ClaimRef::verdict).max().unwrap_or(Verdict::Missing);
            let below = |child: ClauseKey| coverages[child.clause.at()];
            coverages[key.clause.at()] =
                ClauseCoverage::combine(self.standards, self.applicability, key, direct, below);
        }
        coverages
    }

    fn assess_clause(&self, key: ClauseKey, coverages: &[ClauseCoverage]) -> ClauseAssessment {
        let own_coverage = coverages[key.clause.at()];
        let part_of = parent_unit(self.standards, key);
        let verdict = part_of.map_or(own_coverage.verdict, |unit| coverages[unit.clause.at()].verdict);
        let has_verdict = !self.standards.clause(key).informative && !self.standards.is_guide(key.standard);
        ClauseAssessment {
            clause: key,
            verdict: has_verdict.then_some(verdict),
            own_verdict: own_coverage.verdict,
            rolled_up: own_coverage.rolled_up && part_of.is_none(),
            part_of,
            reason: self.applicability.reason(key).map(str::to_owned),
            claims: self.claims[key.clause.at()].clone(),
            mentions: self.mentions(key),
            units: own_coverage.units,
            units_covered: own_coverage.units_covered,
        }
    }

    fn mentions(&self, key: ClauseKey) -> Vec<ClaimRef> {
        self.standards.ancestors(key).flat_map(|above| self.claims[above.clause.at()].iter().copied()).collect()
    }
}
