//! Approvals that do not say which text was approved.

use super::{Check, Group, Rule};
use crate::assess::{Assessed, State};
use crate::config::SETTINGS_FILE;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{ApprovedText, Document, DocumentIndex};
use crate::place::Place;

pub(super) const RULE: Rule = Rule {
    id: RuleId("unbound-approval"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "An approval has no digest, so nothing shows which text was approved. Reported as a note unless the settings require a digest.",
    why: "Anybody can change the text, and the document still counts as approved: nobody can show an auditor that this is \
          what was approved (7.5.2, 7.5.3).",
    fix: "Have the text approved with `clausebook approve ID --by ROLE`. Where git proves the approved text, `clausebook \
          approve --bind ID` records it without another approval.",
    example: "status: approved, with changes: [{version: \"2.0\", date: 2026-03-09}], which has no digest",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let unbound = unbound_documents(*assessed);
    // An edition makes a statement about all approvals only if it is also true of those that it withholds.
    let full_handbook = &assessed.whole().reading.handbook;
    let all_unbound = self::unbound_documents(assessed.whole());
    let is_any =
        |(index, document): &(DocumentIndex, &Document)| !document.requires_digest && is_unknown(assessed, *index);
    let is_bound_elsewhere = all_unbound.iter().any(|(_, document)| document.requires_digest)
        || full_handbook.indexed().any(|(_, document)| has_digest(document));
    if unbound.iter().all(is_any) && !is_bound_elsewhere {
        problems.extend(combined_note(all_unbound.len()).filter(|_| !unbound.is_empty()));
        return;
    }
    problems.extend(unbound.into_iter().filter_map(|(index, document)| unbound_approval(assessed, index, document)));
}

/// The documents with an unbound approval, except retired ones, which are not approved again.
fn unbound_documents(assessed: Assessed<'_>) -> Vec<(DocumentIndex, &Document)> {
    let is_retired = |index: DocumentIndex| assessed.assessment.state(index) == State::Retired;
    let all = assessed.reading.handbook.indexed();
    all.filter(|(index, document)| document.lacks_approval_digest() && !is_retired(*index)).collect()
}

fn has_digest(document: &Document) -> bool {
    document.front().is_some_and(|front| front.changes.iter().any(|change| change.digest.is_some()))
}

/// Whether git's evidence is not known, because it was not requested or there is no repository.
fn is_unknown(assessed: &Assessed<'_>, document: DocumentIndex) -> bool {
    matches!(assessed.reading.history.approved(document), None | Some(ApprovedText::NoRepository))
}

/// A single note if no approval in the handbook has a digest and there is no history, because every document would have
/// the same finding.
fn combined_note(count: usize) -> Option<Problem> {
    let message = match count {
        0 => return None,
        1 => "the approval of the only approved document does not say which text it applies to".to_owned(),
        _ => format!("none of the approvals of {count} documents says which text it applies to"),
    };
    let help = "have texts approved with `clausebook approve ID --by ROLE`; `approvals: {bound: required}` in the settings \
                asks for that";
    Some(Problem::new(RULE.id, Place::file(SETTINGS_FILE), message).help(help).with_max_severity(Severity::Note))
}

fn unbound_approval(assessed: &Assessed<'_>, index: DocumentIndex, document: &Document) -> Option<Problem> {
    let approved = document.front()?.approved.as_ref()?;
    let then = if document.requires_digest { ", so this document counts as a draft" } else { "" };
    let message = format!("the approval of {} has no digest{then}", approved.value);
    let id = document.id().map_or("ID", |id| id.as_str());
    let help = match assessed.reading.history.approved(index) {
        Some(ApprovedText::Same) => format!("git proves that it is this text: record it with `clausebook approve --bind {id}`"),
        Some(ApprovedText::Other { .. }) => "git proves that it was another text: have this one approved".to_owned(),
        Some(ApprovedText::SecondOfVersion(day)) => {
            format!("on {day}, another text was approved as this version: have this one approved as a higher version")
        }
        Some(ApprovedText::Unknown(why) | ApprovedText::Edited { why, .. }) => {
            format!("git does not prove it: {why}; or have the text approved with `clausebook approve {id} --by ROLE`")
        }
        Some(ApprovedText::NoRepository) => format!("have the text approved with `clausebook approve {id} --by ROLE`"),
        None => "have the text approved with `clausebook approve`, or record the text that git proves with `clausebook approve \
                 --bind`"
            .to_owned(),
    };
    let problem = Problem::new(RULE.id, document.place(approved.span), message).help(help);
    Some(if document.requires_digest { problem } else { problem.with_max_severity(Severity::Note) })
}
