//! Documents whose review is due soon.

use super::record_overdue::is_awaited;
use super::review_overdue::place;
use super::{Check, CheckedDocument, Group, Rule};
use crate::assess::{Assessed, State};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::is_dated_by_content;

pub(super) const RULE: Rule = Rule {
    id: RuleId("review-due-soon"),
    group: Group::Lifecycle,
    severity: Severity::Note,
    meaning: "The review of a document is due soon.",
    why: "With enough notice, the owner can review the document before it stops counting.",
    fix: "Review it, then record the review with `clausebook review ID --by ROLE`.",
    example: "approved: 2025-12-01 with review: 12 months, on 2026-11-22",
    check: Check::Document(check),
};

fn check(assessed: &Assessed<'_>, subject: CheckedDocument<'_>, problems: &mut Vec<Problem>) {
    let life = assessed.assessment.life(subject.index);
    let document = subject.document;
    let (State::DueSoon, Some(next)) = (life.state, life.next_review) else { return };
    let is_evidence = is_dated_by_content(&document.doc_type);
    if !document.is_controlled() || (is_evidence && document.provides.is_empty() && !is_awaited(assessed, document)) {
        return;
    }
    let days = assessed.assessment.clock.as_of.days_until(next);
    let message = match days {
        0 => format!("the review of this document is due today, {next}"),
        1 => format!("the review of this document is due tomorrow, {next}"),
        _ => format!("the review of this document is due on {next}, in {days} days"),
    };
    let owner = document.owners.joined().unwrap_or("its owner".into());
    problems.push(Problem::new(RULE.id, place(document), message).help(format!("ask {owner} to review it")));
}
