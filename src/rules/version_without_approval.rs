//! Revision histories that reach beyond the approval, or do not reach the version.

use super::{Check, Group, Rule, Subject};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::source::front_matter::{Change, FrontMatter, Status};

pub(super) const RULE: Rule = Rule {
    id: RuleId("version-without-approval"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "The newest entry of `changes` names another version than the document, or a date after the approval.",
    why: "Nobody has approved a change that was made after the approval, or a version that the approval does not name (7.5.2).",
    fix: "Have the newest version approved and set `version` and `approved`, or correct the entry.",
    example: "approved: 2026-03-01, with changes: [{version: \"2.0\", date: 2026-05-04}]",
    check: Check::Document(check),
};

fn check(_: &Assessed<'_>, subject: Subject<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let is_approved = document.is_controlled() && document.status() == Some(Status::Approved);
    let Some(front) = document.front().filter(|_| is_approved) else { return };
    let Some(newest) = newest(front) else { return };
    if let Some(version) = newest.version.as_ref().filter(|version| differs(front, &version.value)) {
        let of_document = front.version.as_ref().map_or("no version", |version| version.value.as_str());
        let message = format!("the newest entry of `changes` is version {}, but the document says {of_document}", version.value);
        let help = "have the newest version approved and set `version`, or correct the entry";
        problems.push(Problem::new(RULE.id, document.place(version.span), message).help(help));
    }
    if let (Some(on), Some(approved)) = (&newest.on, document.approved().filter(|_| !front.is_unclear("approved")))
        && on.value > approved
    {
        let message = format!("the newest change was made on {}, after the approval of {approved}", on.value);
        let help = "have it approved and set `approved`, or correct the day";
        problems.push(Problem::new(RULE.id, document.place(on.span), message).help(help));
    }
}

/// The newest entry: the first if it has no day, for histories begin with the newest; else that of the latest day, and of
/// several on one day that of the document's version, else the first.
fn newest(front: &FrontMatter) -> Option<&Change> {
    if let Some(first) = front.changes.first().filter(|first| first.on.is_none()) {
        return Some(first);
    }
    let is_of_version = |change: &Change| change.version.as_ref().is_some_and(|version| !differs(front, &version.value));
    let dated = front.changes.iter().filter(|change| change.on.is_some());
    dated.rev().max_by_key(|change| (change.on_day(), is_of_version(change))).or(front.changes.first())
}

fn differs(front: &FrontMatter, version: &str) -> bool {
    let own = front.version.as_ref().filter(|_| !front.is_unclear("version"));
    own.is_some_and(|own| own.value.trim() != version.trim())
}
