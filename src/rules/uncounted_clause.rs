//! Clauses of a handbook's own catalogue that count for nothing.

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("uncounted-clause"),
    group: Group::Handbook,
    severity: Severity::Warning,
    meaning: "A clause of a catalogue in `standards/` has no subclauses, and is neither a coverage unit, part of one nor informative.",
    why: "Once a catalogue marks one coverage unit, only marked clauses count: coverage can be 100% while this clause is missing.",
    fix: "Add `coverage_unit: true` to the clause, or `informative: true` if it contains no requirements.",
    example: "a catalogue in which clause 1.1 has `coverage_unit: true`, and its sibling 1.2 does not",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let standards = &assessed.reading.standards;
    let uncounted = standards.to_cover().flat_map(|standard| &standards.catalogue(standard).uncounted);
    problems.extend(uncounted.map(|(clause, place)| {
        let message = format!("clause {clause} counts for nothing: it is neither a coverage unit nor informative");
        let help = "add `coverage_unit: true`, or `informative: true` if the clause contains no requirements";
        Problem::new(RULE.id, place.clone(), message).help(help)
    }));
}
