//! Claims behind which there is no text.

use super::words::kind;
use super::{Check, Group, Rule};
use crate::config::Settings;
use crate::finding::{Fault, RuleId, Severity};
use crate::handbook::{PAGE, ParsedFile};

pub(super) const RULE: Rule = Rule {
    id: RuleId("empty-claim"),
    group: Group::Clauses,
    severity: Severity::Error,
    meaning: "A section or document that addresses a clause is empty.",
    why: "The coverage matrix sends the auditor to an empty section.",
    mend: "Write the section, or remove the clause until it is written.",
    example: "## Major incidents {clauses=\"8.6.1\"}, with nothing below it",
    check: Check::File(check),
};

fn check(_: &Settings, file: &ParsedFile, faults: &mut Vec<Fault>) {
    for heading in file.body.headings.iter().filter(|heading| !heading.has_content) {
        for claim in &heading.claims {
            let message = format!("the section `{}` claims {} and has no text", heading.text, claim.clause.value);
            faults.push(Fault::new(RULE.id, file.place(claim.clause.span), message).help("write what answers the clause, or take the claim out"));
        }
    }
    if is_empty(file) {
        for claim in file.front.iter().flat_map(|front| &front.clauses) {
            let message = format!("this document claims {} and has no text", claim.clause.value);
            let help = "write what answers the clause; for a document kept elsewhere say under `location` where";
            faults.push(Fault::new(RULE.id, file.place(claim.clause.span), message).help(help));
        }
    }
}

/// Whether a document holds nothing, and does not stand for one that is kept elsewhere.
fn is_empty(file: &ParsedFile) -> bool {
    let elsewhere = file.front.as_ref().is_some_and(|front| front.location.is_some());
    let body = &file.body;
    let bare = body.headings.iter().all(|heading| !heading.has_content);
    let words: usize = body.headings.iter().map(|heading| heading.text.split_whitespace().count()).sum();
    let only_headings = bare && body.words as usize <= words && body.code.is_empty() && !body.links.iter().any(|link| link.is_image());
    only_headings && !elsewhere && kind(file) != PAGE
}
