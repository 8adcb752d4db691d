//! Ids in registers that nothing has.

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::id::ClauseRef;
use crate::place::Located;
use crate::register::{FigureFault, Kind, Reference, Value};

pub(super) const RULE: Rule = Rule {
    id: RuleId("unknown-entry"),
    group: Group::Registers,
    severity: Severity::Error,
    meaning: "An entry names a document, another entry or a clause that does not exist.",
    why: "The trail from a finding to its audit, or from an action to its proof, ends there.",
    fix: "Correct the ID or the number. Where something else is meant, write it in words: words with a space are never an ID.",
    example: "source: A26-33",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let reading = assessed.reading;
    let lookup = &reading.handbook.lookup;
    unknown_indicators(assessed, problems);
    for placed in &reading.handbook.registers.entries {
        for (key, value) in placed.entry.records().into_iter().flat_map(|record| record.values()) {
            match &value.value {
                Value::References(references) if key != "id" => {
                    for Located { value, span } in references {
                        let Reference::Id(id) = value else { continue };
                        if lookup.by_id(id).is_some() || lookup.entry(id).is_some() || lookup.is_withheld(id) {
                            continue;
                        }
                        let message = format!("`{key}` names {id}, but no document or entry has that ID");
                        let near = lookup.nearest_id(id.as_str(), None).map(|near| format!("did you mean `{near}`?"));
                        let help = near.unwrap_or_else(|| "correct the ID, or write in words what is meant".to_owned());
                        problems.push(Problem::new(RULE.id, placed.place(*span), message).help(help));
                    }
                }
                Value::Clauses(clauses) => {
                    let unknown = clauses.iter().filter(|clause| reading.standards.known(&clause.value).is_none());
                    problems.extend(unknown.map(|clause| unknown_clause(placed.place(clause.span), key, clause)));
                }
                _ => {}
            }
        }
    }
}

/// Rows of tables of figures whose indicator nobody knows.
fn unknown_indicators(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    // It may be an indicator that cannot be read, or that is not shown.
    if handbook.registers.withholds || handbook.registers.lost(Kind::Indicators) > 0 {
        return;
    }
    let unknown = handbook.registers.figures.iter().filter(|figure| figure.fault == FigureFault::Unknown);
    problems.extend(unknown.map(|figure| {
        let message = format!("no indicator has the ID {}, so this value is of nothing", figure.row().id.value);
        Problem::new(RULE.id, figure.place(), message).help("correct the ID, or add the indicator to its register")
    }));
}

fn unknown_clause(place: crate::place::Place, key: &str, clause: &Located<ClauseRef>) -> Problem {
    let message = format!("`{key}` names clause {}, which no standard of this handbook has", clause.value);
    Problem::new(RULE.id, place, message).help("write the number of a clause, with `iso27001:` before one of another standard")
}
