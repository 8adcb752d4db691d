//! Claims on clauses that only group others.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{Assessed, Verdict};
use crate::finding::{Problem, RuleId, Severity, StandardPart};
use crate::id::ClauseKey;
use crate::standard::Standards;

pub(super) const RULE: Rule = Rule {
    id: RuleId("parent-claim"),
    group: Group::Clauses,
    severity: Severity::Warning,
    meaning: "A document addresses a parent clause, which covers none of the clauses below it. Reported as a note if \
              those clauses are all covered, and for standards other than the main one.",
    why: "The requirements are in 8.5.1 to 8.5.3, not in 8.5, and an auditor checks each one.",
    fix: "Claim the clauses below it that the document addresses.",
    example: "clauses: [8.5]",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    for claim in document
        .claims
        .iter()
        .filter(|claim| document.is_controlled() && has_units_below(&assessed.reading.standards, claim.clause))
    {
        let clause = assessed.reading.standards.clause(claim.clause);
        let message = format!(
            "a claim on {} {} covers none of the clauses below it",
            clause.id,
            clause.title.as_deref().unwrap_or("")
        );
        let mut problem = Problem::new(RULE.id, document.place(claim.span), message)
            .help(help(&assessed.reading.standards, claim.clause))
            .about(StandardPart::Clause(claim.clause));
        let is_covered = assessed.assessment.clause(claim.clause).verdict == Some(Verdict::Covered);
        if is_covered || Some(claim.clause.standard) != assessed.reading.standards.main() {
            problem = problem.with_max_severity(Severity::Note);
        }
        problems.push(problem);
    }
}

/// Whether there are coverage units below a clause that is not one itself.
fn has_units_below(standards: &Standards, clause: ClauseKey) -> bool {
    if standards.is_unit(clause) || standards.ancestors(clause).any(|above| standards.is_unit(above)) {
        return false;
    }
    let mut open = standards.children(clause).to_vec();
    while let Some(below) = open.pop() {
        if standards.is_unit(below) {
            return true;
        }
        open.extend(standards.children(below));
    }
    false
}

fn help(standards: &Standards, clause: ClauseKey) -> String {
    let below: Vec<String> =
        standards.children(clause).iter().map(|key| standards.clause(*key).id.to_string()).collect();
    match below.as_slice() {
        [first, .., last] => format!("claim the clauses from {first} to {last} that this document addresses"),
        _ => format!("claim {} instead", below.join("")),
    }
}
