//! Documents in force that rely on documents that are not.

use super::retired_but_linked::inserted_documents;
use super::unsuitable_evidence::is_mostly_draft;
use super::{Check, Group, Rule};
use crate::assess::{Assessed, State, version_before};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Destination, Document};

pub(super) const RULE: Rule = Rule {
    id: RuleId("link-to-draft"),
    group: Group::Links,
    severity: Severity::Warning,
    meaning: "A document in force links to a document that is a draft, in review or not yet effective, or inserts its text, unless most of the handbook is a draft.",
    why: "Readers may follow rules that nobody has approved.",
    fix: "Get the other document approved, or remove the link until it is.",
    example: "[[PRO-REL-002]], when PRO-REL-002 has status: draft",
    check: Check::Handbook(check),
};

/// Reports nothing while most of the handbook is in draft, because every approval would cause a series of such
/// findings.
fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    if is_mostly_draft(assessed) {
        return;
    }
    for (index, document) in assessed.reading.handbook.controlled() {
        if assessed.assessment.state(index).is_in_force() {
            check_document(assessed, document, problems);
        }
    }
}

fn check_document(assessed: &Assessed<'_>, document: &Document, problems: &mut Vec<Problem>) {
    for (span, target) in inserted_documents(assessed, document) {
        let Some(what) = unfinished_phrase(assessed.assessment.state(target)) else { continue };
        if let Some(id) = assessed.reading.handbook.document(target).id() {
            let message = format!("this document inserts the text of {id}, which {what}");
            let help = "get it approved, or leave its text out until it is";
            problems.push(Problem::new(RULE.id, document.place(span), message).help(help));
        }
    }
    for (link, destination) in document.file.body.links.iter().zip(&document.links) {
        let Destination::Document { document: target, .. } = destination else { continue };
        let Some(mut what) = unfinished_phrase(assessed.assessment.state(*target)).map(str::to_owned) else { continue };
        let target = assessed.reading.handbook.document(*target);
        let before = version_before(target, assessed.assessment.clock.as_of);
        if let Some(version) = before.filter(|_| what == NOT_IN_FORCE) {
            what = format!("is not yet in force with this text (version {version} was in force)");
        }
        if let Some(id) = target.id() {
            let message = format!("{id} {what}, but this document is in force");
            problems.push(
                Problem::new(RULE.id, document.place(link.target_span), message)
                    .help("get it approved, or remove the link until it is"),
            );
        }
    }
}

/// The phrase for a document that is approved or effective only later.
const NOT_IN_FORCE: &str = "is not yet in force";

fn unfinished_phrase(state: State) -> Option<&'static str> {
    match state {
        State::Draft => Some("is a draft"),
        State::InReview => Some("is awaiting approval"),
        State::Future => Some(NOT_IN_FORCE),
        _ => None,
    }
}
