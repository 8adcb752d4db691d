//! The note at the top of a draft: what there is to decide, and what the document is for.

use super::records::Evidence;
use super::text::{listed, wrapped};
use crate::handbook::Document;
use crate::id::ClauseKey;
use crate::source::front_matter::Extent;
use crate::standard::Standards;

/// What there is to decide in a document of a type.
const DECISIONS: [(&str, &str); 13] = [
    (
        "policy",
        "Decide which of these commitments and rules top management stands behind, who may allow an exception, and how you know that they are kept.",
    ),
    (
        "process",
        "Decide who owns the process, which steps and time limits you can keep from the first day, how each measure is taken, and whether the records that it produces exist.",
    ),
    (
        "procedure",
        "Walk through the steps with the people who will do them, and decide on roles, times, telephone numbers, and what to do when a step fails.",
    ),
    ("plan", "Decide on dates, money and the role that answers for each step; a plan without them binds nobody."),
    (
        "work-instruction",
        "Try the steps at the place where the work is done, and change whatever is done otherwise there.",
    ),
    ("guideline", "Decide which of the advice fits your work, and take out the rest."),
    (
        "agreement",
        "Agree on services, targets, duties and what follows from a missed target with the other party; nothing of it holds before both have signed.",
    ),
    ("catalogue", "The services are examples: enter your own, each with its owner, its users and its hours."),
    (
        "register",
        "The entries are examples: replace every one by your own, and decide who keeps the register and how often it is looked through.",
    ),
    (
        "specification",
        "Decide on each requirement and each figure with those who depend on it, and on how you will show that it is met.",
    ),
    (
        "analysis",
        "The method may stay; the input and the conclusions must be your own. Decide who takes part, and when it is done again.",
    ),
    ("report", "Nothing is recorded yet."),
    ("record", "Nothing is recorded yet."),
];
/// For types of which the table says nothing.
const DECISION: &str = "Decide what of this text holds for you.";
/// More clauses or items than these are counted rather than named.
const MOST_NAMED: usize = 3;
/// What is not yet true of the organization.
const EXAMPLES: &str = "Names, figures, dates and events in the text are examples.";
/// How a draft ceases to be one.
const APPROVAL: &str =
    "When the text is yours, take out this note, set `status: approved`, and add `approved` with the day.";
/// How evidence ceases to be a draft.
const DATING: &str =
    "When it is filled in, take out this note, add `date`, set `status: approved`, and add `approved` with the day.";

/// The note for a document of the model handbook.
pub(super) fn note(standards: &Standards, document: &Document, evidence: Option<&Evidence>) -> String {
    let decision = DECISIONS.iter().find(|(kind, _)| *kind == &*document.kind).map_or(DECISION, |(_, text)| text);
    let mut paragraphs = vec![match evidence {
        Some(evidence) => format!("**Draft.** {decision} {}", evidence.record),
        None => format!("**Draft.** {decision} {EXAMPLES}"),
    }];
    paragraphs.extend(purpose(standards, document));
    paragraphs.push(if evidence.is_some() { DATING } else { APPROVAL }.to_owned());
    alert(&paragraphs)
}

/// Paragraphs as a note.
pub(super) fn alert(paragraphs: &[String]) -> String {
    let paragraphs: Vec<String> = paragraphs.iter().map(|text| wrapped(text, "> ")).collect();
    format!("> [!NOTE]\n{}\n", paragraphs.join(">\n"))
}

/// Which clauses a document answers, what they want, and which items it is.
fn purpose(standards: &Standards, document: &Document) -> Option<String> {
    let clauses = clauses(standards, document);
    let mut sentences: Vec<String> = clauses.iter().take(MOST_NAMED).map(|key| clause(standards, *key)).collect();
    if let Some(more) = clauses.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        sentences.push(format!("It answers {more} more."));
    }
    let items: Vec<String> = document.provides.iter().map(|(item, _)| standards.item_at(*item).name.clone()).collect();
    if !items.is_empty() {
        sentences.push(format!("An auditor will look here for: {}.", listed(&items)));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The clauses of the main standard that it answers in full, else those that ask for what it provides.
fn clauses(standards: &Standards, document: &Document) -> Vec<ClauseKey> {
    let main = standards.main();
    let full = document.claims.iter().filter(|claim| claim.extent == Extent::Full).map(|claim| claim.clause);
    let mut keys: Vec<ClauseKey> = full.filter(|key| Some(key.standard) == main).collect();
    if keys.is_empty() {
        keys = document.provides.iter().map(|(item, _)| standards.clause_of(*item)).collect();
    }
    keys.sort();
    keys.dedup();
    keys
}

fn clause(standards: &Standards, key: ClauseKey) -> String {
    let clause = standards.clause(key);
    let title = clause.title.as_deref().unwrap_or_default();
    let summary = clause.summary.as_deref().unwrap_or_default();
    format!("Clause {} ({title}): {summary}", clause.id)
}
