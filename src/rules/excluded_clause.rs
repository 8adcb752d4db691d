//! Clauses that the settings would like to leave out.

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::config::Excluded;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("excluded-clause"),
    group: Group::Clauses,
    severity: Severity::Error,
    meaning: "The settings exclude a clause of a standard that allows no exclusion, or give no reason for it.",
    why: "All requirements of ISO/IEC 20000-1 are generic, and none may be excluded, whatever the organization does \
          (1.2).",
    fix: "Address the clause. If a situation does not arise, say so in a document and list its items under \
          `not_needed`.",
    example: "excluded: [{clause: 8.4.1, reason: we do not bill}]",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    for excluded in &assessed.reading.settings.excluded {
        if let Some((message, help)) = judge(assessed, excluded) {
            problems.push(Problem::new(RULE.id, assessed.reading.settings.place(excluded.clause.span), message).help(help));
        }
    }
}

/// What is wrong with an exclusion, and what to do about it.
fn judge(assessed: &Assessed<'_>, excluded: &Excluded) -> Option<(String, &'static str)> {
    let reference = &excluded.clause.value;
    let Ok(key) = assessed.reading.standards.resolve(reference) else {
        return Some((format!("no standard in this handbook has a clause {reference}"), "remove the entry"));
    };
    let catalogue = assessed.reading.standards.catalogue(key.standard);
    if !assessed.reading.standards.is_excludable(key) {
        let help = "remove the entry and address the clause; until then it counts as missing";
        if assessed.reading.standards.has_excludable(key.standard) {
            return Some((
                format!("{} does not allow clause {} to be excluded", catalogue.title, reference.clause),
                help,
            ));
        }
        let message =
            format!("{} does not allow any clause to be excluded, including {}", catalogue.title, reference.clause);
        return Some((message, help));
    }
    let has_reason = excluded.reason.as_ref().is_some_and(|reason| !reason.value.trim().is_empty());
    (!has_reason).then(|| (format!("clause {reference} is excluded without a reason"), "add `reason: ...`"))
}
