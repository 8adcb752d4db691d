//! Items of documented information that are not in any standard.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("unknown-item"),
    group: Group::DocumentedInformation,
    severity: Severity::Error,
    meaning: "A document provides an item of documented information that is not in any of the handbook's standards.",
    why: "The intended item stays missing, although its author believes that it is provided.",
    fix: "Correct the name. `clausebook explain CLAUSE` and the pages of clauses list the items.",
    example: "provides: [change-policy]",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let items = subject.document.front().map_or(&[][..], |front| &front.provides);
    for item in items.iter().filter(|item| assessed.reading.standards.item(&item.value).is_none()) {
        let message = format!("no standard in this handbook has an item `{}`", item.value.item);
        let mut problem = Problem::new(RULE.id, subject.document.place(item.span), message);
        if let Some(nearest) = assessed.reading.standards.nearest_item(item.value.item.as_str()) {
            problem = problem.help(format!("did you mean `{nearest}`?"));
        }
        problems.push(problem);
    }
}
