//! Reviews without a second person.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{ReviewStatus, is_one_of};
use crate::source::front_matter::Attestation;

pub(super) const RULE: Rule = Rule {
    id: RuleId("review-by-nobody-else"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "A review does not say who made it; or the owner or author alone made every review since the approval, which is a note unless the settings ask for another reviewer.",
    why: "A review renews an approval, and an approval means that a second person has judged the document suitable (7.5.2).",
    fix: "Name the reviewer under `by`; let another role make the next review.",
    example: "owner: Change Manager, with reviews: [{date: 2026-11-02, by: Change Manager}]",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let since =
        subject.reviews(assessed.assessment.clock.as_of).filter(|(_, status)| *status != ReviewStatus::BeforeApproval);
    for (review, _) in since.clone().filter(|(_, status)| *status == ReviewStatus::NoReviewer) {
        let message = format!("the review of {} does not say who made it, and does not count", review.date.value);
        problems.push(
            Problem::new(RULE.id, document.place(review.date.span), message).help("name the reviewer under `by`"),
        );
    }
    let renewing: Vec<&Attestation> = since
        .filter(|(_, status)| matches!(status, ReviewStatus::Counts | ReviewStatus::SelfReview))
        .map(|(review, _)| review)
        .collect();
    let by_oneself = |review: &&Attestation| {
        review.reviewer.as_ref().is_some_and(|by| is_one_of(&by.value, &document.owners, &document.authors))
    };
    let Some(last) = renewing.iter().max_by_key(|review| review.date.value).filter(|_| renewing.iter().all(by_oneself))
    else {
        return;
    };
    let by = last.reviewer.as_ref().map_or("", |by| by.value.as_str());
    let message = format!("{by} owns or wrote this document, and nobody else has reviewed it since its approval");
    let problem = Problem::new(RULE.id, document.place(last.date.span), message).help("let another role review it");
    let strict = assessed.reading.settings.reviews_by_another;
    problems.push(if strict { problem } else { problem.with_max_severity(Severity::Note) });
}
