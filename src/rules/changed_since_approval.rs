//! Texts that differ from what was approved or reviewed.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{Assessed, State, last_attestation, unversioned_approval};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{ApprovedText, Document};
use crate::source::front_matter::{Change, FrontMatter};

pub(super) const RULE: Rule = Rule {
    id: RuleId("changed-since-approval"),
    group: Group::Lifecycle,
    severity: Severity::Error,
    meaning: "The text of a document has changed since it was last approved or reviewed.",
    why: "Approval applies to the exact text. Later changes have not been approved (7.5.2, 7.5.3).",
    fix: "Raise the version and have it approved: `clausebook approve ID --by ROLE --version V --summary TEXT`; or restore \
          the approved text. If the approval has no digest, the last review counts instead, and a new review is enough.",
    example: "a target changed from 4 hours to 8 hours after the approval",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let life = assessed.assessment.life(subject.index);
    if life.state != State::Changed {
        return;
    }
    let document = subject.document;
    if let Some(change) = document.front().and_then(|front| front.bound_approval()) {
        problems.push(changed_text_problem(document, change, assessed.reading.history.approved(subject.index)));
        return;
    }
    if let Some(problem) = document.front().and_then(|front| unversioned_text_problem(document, front)) {
        problems.push(problem);
        return;
    }
    let Some((attestation, _)) = last_attestation(document, assessed.assessment.clock.as_of) else { return };
    let span = attestation.digest.as_ref().map_or(attestation.span, |digest| digest.span);
    let message = format!("the text has changed since it was reviewed on {}", attestation.date.value);
    let help = "have the new text approved: `clausebook approve ID --by ROLE`; or restore the text that was reviewed";
    problems.push(Problem::new(RULE.id, document.place(span), message).help(help));
}

/// The problem of a text that differs from the one approved according to the revision history.
fn changed_text_problem(document: &Document, change: &Change, approved_text: Option<&ApprovedText>) -> Problem {
    let span = change.digest.as_ref().map_or(change.span, |digest| digest.span);
    let version = change.version.as_ref().map_or("", |version| version.value.trim());
    let on = document.approved().or(change.date()).map_or_else(String::new, |on| format!(" on {on}"));
    let message = format!("the text has changed since it was approved{on} as version {version}");
    let help = "raise the version and have it approved: `clausebook approve ID --by ROLE --version V --summary TEXT`; or \
                restore the approved text";
    let help = match approved_text {
        Some(ApprovedText::Other { words, .. }) => format!("{help}; what differs:{words}"),
        Some(ApprovedText::Unknown(why) | ApprovedText::Edited { why, .. }) => {
            format!("{help}\nthe approved text is not available: {why}")
        }
        Some(ApprovedText::Same | ApprovedText::SecondOfVersion(_) | ApprovedText::NoRepository) | None => {
            help.to_owned()
        }
    };
    Problem::new(RULE.id, document.place(span), message).help(help)
}

/// The problem of a text that differs from the one in an entry of the revision history that names no version, or that
/// no entry can be about, because the document has no version.
fn unversioned_text_problem(document: &Document, front: &FrontMatter) -> Option<Problem> {
    let change = unversioned_approval(front);
    let differs = |change: &&Change| change.digest.as_ref().is_some_and(|digest| !document.has_digest(digest.value));
    if let Some(digest) = change.filter(differs).and_then(|change| change.digest.as_ref()) {
        let message =
            "the text has changed since this digest was recorded, in an entry of `changes` that names no version";
        let help = "write the `version` that the entry is about, or restore that text";
        return Some(Problem::new(RULE.id, document.place(digest.span), message).help(help));
    }
    let digest = front.changes.iter().find_map(|change| change.digest.as_ref()).filter(|_| front.version.is_none())?;
    let message = "`changes` has a digest, but the document has no version to which it could belong";
    Some(Problem::new(RULE.id, document.place(digest.span), message).help("write the `version` of the document"))
}
