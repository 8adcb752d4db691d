//! Changes that a review requested but nobody made.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{Assessed, State};
use crate::date::Date;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::Document;
use crate::place::Located;
use crate::source::front_matter::{Attestation, ReviewResult};
use crate::source::version::is_same_version;

pub(super) const RULE: Rule = Rule {
    id: RuleId("change-needed"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A review found that the text must change, and 60 days later there is no newer version.",
    why: "Since then, readers have followed a text that is known to be wrong.",
    fix: "Change the text, have the new version approved, and add it to `changes`.",
    example: "reviews: [{date: 2026-03-02, by: Quality Manager, result: change-needed}], on 2026-11-22",
    check: Check::Document(check),
};

/// The number of days within which a change must be made.
const MAX_DAYS: i32 = 60;

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let as_of = assessed.assessment.clock.as_of;
    if !document.is_controlled() || assessed.assessment.state(subject.index) == State::Retired {
        return;
    }
    for (review, result) in change_requests(document, as_of) {
        let on = review.date.value;
        let days = on.days_until(as_of);
        if days <= MAX_DAYS {
            continue;
        }
        let message = format!(
            "the review of {on} found that this text must change, and {days} days later there is no newer version"
        );
        problems.push(
            Problem::new(RULE.id, document.place(result.span), message)
                .help("change the text and have the new version approved"),
        );
    }
}

/// Reviews up to `as_of` that found that a change is needed, each with its result, if no newer version has followed.
pub(super) fn change_requests(
    document: &Document,
    as_of: Date,
) -> impl Iterator<Item = (&Attestation, &Located<ReviewResult>)> {
    let requests_change = |(review, _): (_, _)| {
        let review: &Attestation = review;
        let result = review.result.as_ref().filter(|result| result.value == ReviewResult::ChangeNeeded)?;
        Some((review, result))
    };
    let is_open = move |review: &Attestation| review.date.value <= as_of && !has_newer_version(document, review, as_of);
    document.reviews().filter_map(requests_change).filter(move |(review, _)| is_open(review))
}

/// Whether a version other than the reviewed one was made after the review and no later than `as_of`.
fn has_newer_version(document: &Document, review: &Attestation, as_of: Date) -> bool {
    let after = review.date.value;
    let current = document.front().and_then(|front| front.version.as_ref());
    let is_current =
        |reviewed: &Located<String>| current.is_some_and(|own| is_same_version(&own.value, &reviewed.value));
    if review.version.as_ref().is_some_and(is_current) {
        return false;
    }
    let changes = document.front().map_or(&[][..], |front| &front.changes);
    let days = changes.iter().filter_map(|change| change.date()).chain(document.approved());
    days.into_iter().any(|day| day > after && day <= as_of)
}
