//! Two documents, entries or decisions with the same ID.

use ahash::AHashMap;

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::UsedId;
use crate::id::DocumentId;

pub(super) const RULE: Rule = Rule {
    id: RuleId("duplicate-id"),
    group: Group::Identity,
    severity: Severity::Error,
    meaning: "Two documents, entries or decisions have the same ID.",
    why: "An ID must identify one thing permanently. If it is duplicated, a reference may lead to the wrong \
          one.",
    fix: "Give one of them an ID that has never been used.",
    example: "id: POL-CHG-001, in two files",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    for (index, document) in handbook.controlled() {
        let Some(id) = document.front().and_then(|front| front.id.as_ref()) else { continue };
        // An ID resolves to the first document that has it.
        let Some(first) = handbook.lookup.by_id(&id.value).filter(|first| *first != index) else { continue };
        let other = handbook.document(first);
        problems.push(
            Problem::new(
                RULE.id,
                document.place(id.span),
                format!("ID {} is already used by `{}`", id.value, other.path()),
            )
            .help("give this document its own ID")
            .related(other.front_matter_place(), "the first document with this ID"),
        );
    }
    let mut first: AHashMap<&DocumentId, UsedId<'_>> = AHashMap::new();
    for used in handbook.registers.used_ids() {
        let document = handbook.lookup.by_id(used.id).map(|document| handbook.document(document).front_matter_place());
        let Some(first_use) = document.or_else(|| first.get(used.id).map(UsedId::place)) else {
            first.insert(used.id, used);
            continue;
        };
        let message = format!("ID {} is already used in `{}`", used.id, first_use.file);
        let problem = Problem::new(RULE.id, used.place(), message).help(format!("give this {} its own ID", used.noun));
        problems.push(problem.related(first_use, "the first use of this ID"));
    }
}
