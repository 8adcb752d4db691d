//! Clauses of the main standard that no document addresses.

use super::{Check, Group, Rule};
use crate::assess::{Assessed, ClauseAssessment, Verdict};
use crate::finding::{Problem, RuleId, Severity, StandardPart};

pub(super) const RULE: Rule = Rule {
    id: RuleId("uncovered-clause"),
    group: Group::Clauses,
    severity: Severity::Error,
    meaning: "No document addresses a clause of the main standard.",
    why: "Clauses 4 to 10 all apply; an auditor will ask which document addresses this one.",
    fix: "Write the document, or add the clause to `clauses` in the document that already addresses it.",
    example: "clause 8.6.3 is in no document's `clauses`",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    for clause in units_with(assessed, Verdict::Missing) {
        let facts = assessed.reading.standards.clause(clause.clause);
        let mentioned = if clause.mentions.is_empty() {
            format!("add `{}` to the `clauses` of the document that addresses it", facts.id)
        } else {
            "a parent clause is claimed, which does not cover this one; add this clause to the document that addresses it".to_owned()
        };
        let message = format!("no document addresses clause {} {}", facts.id, facts.title.as_deref().unwrap_or(""));
        let problem =
            Problem::new(RULE.id, assessed.reading.settings.standards_place(), message.trim_end()).help(mentioned);
        problems.push(problem.about(StandardPart::Clause(clause.clause)));
    }
}

/// The coverage units of the main standard with this verdict.
pub(super) fn units_with<'a>(assessed: &Assessed<'a>, verdict: Verdict) -> impl Iterator<Item = &'a ClauseAssessment> {
    let standards = &assessed.reading.standards;
    let main = assessed.assessment.clauses.first().into_iter().flatten();
    main.filter(move |clause| standards.is_unit(clause.clause) && clause.verdict == Some(verdict))
}
