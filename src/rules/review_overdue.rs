//! Documents whose review is overdue.

use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{Assessed, State};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Document, is_dated_by_content};
use crate::place::Place;

pub(super) const RULE: Rule = Rule {
    id: RuleId("review-overdue"),
    group: Group::Lifecycle,
    severity: Severity::Warning,
    meaning: "The review of a document is overdue.",
    why: "A document not reviewed on time may describe practices that are no longer followed.",
    fix: "Review it, then record the review with `clausebook review ID --by ROLE`.",
    example: "approved: 2024-01-15 with review: 12 months, on 2026-11-22",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let life = assessed.assessment.life(subject.index);
    // Evidence is not reviewed but renewed; another rule covers it.
    if life.state != State::Overdue || is_dated_by_content(&subject.document.doc_type) {
        return;
    }
    let message = match life.next_review {
        Some(next) => {
            let days = next.days_until(assessed.assessment.clock.as_of);
            let ago = if days == 1 { "yesterday".to_owned() } else { format!("{days} days ago") };
            format!("the review of this document was due on {next}, {ago}")
        }
        None => "the next review date of this document is unknown".to_owned(),
    };
    let owner = subject.document.owners.joined().unwrap_or("its owner".into());
    let help = format!("ask the owner ({owner}) to review it, then record the review with `clausebook review`");
    problems.push(Problem::new(RULE.id, place(subject.document), message).help(help));
}

/// The place in a document that determines its next review: the last review or approval, or the next review.
pub(super) fn place(document: &Document) -> Place {
    let Some(front) = document.front() else { return document.front_matter_place() };
    let last = front.reviews.iter().max_by_key(|review| review.date.value).map(|review| review.date.span);
    let date = front.approved.as_ref().or(front.date.as_ref()).map(|date| date.span);
    let next = front.review.as_ref().filter(|_| matches!(document.review, crate::handbook::ReviewRule::Next(_)));
    let span = next.map(|review| review.span).or(last).or(date);
    span.map_or_else(|| document.front_matter_place(), |span| document.place(span))
}
