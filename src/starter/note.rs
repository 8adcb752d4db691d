//! The note at the top of a draft: the decisions to take, and the purpose of the document.

use super::records::Evidence;
use super::text::{join_names, wrap};
use crate::handbook::Document;
use crate::id::ClauseKey;
use crate::source::front_matter::Extent;
use crate::standard::Standards;

/// The decisions to take in a document of each type.
const DECISIONS: [(&str, &str); 13] = [
    (
        "policy",
        "Decide which of these commitments and rules top management supports, who may allow an exception, and how you will check that they are followed.",
    ),
    (
        "process",
        "Decide who owns the process, which steps and time limits you can meet from the first day, how each measure is taken, and whether you already keep the records that it produces.",
    ),
    (
        "procedure",
        "Walk through the steps with the people who will carry them out, and decide on roles, times, telephone numbers, and what to do if a step fails.",
    ),
    (
        "plan",
        "Decide on dates, money and the accountable role for each step. Without them, nobody has to follow the plan.",
    ),
    ("work-instruction", "Try out the steps where the work is done, and change anything that works differently there."),
    ("guideline", "Decide which of the recommendations fit your work, and delete the others."),
    (
        "agreement",
        "Agree with the other party on services, targets, responsibilities and what happens if a target is missed. The agreement takes effect only when both parties have signed it.",
    ),
    ("catalogue", "The services are examples. Enter your own, each with its owner, users and hours."),
    (
        "register",
        "The entries are examples. Replace them with your own, and decide who maintains the register and how often it is reviewed.",
    ),
    (
        "specification",
        "Agree each requirement and each figure with the people who depend on it, and decide how you will show that it is met.",
    ),
    (
        "analysis",
        "You can keep the method; the data and the conclusions must be your own. Decide who takes part, and when the analysis is repeated.",
    ),
    ("report", "Nothing is recorded yet."),
    ("record", "Nothing is recorded yet."),
];
/// The decision to take in a document of any other type.
const DECISION: &str = "Decide which parts of this text apply to you.";
/// The decision to take about a document that somebody else issues.
const EXTERNAL: &str = "This is an example of a document that somebody else issues. Replace it with one that you work to, with its issuer, edition and location, or delete it.";
/// The maximum number of clauses that are named; the others are counted.
const MAX_NAMED: usize = 3;
/// The version of a text that is approved for the first time.
const FIRST_VERSION: &str = "1.0";
/// The warning that the text is not yet about the organization.
const EXAMPLES: &str = "All names, figures, dates and events in the text are examples.";
/// The start of a draft's note.
const NOTE_START: &str = "**Draft.**";
/// How to approve evidence.
const RECORD_APPROVAL: &str = "When it is complete, delete this note, add `date`, set `status: approved`, and add the date of approval as `approved`.";

/// The note for a document of the model handbook.
pub(super) fn note(standards: &Standards, document: &Document, evidence: Option<&Evidence>) -> String {
    let decision_of_kind =
        || DECISIONS.iter().find(|(kind, _)| *kind == &*document.doc_type).map_or(DECISION, |(_, text)| *text);
    let decision = match document.front().and_then(|front| front.issuer.as_ref()) {
        Some(_) => EXTERNAL,
        None => decision_of_kind(),
    };
    let mut paragraphs = vec![match evidence {
        Some(evidence) => format!("{NOTE_START} {decision} {}", evidence.instructions),
        None => format!("{NOTE_START} {decision} {EXAMPLES}"),
    }];
    paragraphs.extend(purpose(standards, document));
    paragraphs.push(if evidence.is_some() { RECORD_APPROVAL.to_owned() } else { approval(document) });
    render_note(&paragraphs)
}

/// How to approve a draft. The note must be deleted first, because the approval covers the text as it is.
fn approval(document: &Document) -> String {
    let id = document.id().map_or("ID", |id| id.as_str());
    let by: Vec<&str> = document.approvers.iter().map(|name| &**name).collect();
    let by = if by.is_empty() { "ROLE".to_owned() } else { by.join("\" --by \"") };
    format!(
        "When the text is yours, delete this note, then have the text approved: `clausebook approve {id} --by \"{by}\" \
         --version {FIRST_VERSION} --summary \"First version\"`."
    )
}

/// Whether the note of a draft is still in a text.
pub(crate) fn has_draft_note(text: &str) -> bool {
    text.lines()
        .any(|line| line.trim_start().strip_prefix('>').is_some_and(|line| line.trim_start().starts_with(NOTE_START)))
}

/// Paragraphs as a note.
pub(super) fn render_note(paragraphs: &[String]) -> String {
    let paragraphs: Vec<String> = paragraphs.iter().map(|text| wrap(text, "> ")).collect();
    format!("> [!NOTE]\n{}\n", paragraphs.join(">\n"))
}

/// The clauses that a document addresses, what they require, and the items that it provides.
fn purpose(standards: &Standards, document: &Document) -> Option<String> {
    let clauses = clauses(standards, document);
    let mut sentences: Vec<String> = clauses.iter().take(MAX_NAMED).map(|key| clause(standards, *key)).collect();
    if let Some(more) = clauses.len().checked_sub(MAX_NAMED).filter(|more| *more > 0) {
        sentences.push(format!("It addresses {more} more."));
    }
    let items: Vec<String> = document.provides.iter().map(|(item, _)| standards.item_at(*item).name.clone()).collect();
    if !items.is_empty() {
        sentences.push(format!("An auditor will look here for: {}.", join_names(&items)));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The clauses of the main standard that it addresses in full, or else those that require what it provides.
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
