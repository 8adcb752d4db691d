//! Documents in force that lean on ones that are not.

use super::{Check, Group, Rule, Subject};
use crate::assess::{Assessed, State};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::Destination;

pub(super) const RULE: Rule = Rule {
    id: RuleId("link-to-draft"),
    group: Group::Links,
    severity: Severity::Warning,
    meaning: "A document in force links to a document that is a draft, in review or not yet effective.",
    why: "Readers may follow rules that nobody has approved.",
    fix: "Get the other document approved, or remove the link until it is.",
    example: "[[PRO-REL-002]], when PRO-REL-002 has status: draft",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: Subject<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    if !document.is_controlled() || !assessed.assessment.state(subject.index).is_in_force() {
        return;
    }
    for (link, destination) in document.file.body.links.iter().zip(&document.links) {
        let Destination::Document { document: target, .. } = destination else { continue };
        let Some(what) = unfinished(assessed.assessment.state(*target)) else { continue };
        if let Some(id) = assessed.reading.handbook.document(*target).id() {
            let message = format!("{id} {what}, but this document is in force");
            problems.push(
                Problem::new(RULE.id, document.place(link.target_span), message)
                    .help("get it approved, or remove the link until it is"),
            );
        }
    }
}

fn unfinished(state: State) -> Option<&'static str> {
    match state {
        State::Draft => Some("is a draft"),
        State::InReview => Some("is awaiting approval"),
        State::Future => Some("is not yet in force"),
        _ => None,
    }
}
