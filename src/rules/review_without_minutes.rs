//! Management reviews whose minutes are not suitable.

use super::registers::{days_text, entries};
use super::{Check, Group, Rule};
use crate::assess::{Assessed, ReportProblem, minutes_problem};
use crate::finding::{Problem, RuleId, Severity};
use crate::handbook::{Document, PlacedEntry};
use crate::id::{DocumentId, ItemKey};
use crate::register::{Kind, ManagementReview};

pub(super) const RULE: Rule = Rule {
    id: RuleId("review-without-minutes"),
    group: Group::Registers,
    severity: Severity::Warning,
    meaning: "A management review has no minutes after `audits.report_within`, or names minutes that do not provide `management-review-results`, are empty or older than the review, or are not approved after that time.",
    why: "The minutes are the evidence of the review. An auditor who follows the link finds something else.",
    fix: "Name the document with the minutes under `minutes`, and have it provide `management-review-results`.",
    example: "minutes: NC-2026-07, which is a nonconformity",
    check: Check::Handbook(check),
};

fn check(assessed: &Assessed<'_>, problems: &mut Vec<Problem>) {
    let Assessed { reading, assessment } = assessed;
    let lookup = &reading.handbook.lookup;
    for (_, placed_entry) in entries(assessed, Kind::ManagementReviews) {
        problems.extend(missing_minutes(assessed, placed_entry));
        let minutes = placed_entry.entry.record.references("minutes").iter();
        let minutes_ids = minutes.filter_map(|reference| Some((reference.value.id()?, reference.span)));
        // IDs that do not exist or are not shown are not covered here.
        for (id, span) in minutes_ids.filter(|(id, _)| lookup.contains_id(id) && !lookup.is_withheld(id)) {
            let unfinished = || {
                let review = ManagementReview::from_entry(&placed_entry.entry)?;
                minutes_problem(reading, assessment, review, lookup.by_id(id)?).map(describe_problem)
            };
            if let Some(problem) = item_problem(assessed, id).or_else(unfinished) {
                let message = format!("the minutes of management review {} are {id}, {problem}", placed_entry.id());
                let set =
                    format!("name the document with the minutes: `clausebook set {} minutes=ID`", placed_entry.id());
                let help = match lookup.by_id(id) {
                    Some(_) => {
                        format!("if {id} contains the minutes, add `{}` to its `provides`; otherwise {set}", item())
                    }
                    None => set,
                };
                problems.push(
                    Problem::new(RULE.id, placed_entry.place(span), message).with_subject(placed_entry.id()).help(help),
                );
            }
        }
    }
}

/// Reports a review that was held longer ago than minutes may take, and names none.
fn missing_minutes(assessed: &Assessed<'_>, placed_entry: &PlacedEntry) -> Option<Problem> {
    let Assessed { reading, assessment } = assessed;
    let record = &placed_entry.entry.record;
    let as_of = assessment.clock.as_of;
    let held = ManagementReview::from_entry(&placed_entry.entry)?.held(as_of)?;
    let is_late = reading.settings.registers.audits.report_due(held.to) < as_of;
    if !is_late || !record.references("minutes").is_empty() {
        return None;
    }
    let (id, ago) = (placed_entry.id(), days_text(held.to.days_until(as_of)));
    let what = if record.is_unclear("minutes") { "its minutes cannot be read" } else { "has no minutes" };
    let message = format!("management review {id} was held {ago} ago and {what}");
    let help = format!("name the document with the minutes: `clausebook set {id} minutes=ID`");
    Some(Problem::new(RULE.id, placed_entry.place(record.span_of("held")), message).with_subject(id).help(help))
}

/// The documented information that the minutes of a review provide.
fn item() -> &'static str {
    Kind::ManagementReviews.row().item
}

/// Why a document or entry cannot be the minutes of a review, if so.
fn item_problem(assessed: &Assessed<'_>, id: &DocumentId) -> Option<String> {
    let reading = assessed.reading;
    let item = item();
    let is_item = |key: &ItemKey| reading.standards.item_at(*key).id.as_str() == item;
    let Some(index) = reading.handbook.lookup.by_id(id) else { return Some("which is not a document".to_owned()) };
    let provides = |document: &Document| document.provides.iter().any(|(key, _)| is_item(key));
    let is_known =
        reading.standards.indexes().any(|standard| reading.standards.items(standard).any(|key| is_item(&key)));
    (is_known && !provides(reading.handbook.document(index))).then(|| format!("which does not provide `{item}`"))
}

fn describe_problem(problem: ReportProblem) -> String {
    match problem {
        ReportProblem::NotApproved => "which is not approved yet".to_owned(),
        ReportProblem::OtherType(doc_type) => format!("which is a document of type `{doc_type}`"),
        ReportProblem::Empty => "which is empty".to_owned(),
        ReportProblem::Older(approved) => format!("which was approved on {approved}, before the review"),
    }
}
