//! Two ids that differ only in letter case.

use ahash::AHashMap;

use crate::assess::Assessed;
use super::{Check, Group, Rule};
use crate::finding::{Fault, RuleId, Severity};
use crate::handbook::Document;

pub(super) const RULE: Rule = Rule {
    id: RuleId("id-case-clash"),
    group: Group::Identity,
    severity: Severity::Error,
    meaning: "Two ids differ only in letter case.",
    why: "To a reader, pol-chg-001 and POL-CHG-001 are the same ID; to Clausebook they are different.",
    mend: "Write the id in one letter case, or give one of the documents another id.",
    example: "id: pol-chg-001 beside id: POL-CHG-001",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, faults: &mut Vec<Fault>) {
    let mut first: AHashMap<String, &Document> = AHashMap::with_capacity(assessed.reading.handbook.documents.len());
    for (_, document) in assessed.reading.handbook.controlled() {
        let Some(id) = document.front().and_then(|front| front.id.as_ref()) else { continue };
        let other = *first.entry(id.value.folded()).or_insert(document);
        if let Some(theirs) = other.id().filter(|theirs| **theirs != id.value) {
            let message = format!("the id {} differs only in letter case from {theirs} in `{}`", id.value, other.path());
            faults.push(Fault::new(RULE.id, document.place(id.span), message).help("give this document an id of its own"));
        }
    }
}
