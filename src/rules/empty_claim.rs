//! Claims that are not backed by any text.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{PAGE, ResolvedClaim};

pub(super) const RULE: Rule = Rule {
    id: RuleId("empty-claim"),
    group: Group::Clauses,
    severity: Severity::Error,
    meaning: "A section or document claims a clause, or provides an item, but says nothing: it is empty, or contains only placeholders, struck-out text, a table without rows or a broken image.",
    why: "The matrix would send the auditor to a place where nothing can be read; such a claim counts as a draft's.",
    fix: "Write the section, or remove the claim until it is written; for a document kept elsewhere, say where under `location`.",
    example: "## Major incidents {clauses=\"8.6.1\"}, with nothing below it but TODO",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    if &*document.doc_type == PAGE {
        return;
    }
    for claim in document.claims.iter().filter(|claim| !claim.has_content) {
        problems.push(claim_problem(assessed, subject, claim));
    }
    if !document.has_content {
        for (item, span) in &document.provides {
            let name = &assessed.reading.standards.item_at(*item).id;
            let message = format!("this document provides {name} but says nothing");
            problems.push(Problem::new(RULE.id, document.place(*span), message).help(MISSING_TEXT_HELP));
        }
    }
}

const MISSING_TEXT_HELP: &str = "write it; for a document kept elsewhere, say where under `location`";

fn claim_problem(
    assessed: &Assessed<'_>,
    CheckedDocument { document, .. }: CheckedDocument<'_>,
    claim: &ResolvedClaim,
) -> Problem {
    let standards = &assessed.reading.standards;
    let id = &standards.clause(claim.clause).id;
    let number = match standards.main() == Some(claim.clause.standard) {
        true => id.to_string(),
        false => format!("{}:{id}", standards.catalogue(claim.clause.standard).id),
    };
    let place = document.place(claim.span);
    let heading = claim.heading.and_then(|at| document.file.body.headings.get(at as usize));
    match heading {
        None => Problem::new(RULE.id, place, format!("this document claims {number} but says nothing"))
            .help(MISSING_TEXT_HELP),
        Some(heading) => {
            let message = format!("the section `{}` claims {number} but says nothing", heading.text);
            Problem::new(RULE.id, place, message).help("write the section, or remove the claim")
        }
    }
}
