//! Texts that are no longer what was approved or reviewed.

use super::{Check, Group, Rule, Subject};
use crate::assess::{Assessed, State, attested};
use crate::finding::{Problem, RuleId, Severity};

pub(super) const RULE: Rule = Rule {
    id: RuleId("changed-since-approval"),
    group: Group::Life,
    severity: Severity::Error,
    meaning: "The text of a document has changed since it was last approved or reviewed.",
    why: "Approval applies to the exact text. Later changes have not been approved (7.5.2, 7.5.3).",
    fix: "Have the change approved or reviewed, and record it with `clausebook review ID --by ROLE`.",
    example: "a target changed from 4 hours to 8 hours after the last review",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: Subject<'_>, problems: &mut Vec<Problem>) {
    let life = assessed.assessment.life(subject.index);
    if life.state != State::Changed {
        return;
    }
    let document = subject.document;
    let Some((attestation, _)) = attested(document, assessed.assessment.clock.as_of) else { return };
    let span = attestation.digest.as_ref().map_or(attestation.span, |digest| digest.span);
    let message = format!("the text has changed since it was reviewed on {}", attestation.on.value);
    let help = format!(
        "its digest is now {}; have the change reviewed, then record the review with `clausebook review`",
        document.shown_digest()
    );
    problems.push(Problem::new(RULE.id, document.place(span), message).help(help));
}
