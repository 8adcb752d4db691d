//! Approvals that do not say which text was approved.

use super::{Check, Group, Rule, Subject};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::ApprovedText;

pub(super) const RULE: Rule = Rule {
    id: RuleId("unbound-approval"),
    group: Group::Life,
    severity: Severity::Warning,
    meaning: "An approval has no digest, so nothing shows which text was approved. Reported as a note unless the settings require a digest.",
    why: "Anybody can change the text, and the document still counts as approved: nobody can show an auditor that this is \
          what was approved (7.5.2, 7.5.3).",
    fix: "Have the text approved with `clausebook approve ID --by ROLE`. Where git proves the approved text, `clausebook \
          approve --bind ID` records it without another approval.",
    example: "status: approved, with changes: [{version: \"2.0\", date: 2026-03-09}], which has no digest",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: Subject<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let front = document.front().filter(|_| document.is_unbound());
    let Some(approved) = front.and_then(|front| front.approved.as_ref()) else { return };
    let then = if document.must_be_bound { ", so this document counts as a draft" } else { "" };
    let message = format!("the approval of {} has no digest{then}", approved.value);
    let id = document.id().map_or("ID", |id| id.as_str());
    let help = match assessed.reading.history.approved(subject.index) {
        Some(ApprovedText::Same) => format!("git proves that it is this text: record it with `clausebook approve --bind {id}`"),
        Some(ApprovedText::Other { .. }) => "git proves that it was another text: have this one approved".to_owned(),
        Some(ApprovedText::Unknown(why)) => {
            format!("git does not prove it: {why}; or have the text approved with `clausebook approve {id} --by ROLE`")
        }
        None => "have the text approved with `clausebook approve`, or record the text that git proves with `clausebook approve \
                 --bind`"
            .to_owned(),
    };
    let problem = Problem::new(RULE.id, document.place(approved.span), message).help(help);
    problems.push(if document.must_be_bound { problem } else { problem.at_most(Severity::Note) });
}
