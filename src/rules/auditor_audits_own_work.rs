//! Auditors of clauses whose documents are their own.

use ahash::AHashMap;

use super::registers::{entries, listed};
use super::{Check, Group, Rule};
use crate::assess::{Assessed, units_of};
use crate::date::Date;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{DocumentIndex, PlacedEntry, is_one_of};
use crate::id::ClauseKey;
use crate::place::Located;
use crate::register::{Audit, Kind};

pub(super) const RULE: Rule = Rule {
    id: RuleId("auditor-audits-own-work"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "An auditor owns or wrote a document in force that addresses a clause assigned to this auditor.",
    why: "Auditors must be impartial: nobody finds the faults in their own work, and the certification body asks.",
    fix: "Assign the clause to another auditor under `auditors`, with `{who, clauses}`.",
    example: "auditors: [Internal Auditor] for clause 10.1, whose process the Internal Auditor owns",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let mut whose = Whose::new();
    for (_, placed) in entries(assessed, Kind::Audits) {
        let Some(audit) = Audit::of(&placed.entry).filter(|audit| audit.is_internal()) else { continue };
        let held = audit.held(assessed.assessment.clock.as_of).map(|held| held.to);
        for (who, clauses) in audit.auditors() {
            let clauses = if clauses.is_empty() { placed.entry.clauses() } else { clauses };
            let units = units_of(&assessed.reading.standards, clauses);
            let own = own_documents((assessed, &mut whose), who, &units, held);
            if !own.is_empty() {
                problems.push(problem(assessed, placed, who, &own));
            }
        }
    }
}

/// Whether documents are somebody's: auditors are few, and look at the same documents again and again.
type Whose<'a> = AHashMap<&'a str, AHashMap<DocumentIndex, bool>>;

/// Documents of an auditor that are in force and address one of the clauses. Of an audit that was held only those count
/// that had been approved by then.
fn own_documents<'a>(
    (assessed, whose): (&Assessed<'a>, &mut Whose<'a>),
    who: &'a Located<String>,
    units: &[ClauseKey],
    held: Option<Date>,
) -> Vec<(DocumentIndex, ClauseKey)> {
    let Assessed { reading, assessment } = assessed;
    let theirs = whose.entry(&who.value).or_default();
    let mut own: Vec<(DocumentIndex, ClauseKey)> = Vec::new();
    for unit in units {
        let parts = std::iter::once(*unit).chain(reading.standards.below(*unit));
        let claims = parts.flat_map(|key| &assessment.clause(key).claims).filter(|claim| claim.counts);
        for claim in claims.filter(|claim| claim.state.is_in_force()) {
            let document = reading.handbook.document(claim.document);
            let approved = assessment.life(claim.document).approved;
            let was_there = held.is_none_or(|held| approved.is_some_and(|approved| approved <= held));
            let mut is_theirs = || {
                let known = theirs.entry(claim.document);
                *known.or_insert_with(|| is_one_of(&who.value, &document.owners, &document.authors))
            };
            if was_there && is_theirs() && own.iter().all(|(known, _)| *known != claim.document) {
                own.push((claim.document, *unit));
            }
        }
    }
    own
}

fn problem(
    assessed: &Assessed<'_>,
    placed: &PlacedEntry,
    who: &Located<String>,
    own: &[(DocumentIndex, ClauseKey)],
) -> Problem {
    let Assessed { reading, .. } = assessed;
    let named = own.iter().map(|(document, clause)| {
        let document = reading.handbook.document(*document);
        let id = document.id().map_or_else(|| document.path().to_string(), ToString::to_string);
        format!("{id} (clause {})", reading.standards.clause(*clause).id)
    });
    let message = format!("in {}, {} audits their own work: {}", placed.id(), who.value, listed(named));
    Problem::new(RULE.id, placed.place(who.span), message).concerning(placed.id())
        .help("assign these clauses to another auditor: `{who: …, clauses: […]}`")
}
