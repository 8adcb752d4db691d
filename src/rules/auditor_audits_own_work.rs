//! Auditors of clauses that their own documents address.

use super::registers::{entries, join_names};
use super::{Check, Group, Rule};
use crate::assess::{Assessed, AuditedScope, IndependenceCache, OwnWork};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::PlacedEntry;
use crate::place::Span;
use crate::register::{Audit, Kind};

pub(super) const RULE: Rule = Rule {
    id: RuleId("auditor-audits-own-work"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "An auditor owns or wrote a document in force that addresses a clause assigned to this auditor.",
    why: "Auditors must be impartial, and nobody is impartial about their own work. The certification body checks this.",
    fix: "Assign the clause to another auditor under `auditors`, with `{who, clauses}`.",
    example: "auditors: [Internal Auditor] for clause 10.1, independence process the Internal Auditor owns",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let mut independence = IndependenceCache::default();
    for (_, placed_entry) in entries(assessed, Kind::Audits) {
        let Some(audit) = Audit::from_entry(&placed_entry.entry).filter(|audit| audit.is_internal()) else { continue };
        let held = audit.held(assessed.assessment.clock.as_of).map(|held| held.to);
        for (auditor, clauses) in audit.assignments() {
            for own_work in independence.own_work(assessed, &auditor.value, AuditedScope { clauses, held }) {
                problems.push(problem(assessed, placed_entry, auditor.span, &own_work));
            }
        }
    }
}

fn problem(
    assessed: &Assessed<'_>,
    placed_entry: &PlacedEntry,
    span: Span,
    OwnWork { person, documents }: &OwnWork<'_>,
) -> Problem {
    let Assessed { reading, .. } = assessed;
    let names = documents.iter().map(|(document, clause)| {
        let document = reading.handbook.document(*document);
        let id = document.id().map_or_else(|| document.path().to_string(), ToString::to_string);
        format!("{id} (clause {})", reading.standards.clause(*clause).id)
    });
    let message = format!("in {}, {} audits their own work: {}", placed_entry.id(), person, join_names(names));
    Problem::new(RULE.id, placed_entry.place(span), message)
        .with_subject(placed_entry.id())
        .help("assign these clauses to another auditor: `{who: …, clauses: […]}`")
}
