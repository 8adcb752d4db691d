//! More reviews on a single day than anybody can read.

use std::collections::BTreeMap;

use super::{Check, Group, Rule};
use crate::assess::Assessed;
use crate::date::Date;
use crate::finding::{Problem, RuleId, Severity};
use crate::place::Place;

pub(super) const RULE: Rule = Rule {
    id: RuleId("bulk-review"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "One person recorded the review of more documents on one day than `bulk_review` in the settings allows.",
    why: "Forty reviews in one afternoon look like signatures rather than reviews, and an auditor will say so.",
    fix: "Spread reviews over the year. If all of them were genuine, raise `bulk_review`, or waive this finding with \
          the reason.",
    example: "reviews: [{on: 2026-03-02, by: Quality Manager}], in 40 documents",
    check: Check::Handbook(check),
};

/// The number of documents named in a finding besides the first.
const MAX_NAMED: usize = 3;

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let max_reviews = assessed.reading.settings.bulk_review as usize;
    for ((on, by), places) in days(assessed) {
        let (Some(first), true) = (places.first(), places.len() > max_reviews) else { continue };
        let reviewer = if by.is_empty() { "somebody" } else { by };
        let message = format!("{reviewer} reviewed {} documents on {on}, more than {max_reviews}", places.len());
        let problem =
            Problem::new(RULE.id, first.clone(), message).help("`bulk_review` in the settings sets the limit");
        let others = places.into_iter().skip(1).take(MAX_NAMED);
        problems.push(others.fold(problem, |problem, place| problem.related(place, "also reviewed on that day")));
    }
}

/// The places of attestations by day and person, one for each document.
fn days<'a>(assessed: &Assessed<'a>) -> BTreeMap<(Date, &'a str), Vec<Place>> {
    let mut days: BTreeMap<(Date, &str), Vec<Place>> = BTreeMap::new();
    for (_, document) in assessed.reading.handbook.controlled() {
        for review in document.front().into_iter().flat_map(|front| &front.reviews) {
            let by = review.reviewer.as_ref().map_or("", |by| by.value.trim());
            let places = days.entry((review.date.value, by)).or_default();
            if places.last().is_none_or(|last| last.file != *document.path()) {
                places.push(document.place(review.date.span));
            }
        }
    }
    days
}
