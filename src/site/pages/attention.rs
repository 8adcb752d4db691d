//! The list "Needs attention first" of the home page, with the same items in the same order as `status`.

use crate::assess::{DeadlineKind, State};
use crate::handbook::{DocumentIndex, Names, is_dated_by_content};
use crate::id::{ClauseKey, ItemKey};
use crate::judge::{FIRST_STEPS, Step, next_steps};
use crate::site::deadlines::NO_DAY;
use crate::site::links::url;
use crate::site::model::{Attention, AttentionKind, ClauseLink, Verdict};
use crate::site::pages::clause::reason;
use crate::site::portal::Portal;

/// The most urgent steps.
pub(super) fn attention(portal: &Portal<'_>) -> Vec<Attention> {
    next_steps(portal.assessed(), FIRST_STEPS).into_iter().map(|step| step_attention(portal, step)).collect()
}

fn step_attention(portal: &Portal<'_>, step: Step) -> Attention {
    let say = |key: &str| portal.labels.text(key).to_owned();
    match step {
        Step::Begin => general(AttentionKind::Missing, say("say.begin")),
        Step::Fix { errors, .. } => general(AttentionKind::Error, portal.labels.count("say.errors", errors)),
        Step::Review(index) if portal.assessment.state(index) == State::Changed => {
            document_attention(portal, AttentionKind::Changed, "approve_again", index, say("say.has_changed"))
        }
        Step::Review(index) => {
            let verb = if is_dated_by_content(&portal.document(index).doc_type) { "update" } else { "review" };
            document_attention(portal, AttentionKind::Overdue, verb, index, dated(portal, "say.was_due", index))
        }
        Step::Close(at) => overdue_attention(portal, at),
        Step::Recheck(index) => {
            document_attention(portal, AttentionKind::Suspect, "check", index, suspect_reason(portal, index))
        }
        Step::Approve { document: index, .. } => {
            let is_in_review = portal.assessment.state(index) == State::InReview;
            let why = say(if is_in_review { "say.waits" } else { "say.still_draft" });
            document_attention(portal, AttentionKind::Draft, "approve", index, why)
        }
        Step::Prepare(index) => {
            let is_soon = portal.assessment.state(index) == State::DueSoon;
            let kind = if is_soon { AttentionKind::DueSoon } else { AttentionKind::Planned };
            document_attention(portal, kind, "prepare", index, dated(portal, "say.is_due", index))
        }
        Step::Provide(item) => item_attention(portal, item),
        Step::Address(key) => clause_attention(portal, key),
    }
}

fn general(kind: AttentionKind, text: String) -> Attention {
    Attention { kind, text, detail: None, url: "findings.html".to_owned(), owner: None }
}

fn document_attention(
    portal: &Portal<'_>,
    kind: AttentionKind,
    verb: &str,
    index: DocumentIndex,
    detail: String,
) -> Attention {
    let document = portal.document(index);
    let id = document.id().map(ToString::to_string).unwrap_or_default();
    Attention {
        kind,
        text: portal.labels.fill(&format!("say.do.{verb}"), &[("what", &format!("{id} {}", document.title))]),
        detail: Some(detail),
        url: url(&document.url),
        owner: portal.people(&document.owners),
    }
}

/// An overdue item of a register.
fn overdue_attention(portal: &Portal<'_>, at: usize) -> Attention {
    let Some(deadline) = portal.assessment.deadlines.get(at) else {
        return general(AttentionKind::Overdue, String::new());
    };
    let verb = match deadline.kind {
        DeadlineKind::Nonconformity => "close",
        DeadlineKind::Effect => "check_effect",
        _ => "finish",
    };
    Attention {
        kind: AttentionKind::Overdue,
        text: portal.labels.fill(&format!("say.do.{verb}"), &[("what", &portal.deadline_text(deadline))]),
        detail: Some(match deadline.day {
            Some(day) => portal.labels.fill("say.had_been_due", &[("date", &portal.labels.day(day))]),
            None => portal.labels.text(NO_DAY).to_owned(),
        }),
        url: portal.deadline_address(deadline),
        owner: portal.people(&Names::new(deadline.assignees.iter().cloned())),
    }
}

fn dated(portal: &Portal<'_>, key: &str, index: DocumentIndex) -> String {
    let next = portal.assessment.life(index).next_review.map(|date| portal.labels.day(date));
    portal.labels.fill(key, &[("date", &next.unwrap_or_default())])
}

fn suspect_reason(portal: &Portal<'_>, index: DocumentIndex) -> String {
    let suspicions = crate::rules::suspect_links(&portal.assessed(), index);
    let Some(first) = suspicions.first() else { return String::new() };
    let Some(target) = first.target else { return portal.labels.text("document.suspect_unseen").to_owned() };
    let id = portal.document(target).id().map(ToString::to_string).unwrap_or_default();
    let key = if first.is_replaced { "say.suspect_replaced" } else { "say.suspect" };
    portal.labels.fill(key, &[("document", &id), ("date", &portal.labels.day(first.changed))])
}

fn item_attention(portal: &Portal<'_>, item: ItemKey) -> Attention {
    let standards = &portal.reading.standards;
    let clause = portal.bare_clause_link(standards.clause_of(item));
    Attention {
        kind: AttentionKind::Missing,
        text: portal.labels.fill("say.do.provide", &[("what", &standards.item_at(item).name)]),
        detail: Some(portal.labels.fill("say.required_by", &[("clause", &clause.number)])),
        url: clause.url,
        owner: None,
    }
}

fn clause_attention(portal: &Portal<'_>, key: ClauseKey) -> Attention {
    let ClauseLink { number, title, url, verdict, lang: _ } = portal.bare_clause_link(key);
    let is_partial = verdict == Some(Verdict::Partial);
    Attention {
        kind: if is_partial { AttentionKind::Partial } else { AttentionKind::Missing },
        text: portal.labels.fill("say.do.address", &[("what", &format!("{number} {title}"))]),
        detail: Some(reason(portal, portal.assessment.clause(key))),
        url,
        owner: None,
    }
}
