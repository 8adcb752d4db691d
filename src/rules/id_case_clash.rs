//! Two IDs that differ only in letter case.

use std::sync::Arc;

use ahash::AHashMap;

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::Document;

pub(super) const RULE: Rule = Rule {
    id: RuleId("id-case-clash"),
    group: Group::Identity,
    severity: Severity::Error,
    meaning: "Two IDs differ only in upper and lower case.",
    why: "To a reader, pol-chg-001 and POL-CHG-001 are the same ID; to Clausebook they are different.",
    fix: "Write the ID the same way in both places, or give one of the documents another ID.",
    example: "id: pol-chg-001 beside id: POL-CHG-001",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let mut first: AHashMap<String, &Document> = AHashMap::with_capacity(assessed.reading.handbook.documents.len());
    for (_, document) in assessed.reading.handbook.controlled() {
        let Some(id) = document.front().and_then(|front| front.id.as_ref()) else { continue };
        let other = *first.entry(id.value.folded()).or_insert(document);
        if let Some(theirs) = other.id().filter(|theirs| **theirs != id.value) {
            let message =
                format!("ID {} differs from {theirs} in `{}` only in upper and lower case", id.value, other.path());
            problems
                .push(Problem::new(RULE.id, document.place(id.span), message).help("give this document its own ID"));
        }
    }
    let mut known: AHashMap<String, (&str, Arc<str>)> = first
        .into_iter()
        .filter_map(|(key, document)| Some((key, (document.id()?.as_str(), document.front_matter_place().file))))
        .collect();
    for used in assessed.reading.handbook.registers.used_ids() {
        let id = used.id;
        let (other_id, file) = known.entry(id.folded()).or_insert_with(|| (id.as_str(), used.file().clone()));
        if *other_id != id.as_str() {
            let message = format!("ID {id} differs from {other_id} in `{file}` only in upper and lower case");
            problems
                .push(Problem::new(RULE.id, used.place(), message).help(format!("give this {} its own ID", used.noun)));
        }
    }
}
