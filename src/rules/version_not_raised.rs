//! Texts that changed without a new version.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::assess::last_attestation;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::ApprovedText;
use crate::place::{Located, Span};
use crate::source::front_matter::{Attestation, Status};
use crate::source::version::{is_same_version, version_key};

pub(super) const RULE: Rule = Rule {
    id: RuleId("version-not-raised"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "The text of a document has changed since this version was reviewed or approved, but its version number has not.",
    why: "A version identifies one text: anyone with a paper copy of version 2.0 must be able to tell whether it is \
          the current text (7.5.2).",
    fix: "Raise `version`, and describe the change under `changes`.",
    example: "version: \"2.0\", which was reviewed earlier with a different text",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let Some(front) = document.front().filter(|_| document.is_controlled()) else { return };
    if document.status() == Some(Status::Retired) {
        return;
    }
    problems.extend(reattested_versions(&front.reviews).map(|(span, version)| {
        let message = format!("version {version} was reviewed earlier, with a different text");
        Problem::new(RULE.id, document.place(span), message).help("give the new text a new version")
    }));
    problems.extend(second_text_problem(assessed, subject));
    let as_of = assessed.assessment.clock.as_of;
    let Some((attestation, digest)) = last_attestation(document, as_of) else { return };
    let (Some(version), Some(then)) = (&front.version, &attestation.version) else { return };
    if is_same(version, then) && !document.has_digest(digest) {
        let message =
            format!("the text has changed since version {} was reviewed on {}", then.value, attestation.date.value);
        problems.push(
            Problem::new(RULE.id, document.place(version.span), message)
                .help("raise `version` and describe the change under `changes`"),
        );
    }
}

/// Reports a version for which Git has a different approved text.
fn second_text_problem(assessed: &Assessed<'_>, subject: CheckedDocument<'_>) -> Option<Problem> {
    let Some(ApprovedText::SecondOfVersion(day)) = assessed.reading.history.approved(subject.index) else {
        return None;
    };
    let version = subject.document.front()?.version.as_ref()?;
    let message = format!("on {day}, another text was approved as version {}", version.value.trim());
    let help = "give the new text a higher version, and have it approved";
    Some(Problem::new(RULE.id, subject.document.place(version.span), message).help(help))
}

fn is_same(a: &Located<String>, b: &Located<String>) -> bool {
    is_same_version(&a.value, &b.value)
}

/// Attestations of a version whose previous attestation was for another text, each as place and version.
fn reattested_versions(reviews: &[Attestation]) -> impl Iterator<Item = (Span, &str)> {
    let mut dated: Vec<_> = reviews
        .iter()
        .filter_map(|review| Some((review.date.value, review.version.as_ref()?, review.digest.as_ref()?)))
        .collect();
    dated.sort_by_key(|(on, ..)| *on);
    let mut texts = std::collections::BTreeMap::new();
    dated.into_iter().filter_map(move |(_, version, digest)| {
        let before = texts.insert(version_key(&version.value), digest.value);
        let differs = before.is_some_and(|before| before != digest.value);
        differs.then_some((version.span, version.value.trim()))
    })
}
