//! Pages with keys that only a controlled document can have.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::PAGE;

pub(super) const RULE: Rule = Rule {
    id: RuleId("controlled-page"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A page has a key, or makes a claim, that only counts in a controlled document.",
    why: "A page is a signpost without approval: it has no state, addresses no clause and replaces nothing, whatever it says.",
    fix: "Remove the key, or make the file a controlled document with its own type and an `id`.",
    example: "type: page, with supersedes: [POL-CHG-001]",
    check: Check::Document(check),
};

/// The keys of a controlled document.
const CONTROLLED_KEYS: [&str; 12] = [
    "version",
    "status",
    "approver",
    "approved",
    "effective",
    "date",
    "review",
    "reviews",
    "changes",
    "clauses",
    "provides",
    "supersedes",
];

fn check(_: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let kind = document.front().and_then(|front| front.doc_type.as_ref());
    let Some(front) = document.front().filter(|_| kind.is_some_and(|kind| kind.value == PAGE)) else { return };
    for (key, span) in front.written_keys().filter(|(key, _)| CONTROLLED_KEYS.contains(key)) {
        let message = format!("`{key}` has no effect on a page");
        problems.push(
            Problem::new(RULE.id, document.place(span), message)
                .help("remove it, or give the file another type and an `id`"),
        );
    }
    for claim in document.file.body.headings.iter().flat_map(|heading| &heading.claims) {
        let message = format!("a page cannot address clause {}", claim.clause.value);
        problems.push(
            Problem::new(RULE.id, document.place(claim.clause.span), message)
                .help("remove the claim, or give the file another type and an `id`"),
        );
    }
}
