//! Reviews of a version or text other than the approved one.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::ReviewStatus;

pub(super) const RULE: Rule = Rule {
    id: RuleId("review-of-other-text"),
    group: Group::Lifecycle,
    severity: Severity::Error,
    meaning: "A review since the approval was of a different version or text from the approved one.",
    why: "It says nothing about the text that is in force, and does not renew its approval.",
    fix: "Review the text that is in force: `clausebook review ID --by ROLE`.",
    example: "version: \"2.0\", with reviews: [{date: 2026-11-02, by: Quality Manager, version: \"1.4\"}]",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let version =
        document.front().and_then(|front| front.version.as_ref()).map_or("none", |version| version.value.as_str());
    for (review, status) in subject.reviews(assessed.assessment.clock.as_of) {
        let on = review.date.value;
        let (span, message) = match (status, &review.version, &review.digest) {
            (ReviewStatus::OtherVersion, Some(reviewed), _) => (
                reviewed.span,
                format!("the review of {on} was of version {}, and the version in force is {version}", reviewed.value),
            ),
            (ReviewStatus::OtherText, _, Some(digest)) => {
                (digest.span, format!("the review of {on} was of a different text from the approved one"))
            }
            (ReviewStatus::OtherText, _, None) => (
                review.date.span,
                format!("the review of {on} has no digest, so it does not prove which text was reviewed"),
            ),
            _ => continue,
        };
        problems.push(
            Problem::new(RULE.id, document.place(span), message)
                .help("it does not count: review the text that is in force, with `clausebook review`"),
        );
    }
}
