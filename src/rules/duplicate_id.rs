//! Two documents with one id.

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("duplicate-id"),
    group: Group::Identity,
    severity: Severity::Error,
    meaning: "Two documents have the same ID.",
    why: "An ID must identify one document permanently. If it is duplicated, a reference may lead to the wrong \
          document.",
    fix: "Give one of them an ID that has never been used.",
    example: "id: POL-CHG-001, in two files",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let handbook = &assessed.reading.handbook;
    for (index, document) in handbook.controlled() {
        let Some(id) = document.front().and_then(|front| front.id.as_ref()) else { continue };
        // An id leads to the first document that has it.
        let Some(first) = handbook.lookup.by_id(&id.value).filter(|first| *first != index) else { continue };
        let other = handbook.document(first);
        problems.push(
            Problem::new(
                RULE.id,
                document.place(id.span),
                format!("ID {} is already used by `{}`", id.value, other.path()),
            )
            .help("give this document its own ID")
            .related(other.opening(), "the first document with this ID"),
        );
    }
    for (index, placed) in handbook.registers.indexed() {
        let id = &placed.entry.id.value;
        let first = match (handbook.lookup.by_id(id), handbook.lookup.entry(id)) {
            (Some(document), _) => handbook.document(document).opening(),
            (None, Some(entry)) if entry != index => handbook.registers.entry(entry).id_place(),
            _ => continue,
        };
        let message = format!("ID {id} is already used in `{}`", first.file);
        let problem = Problem::new(RULE.id, placed.id_place(), message).help("give this entry its own ID");
        problems.push(problem.related(first, "the first use of this ID"));
    }
}
