//! Records provided by documents, and documents provided by records.

use crate::assess::Assessed;
use super::{Check, Group, Rule, Subject};
use crate::assess::fits;
use crate::finding::{Fault, RuleId, Severity};
use crate::standard::Keep;

pub(super) const RULE: Rule = Rule {
    id: RuleId("wrong-kind"),
    group: Group::DocumentedInformation,
    severity: Severity::Error,
    meaning: "A document provides an item of a kind that a document of its type cannot be.",
    why: "A policy says what shall be done; only a record shows that it was. The item is not counted.",
    mend: "Provide evidence by a record, report or register, and what is kept up to date by another document than a record.",
    example: "a policy with provides: [incident-records]",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: Subject<'_>, faults: &mut Vec<Fault>) {
    for (key, span) in &subject.document.provides {
        let item = assessed.reading.standards.item_at(*key);
        if fits(subject.document, item.keep) || subject.document.kind.is_empty() {
            continue;
        }
        let kind = &subject.document.kind;
        let (message, help) = match item.keep {
            Keep::Retain => (
                format!("`{}` is a record to retain, and a {kind} cannot be one", item.id),
                "let a document of type record, report or register provide it",
            ),
            Keep::Maintain => (
                format!("`{}` is a document to keep up to date, and a {kind} cannot be one", item.id),
                "let the document that is kept up to date provide it",
            ),
        };
        faults.push(Fault::new(RULE.id, subject.document.place(*span), message).help(help));
    }
}
