//! Documents that have been replaced but still claim to be approved.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{Assessed, State};
use crate::finding::{Problem, RuleId, Severity};
use crate::source::front_matter::Status;

pub(super) const RULE: Rule = Rule {
    id: RuleId("superseded-still-current"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A document in force replaces this one, whose status is still approved.",
    why: "Two versions appear valid, so readers may follow the old one (7.5.3.2).",
    fix: "Set the status of the old document to `retired`. To reinstate it, remove it from `supersedes` of the other one.",
    example: "supersedes: [POL-CHG-001], while POL-CHG-001 has status: approved",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let Some(status) = document.front().and_then(|front| front.status.as_ref()) else { return };
    let is_retired = document.is_controlled() && assessed.assessment.state(subject.index) == State::Retired;
    if !is_retired || status.value != Status::Approved {
        return;
    }
    let successors =
        document.superseded_by.iter().map(|successor| (*successor, assessed.reading.handbook.document(*successor)));
    let in_force = successors.clone().find(|(successor, _)| assessed.assessment.state(*successor).is_in_force());
    let Some((_, successor)) = in_force.or_else(|| successors.clone().next()) else { return };
    let name = successor.id().map_or_else(|| successor.path().to_string(), ToString::to_string);
    let message = format!("{name} replaces this document, whose status is still approved");
    problems.push(
        Problem::new(RULE.id, document.place(status.span), message)
            .help(format!("write `status: retired`; to reinstate this document, remove it from `supersedes` of {name}"))
            .related(successor.front_matter_place(), "the document that replaces it"),
    );
}
