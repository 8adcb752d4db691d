//! Claims on a standard that the handbook does not use.

use super::unknown_clause::unresolved;
use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::standard::{ResolveError, built_in_names};

pub(super) const RULE: Rule = Rule {
    id: RuleId("unknown-standard"),
    group: Group::Clauses,
    severity: Severity::Error,
    meaning: "A claim uses a standard that is not in the settings.",
    why: "The claim appears on no page and in no figure, although its author believes that it does.",
    fix: "Add the standard to `standards` in the settings, or correct its name.",
    example: "clauses: [iso27k:A.5.24]",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    for claim in unresolved(subject.document) {
        let Err(ResolveError::Standard { nearest }) = assessed.reading.standards.resolve(&claim.clause.value) else {
            continue;
        };
        let Some(name) = &claim.clause.value.standard else { continue };
        let known: Vec<String> = assessed
            .reading
            .standards
            .indexes()
            .map(|index| assessed.reading.standards.catalogue(index).id.to_string())
            .collect();
        let help = match nearest {
            _ if built_in_names().any(|built_in| built_in == name.as_str()) => {
                format!("add `{name}` to `standards` in the settings")
            }
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("this handbook uses {}; add others under `standards` in the settings", known.join(", ")),
        };
        let place = subject.document.place(claim.clause.span);
        problems
            .push(Problem::new(RULE.id, place, format!("this handbook does not use the standard `{name}`")).help(help));
    }
}
