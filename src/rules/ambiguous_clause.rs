//! Bare clause numbers that most likely mean another standard.

use super::unknown_clause::claims;
use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::id::{ClauseRef, StandardId};
use crate::source::front_matter::Claim;

pub(super) const RULE: Rule = Rule {
    id: RuleId("ambiguous-clause"),
    group: Group::Clauses,
    severity: Severity::Warning,
    meaning: "A document claims one number without a standard among several clauses of another standard that also has \
              this number.",
    why: "A number alone belongs to the main standard: 7.3 next to iso27001:7.1 and iso27001:7.2 claims ISO/IEC \
          20000-1.",
    fix: "Write the name of the standard before the number, even if it is the main one.",
    example: "clauses: [iso27001:7.1, iso27001:7.2, 7.3]",
    check: Check::Document(check),
};

/// The minimum number of claims on another standard that make a bare number among them doubtful.
const MIN_NEIGHBOURS: usize = 2;

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    if assessed.reading.standards.indexes().nth(1).is_none() {
        return;
    }
    let claims: Vec<&Claim> = claims(subject.document).collect();
    let (bare, qualified): (Vec<&Claim>, Vec<&Claim>) =
        claims.iter().partition(|claim| claim.clause.value.standard.is_none());
    let ([bare], Some(other)) = (bare.as_slice(), only_standard(&qualified)) else { return };
    let reference = &bare.clause.value;
    if qualified.len() < MIN_NEIGHBOURS || !is_doubtful(assessed, reference, other, &qualified) {
        return;
    }
    let Ok(key) = assessed.reading.standards.resolve(reference) else { return };
    let main = assessed.reading.standards.catalogue(key.standard);
    let message =
        format!("{reference} is read as a clause of {}, but every other claim here is on {other}", main.title);
    let help = format!("write `{other}:{}` or `{}:{}`", reference.clause, main.id, reference.clause);
    problems.push(Problem::new(RULE.id, subject.document.place(bare.clause.span), message).help(help));
}

/// The standard that all claims name, if it is a single one.
fn only_standard<'c>(claims: &[&'c Claim]) -> Option<&'c StandardId> {
    let first = claims.first()?.clause.value.standard.as_ref()?;
    claims.iter().all(|claim| claim.clause.value.standard.as_ref() == Some(first)).then_some(first)
}

/// Whether the number exists in the other standard, next to numbers that are claimed there, but is not claimed there
/// itself.
fn is_doubtful(assessed: &Assessed<'_>, bare: &ClauseRef, other: &StandardId, qualified: &[&Claim]) -> bool {
    let Some(other) = assessed
        .reading
        .standards
        .find_standard(other)
        .filter(|other| Some(*other) != assessed.reading.standards.main())
    else {
        return false;
    };
    let numbers = || qualified.iter().map(|claim| &claim.clause.value.clause);
    assessed.reading.standards.find(other, &bare.clause).is_some()
        && numbers().any(|number| number.top() == bare.clause.top())
        && numbers().all(|number| *number != bare.clause)
}
