//! Helpers shared by rules on weakly addressed clauses.

use super::uncovered_clause::units_with;
use crate::assess::{Assessed, ClaimRef, ClauseAssessment, State, Verdict};
use crate::finding::{Problem, RuleId, StandardPart};
use crate::place::Place;

/// A way in which a clause is not fully addressed.
#[derive(Clone, Copy)]
pub(super) struct Weakness {
    /// The verdict of such clauses.
    pub(crate) verdict: Verdict,
    /// The phrase for the message, after the clause's number and title.
    pub(crate) phrase: &'static str,
    /// The help. `{id}` is replaced by the document that comes closest to covering the clause.
    pub(crate) help: &'static str,
}

/// Reports each coverage unit of the main standard with a verdict, at the claim that comes closest to covering it.
pub(super) fn report(assessed: &Assessed<'_>, rule: RuleId, weakness: Weakness, problems: &mut Vec<Problem>) {
    for clause in units_with(assessed, weakness.verdict) {
        let facts = assessed.reading.standards.clause(clause.clause);
        let title = facts.title.as_deref().map_or_else(String::new, |title| format!(" {title}"));
        let open = open_parts(assessed, clause);
        let claims = claims_below(assessed, clause);
        let weakness = claims
            .first()
            .map_or(weakness, |claim| weakness_of(claim).unwrap_or_else(|| adapt_to_change(claim, weakness)));
        let message = format!("clause {}{title} {}{open}", facts.id, weakness.phrase);
        let id = claims.first().and_then(|claim| assessed.reading.handbook.document(claim.document).id());
        let help = weakness.help.replace("{id}", id.map_or("the document", |id| id.as_str()));
        let mut places = claims.iter().map(|claim| place(assessed, claim));
        let place = places.next().unwrap_or_else(|| assessed.reading.settings.standards_place());
        let problem = Problem::new(rule, place, message).help(help).about(StandardPart::Clause(clause.clause));
        problems.push(places.fold(problem, |problem, place| problem.related(place, "another claim on it")));
    }
}

/// The weakness of a clause whose best claim would count if it were readable and backed by text.
fn weakness_of(claim: &ClaimRef) -> Option<Weakness> {
    let is_hollow = !claim.is_backed && Verdict::from_claim(claim.state, claim.extent) > Verdict::Draft;
    is_hollow.then_some(Weakness {
        verdict: Verdict::Draft,
        phrase: "is claimed only by empty sections or by claims that cannot be read",
        help: "write what addresses the clause, and correct the claim",
    })
}

/// Adapts a weakness whose best claim is in a document that changed since its approval: a review does not make it count
/// again.
fn adapt_to_change(claim: &ClaimRef, weakness: Weakness) -> Weakness {
    if weakness.verdict != Verdict::Stale || claim.state != State::Changed {
        return weakness;
    }
    let help = "get the changed text of {id} approved, or restore the text as it was; then it counts again";
    Weakness { help, ..weakness }
}

/// Names the uncovered parts of a partly covered clause.
fn open_parts(assessed: &Assessed<'_>, clause: &ClauseAssessment) -> String {
    if !clause.rolled_up || clause.verdict != Some(Verdict::Partial) {
        return String::new();
    }
    let parts = assessed.reading.standards.children(clause.clause).iter().map(|part| assessed.assessment.clause(*part));
    let open = parts.filter(|part| part.verdict.is_some() && part.own_verdict.is_gap());
    let open: Vec<String> = open.map(|part| assessed.reading.standards.clause(part.clause).id.to_string()).collect();
    if open.is_empty() { String::new() } else { format!("; open: {}", open.join(", ")) }
}

/// The claims that count on a clause and on its parts, best first.
fn claims_below<'a>(assessed: &Assessed<'a>, clause: &'a ClauseAssessment) -> Vec<&'a ClaimRef> {
    let mut claims: Vec<&ClaimRef> = Vec::new();
    let mut open = vec![clause];
    while let Some(clause) = open.pop() {
        claims.extend(clause.claims.iter().filter(|claim| claim.counts));
        let parts = assessed.reading.standards.children(clause.clause).iter().rev();
        open.extend(parts.map(|part| assessed.assessment.clause(*part)));
    }
    claims.sort_by_key(|claim| std::cmp::Reverse(claim.verdict()));
    claims.truncate(MAX_CLAIMS);
    claims
}

/// The maximum number of claims named in a finding.
const MAX_CLAIMS: usize = 4;

fn place(assessed: &Assessed<'_>, claim: &ClaimRef) -> Place {
    let document = assessed.reading.handbook.document(claim.document);
    document
        .claims
        .get(claim.claim as usize)
        .map_or_else(|| document.front_matter_place(), |claim| document.place(claim.span))
}
