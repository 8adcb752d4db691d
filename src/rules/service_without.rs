//! Live services without an item that each service must have.

use super::registers::{entries, join_names};
use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::register::Kind;

pub(super) const RULE: Rule = Rule {
    id: RuleId("service-without"),
    group: Group::Registers,
    severity: Severity::Note,
    meaning: "A live service lacks documented information that is due for each service.",
    why: "An agreement or target for some services does not answer the clause for the others.",
    fix: "Name the service under `services` in the document that provides the item, or write one for it.",
    example: "service BAK is live, and no document in force that provides `sla` names it",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    for (index, placed_entry) in entries(assessed, Kind::Services) {
        let items = assessed.assessment.items_missing_for(assessed.reading, index);
        if items.is_empty() {
            continue;
        }
        let ids: Vec<String> =
            items.iter().map(|item| format!("`{}`", assessed.reading.standards.item_at(*item).id)).collect();
        let message = format!("service {} is live without {}", placed_entry.id(), join_names(ids.into_iter()));
        let help =
            format!("write `{}` under `services` in a document in force that provides each of them", placed_entry.id());
        problems
            .push(Problem::new(RULE.id, placed_entry.id_place(), message).help(help).with_subject(placed_entry.id()));
    }
}
