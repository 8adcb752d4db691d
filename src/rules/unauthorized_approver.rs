//! Versions approved by somebody other than the document's approver.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::name::Signers;
use crate::placeholder::names_only_persons_or_roles;
use crate::source::front_matter::Status;
use crate::text::clip;

pub(super) const RULE: Rule = Rule {
    id: RuleId("unauthorized-approver"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "The entry in `changes` for the current version names an approver who is not the document's, or does not say that anybody approved it.",
    why: "The document, or the settings, say who may approve it; an approval by somebody else does not authorize the text \
          (7.5.2).",
    fix: "Have the approver approve the version, or name the new one: `clausebook approve ID --by ROLE --change-approver`.",
    example: "approver: Service Director, with changes: [{version: \"2.0\", approver: Desk Manager}]",
    check: Check::Document(check),
};

fn check(_: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let is_approved = document.is_controlled() && document.status() == Some(Status::Approved);
    let change = document.front().filter(|_| is_approved).and_then(|front| front.named_approval());
    let Some(change) = change.filter(|_| !document.approvers.is_empty()) else { return };
    let authorized = Signers::new(document.approvers.iter().map(|approver| &**approver));
    let is_authorized = |name: &str| Signers::new([name]).share_one(&authorized);
    let version = change.version.as_ref().map_or("", |version| version.value.trim());
    for approver in &change.approver {
        let (message, help) = if !is_authorized(&approver.value) {
            let expected = document.approvers.joined().unwrap_or_default();
            let name = &approver.value;
            let message = format!("{name} approved version {version}, but the approver of this document is {expected}");
            (message, "have the approver approve the version, or change `approver`")
        } else if !names_only_persons_or_roles(&approver.value) {
            let message = format!("`{}` does not say that somebody approved version {version}", clip(&approver.value));
            (message, "have the version approved, then name who approved it")
        } else {
            continue;
        };
        problems.push(Problem::new(RULE.id, document.place(approver.span), message).help(help));
    }
}
