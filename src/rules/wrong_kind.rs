//! Items provided by the wrong kind of document: records by documents, and documents by records.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::assess::is_suitable_type;
use crate::finding::{Problem, RuleId, Severity};
use crate::standard::Retention;

pub(super) const RULE: Rule = Rule {
    id: RuleId("wrong-kind"),
    group: Group::DocumentedInformation,
    severity: Severity::Error,
    meaning: "A document provides an item of documented information that a document of its type cannot provide.",
    why: "A policy says what must be done; only a record shows that it was done. The item does not count as provided.",
    fix: "Provide a record to keep with a document of type record, report, register, analysis or catalogue, and a \
          document to keep up to date with any type except record and template.",
    example: "a policy with provides: [incident-records]",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    for (key, span) in &subject.document.provides {
        let item = assessed.reading.standards.item_at(*key);
        if is_suitable_type(subject.document, item.keep) || subject.document.doc_type.is_empty() {
            continue;
        }
        let kind = &subject.document.doc_type;
        let (message, help) = match item.keep {
            Retention::Retain => (
                format!("`{}` is a record to keep, which a {kind} cannot provide", item.id),
                "provide it with a document of type record, report, register, analysis or catalogue",
            ),
            Retention::Maintain => (
                format!("`{}` is a document to keep up to date, which a {kind} cannot provide", item.id),
                "list it under `provides` in the document that is kept up to date",
            ),
        };
        problems.push(Problem::new(RULE.id, subject.document.place(*span), message).help(help));
    }
}
