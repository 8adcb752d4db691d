//! Revision histories that go beyond the approval, or do not include the current version.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::place::Located;
use crate::source::front_matter::{Change, FrontMatter, Status};
use crate::source::version::{Version, is_same_version, version_key};

pub(super) const RULE: Rule = Rule {
    id: RuleId("version-without-approval"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "An entry of `changes` names a newer version than the document, or a date after the approval.",
    why: "Nobody has approved a change that was made after the approval, or a version that the approval does not name (7.5.2).",
    fix: "Have the newest version approved and set `version` and `approved`, or correct the entry.",
    example: "approved: 2026-03-01, with changes: [{version: \"2.0\", date: 2026-05-04}]",
    check: Check::Document(check),
};

fn check(_: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let is_approved = document.is_controlled() && document.status() == Some(Status::Approved);
    let Some(front) = document.front().filter(|_| is_approved) else { return };
    if let Some((version, is_newest)) = other_version(front) {
        let of_document = front.version.as_ref().map_or("no version", |version| version.value.as_str());
        let what = if is_newest { "the newest entry of `changes` is" } else { "`changes` has the higher" };
        let message = format!("{what} version {}, but the document says {of_document}", version.value);
        let help = "have the newest version approved and set `version`, or correct the entry";
        problems.push(Problem::new(RULE.id, document.place(version.span), message).help(help));
    }
    let last = front.changes.iter().filter_map(|change| change.date.as_ref()).rev().max_by_key(|on| on.value);
    if let (Some(on), Some(approved)) = (last, document.approved().filter(|_| !front.is_unclear("approved")))
        && on.value > approved
    {
        let message = format!("the newest change was made on {}, after the approval of {approved}", on.value);
        let help = "have it approved and set `approved`, or correct the day";
        problems.push(Problem::new(RULE.id, document.place(on.span), message).help(help));
    }
}

/// The version of the newest entry if it differs from the document's, or otherwise of the first entry with a higher
/// version; and whether it is the newest entry.
fn other_version(front: &FrontMatter) -> Option<(&Located<String>, bool)> {
    let newest = newest_change(front).and_then(|change| change.version.as_ref());
    let is_number = |version: &str| version_key(version).starts_with(|c: char| c.is_ascii_digit());
    let own = front.version.as_ref().filter(|own| !front.is_unclear("version") && is_number(&own.value));
    newest.filter(|version| differs(front, &version.value)).map(|version| (version, true)).or_else(|| {
        let own = own?;
        let own_version = Version::new(&own.value);
        let own_day = front.changes.iter().filter(|change| !differs_in_version(front, change)).find_map(Change::date);
        let higher = front.changes.iter().find_map(|change| {
            let version = change.version.as_ref().filter(|version| is_number(&version.value))?;
            let entry_version = Version::new(&version.value);
            // `1.0a` of an earlier day led to version 1.0.
            let is_earlier = change.date().is_some_and(|day| own_day.is_some_and(|own_day| day < own_day));
            let led_to_it = is_earlier && entry_version.has_numbers_of(&own_version);
            (entry_version.is_higher_than(&own_version) && !led_to_it).then_some(version)
        });
        higher.map(|version| (version, false))
    })
}

/// The newest entry: the first one if it has no day, because histories begin with the newest; otherwise the one with
/// the latest day, preferring that of the document's version and then the first.
fn newest_change(front: &FrontMatter) -> Option<&Change> {
    if let Some(first) = front.changes.first().filter(|first| first.date.is_none()) {
        return Some(first);
    }
    let is_of_version = |change: &Change| !differs_in_version(front, change);
    let dated = front.changes.iter().filter(|change| change.date.is_some());
    dated.rev().max_by_key(|change| (change.date(), is_of_version(change))).or(front.changes.first())
}

/// Whether an entry names no version, or another one than the document.
fn differs_in_version(front: &FrontMatter, change: &Change) -> bool {
    change.version.as_ref().is_none_or(|version| differs(front, &version.value))
}

fn differs(front: &FrontMatter, version: &str) -> bool {
    let own_version = front.version.as_ref().filter(|_| !front.is_unclear("version"));
    own_version.is_some_and(|own| !is_same_version(&own.value, version))
}
