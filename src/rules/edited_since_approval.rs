//! Texts that were changed after their approval, as the repository proves.

use std::collections::BTreeSet;

use super::{Check, CheckedDocument, Group, Rule, changed_since_approval, unbound_approval};
use crate::assess::{Assessed, Clock, is_changed};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{ApprovedText, DocumentIndex, Reading};
use crate::source::front_matter::Status;

pub(super) const RULE: Rule = Rule {
    id: RuleId("edited-since-approval"),
    group: Group::Lifecycle,
    severity: Severity::Error,
    meaning: "Git proves that the text of a document has changed since it was approved, and the approval has no digest. Reported as a \
              warning if the history begins with a text of the version, and so cannot prove which of the two was approved.",
    why: "Approval applies to the exact text. Later changes have not been approved (7.5.2, 7.5.3).",
    fix: "Have the text approved as a higher version: `clausebook approve ID --by ROLE --version V --summary TEXT`; or restore \
          the approved text, and record it with `clausebook approve --bind ID`.",
    example: "approved: 2026-03-09, in a file whose text was different in the commit that approved it",
    check: Check::Document(check),
};

/// The documents whose approved text may be in the repository: those whose approval has no digest, and those whose text
/// differs from the approved one.
pub(crate) fn wanted_approvals(reading: &Reading, clock: Clock) -> BTreeSet<DocumentIndex> {
    let is_on = |rule: &Rule| reading.settings.severity(rule.id, rule.severity).is_some();
    let asks_unbound = is_on(&RULE) || is_on(&unbound_approval::RULE);
    let asks_changed = is_on(&changed_since_approval::RULE);
    let documents = reading.handbook.controlled().filter(|(_, document)| {
        let front = document.front().filter(|_| document.status() == Some(Status::Approved));
        let is_changed = |front| is_changed(document, front, clock.as_of);
        let is_bound_and_changed =
            front.is_some_and(|front| asks_changed && front.approved_digest().is_some() && is_changed(front));
        (asks_unbound && document.lacks_approval_digest()) || is_bound_and_changed
    });
    documents.map(|(index, _)| index).collect()
}

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    if !document.lacks_approval_digest() {
        return;
    }
    let Some(approved) = document.front().and_then(|front| front.approved.as_ref()) else { return };
    let problem = |message| Problem::new(RULE.id, document.place(approved.span), message);
    match assessed.reading.history.approved(subject.index) {
        Some(ApprovedText::Other { on, words }) => {
            let help =
                "have the text approved as a higher version with `clausebook approve`, or restore the approved text";
            let problem = problem(format!("the text has changed since the commit of {on} that approved it"));
            problems.push(problem.help(format!("{help}; what differs:{words}")));
        }
        Some(ApprovedText::Edited { on, words, .. }) => {
            let help = "have the text approved with `clausebook approve`, or restore the text that was approved";
            let message =
                format!("the text has changed since the commit of {on}, which had the same version and approval");
            let problem = problem(message).help(format!("{help}; what differs:{words}"));
            problems.push(problem.with_max_severity(Severity::Warning));
        }
        _ => {}
    }
}
