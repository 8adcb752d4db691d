//! Documents approved by those who wrote or own them.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::Assessed;
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Document, Names, is_dated_by_content};
use crate::name::Signers;
use crate::source::front_matter::{Change, FrontMatter, Status};
use crate::source::version::is_same_version;

pub(super) const RULE: Rule = Rule {
    id: RuleId("self-approval"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "The approver of a document is also its owner or author, or changed the version that they approved.",
    why: "Approval means that a second person has judged the document suitable (7.5.2). Authors and owners cannot do \
          this themselves.",
    fix: "Have another role approve it. If nobody else can, waive this finding with the reason.",
    example: "owner: Change Manager, approver: Change Manager",
    check: Check::Document(check),
};

fn check(_: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let document = subject.document;
    let approved = document.is_controlled() && document.status() == Some(Status::Approved);
    let (Some(front), Some(approver)) = (document.front().filter(|_| approved), document.approvers.joined()) else {
        return;
    };
    // Evidence is checked by the person who keeps it, and does not need approval as suitable.
    if is_dated_by_content(&document.doc_type) {
        return;
    }
    let approvers = signers(&document.approvers);
    if let Some(role) = own_role(document, &approvers) {
        let place = front
            .approver
            .first()
            .map_or_else(|| document.front_matter_place(), |approver| document.place(approver.span));
        let message = format!("{approver} approved this document and is its {role}");
        problems.push(Problem::new(RULE.id, place, message).help(HELP));
        return;
    }
    let change_authors = change_authors(front);
    let Some(approval) = front.named_approval() else {
        if let Some(first) = front.approver.first().filter(|_| approvers.are_all_among(&change_authors)) {
            let message = format!("{approver} approved this document and changed this version");
            problems.push(Problem::new(RULE.id, document.place(first.span), message).help(HELP));
        }
        return;
    };
    let approvers = Signers::new(approval.approver.iter().map(|name| name.value.as_str()));
    let role = own_role(document, &approvers).map(|role| format!("is the {role} of the document"));
    let role = role.or_else(|| approvers.are_all_among(&change_authors).then(|| "made this change".to_owned()));
    if let (Some(role), [first, ..]) = (role, &approval.approver[..]) {
        let names: Vec<&str> = approval.approver.iter().map(|name| name.value.trim()).collect();
        let message = format!("{} alone approved this version and {role}", names.join(", "));
        problems.push(Problem::new(RULE.id, document.place(first.span), message).help(HELP));
    }
}

const HELP: &str = "let another role approve it";

/// The role of the approvers if all of them are owners or authors of the document.
fn own_role(document: &Document, approvers: &Signers<'_>) -> Option<&'static str> {
    let own = || document.owners.iter().chain(document.authors.iter()).map(|name| &**name);
    match () {
        () if approvers.are_all_among(&signers(&document.owners)) => Some("owner"),
        () if approvers.are_all_among(&signers(&document.authors)) => Some("author"),
        () if approvers.are_all_among(&Signers::new(own())) => Some("owner or author"),
        () => None,
    }
}

/// Those who changed the current version, according to all its entries in the revision history.
fn change_authors(front: &FrontMatter) -> Signers<'_> {
    let version = front.version.as_ref().map_or("", |version| version.value.trim());
    let is_current = |change: &&Change| {
        change.version.as_ref().is_some_and(|other| !version.is_empty() && is_same_version(&other.value, version))
    };
    let authors = front.changes.iter().filter(is_current).filter_map(|change| change.author.as_ref());
    Signers::new(authors.map(|author| author.value.as_str()))
}

fn signers(names: &Names) -> Signers<'_> {
    Signers::new(names.iter().map(|name| &**name))
}
