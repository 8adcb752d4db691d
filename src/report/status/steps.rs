//! Next steps in words, each with the command that records it.

use std::fmt::Write;

use super::{HEADING, StatusReport, id};
use crate::assess::State;
use crate::handbook::{Document, DocumentIndex, is_dated_by_content, is_one_of};
use crate::id::ItemKey;
use crate::judge::{FIRST_STEPS, Step, next_steps};
use crate::report::reminders::overdue_advice;
use crate::report::{count_noun, without_controls};

impl StatusReport<'_> {
    pub(super) fn write_steps(&self, out: &mut String) {
        let _ = writeln!(out, "{HEADING}What to do next{HEADING:#}");
        let steps = next_steps(self.assessed(), FIRST_STEPS);
        for (at, step) in (1..).zip(&steps) {
            let _ = writeln!(out, "  {at}. {}", self.step(*step));
        }
        if steps.is_empty() {
            let _ = writeln!(out, "  Nothing: everything is in force, and no review is ever due.");
        }
    }

    fn step(&self, step: Step) -> String {
        let standards = &self.reading.standards;
        match step {
            Step::Begin => {
                let content = without_controls(&self.reading.settings.content);
                format!(
                    "Write a first document in `{content}`; `clausebook explain 5.2` says what a policy must contain"
                )
            }
            Step::Fix { errors, first } => {
                let problem = &self.assessment.findings[first].problem;
                let (place, message) =
                    (without_controls(&problem.place.to_string()), without_controls(&problem.message));
                format!(
                    "Fix the {} in files that `clausebook check` reports, starting with {place}: {message}",
                    count_noun(errors, "error")
                )
            }
            Step::Review(index) => self.review_step(index),
            Step::Close(at) => self.assessment.deadlines.get(at).map_or_else(String::new, overdue_advice),
            Step::Recheck(index) => self.recheck_step(index),
            Step::Approve { document, clauses } => self.approve_step(document, clauses),
            Step::Provide(item) => self.provide_step(item),
            Step::Address(key) => {
                let clause = standards.clause(key);
                let title = clause.title.as_deref().unwrap_or_default();
                format!(
                    "Address clause {} {title}; `clausebook explain {}` explains what it requires",
                    clause.id, clause.id
                )
            }
            Step::Prepare(index) => {
                let next = self.assessment.life(index).next_review.map_or_else(String::new, |date| date.to_string());
                format!("Prepare the review of {}, due on {next}", self.name(index))
            }
        }
    }

    fn approve_step(&self, index: DocumentIndex, clauses: usize) -> String {
        let wait = match clauses {
            0 => ",".to_owned(),
            1 => ": 1 clause depends on it;".to_owned(),
            more => format!(": {more} clauses depend on it;"),
        };
        format!("Finish and approve {}{wait} then run {}", self.name(index), self.approval(index))
    }

    /// The command that approves a document.
    fn approval(&self, index: DocumentIndex) -> String {
        let document = self.reading.handbook.document(index);
        format!("`{}`", approval_command(document, self.assessment.state(index)))
    }

    fn provide_step(&self, item: ItemKey) -> String {
        let standards = &self.reading.standards;
        let (facts, clause) = (standards.item_at(item), standards.clause(standards.clause_of(item)));
        format!(
            "Provide what clause {} requires: {} (`{}`). Write it, or list it under `provides` in the document that contains it",
            clause.id, facts.name, facts.id
        )
    }

    fn recheck_step(&self, index: DocumentIndex) -> String {
        let command = self.review_command(index);
        format!("Check that {} still agrees with what it depends on, then run `{command}`", self.name(index))
    }

    /// The command that records a review by a reviewer of the document or, failing that, its approver.
    fn review_command(&self, index: DocumentIndex) -> String {
        let document = self.reading.handbook.document(index);
        let reviewers = document.front().into_iter().flat_map(|front| &front.reviewers);
        let names = reviewers.map(|name| name.value.as_str()).chain(document.approvers.iter().map(|name| &**name));
        // A review by the owner or author alone is a finding.
        let mut others = names.filter(|name| !is_one_of(name, &document.owners, &document.authors));
        let by = others.next().map_or_else(|| "ROLE".to_owned(), |by| without_controls(by).replace('"', "'"));
        format!("clausebook review {} --by \"{by}\"", id(document))
    }

    fn review_step(&self, index: DocumentIndex) -> String {
        let document = self.reading.handbook.document(index);
        let life = self.assessment.life(index);
        if life.state == State::Changed {
            let reason = "its text is not the text that was approved";
            return format!("Approve a new version of {}: {reason}; run {}", self.name(index), self.approval(index));
        }
        let unknown = || "whose due date is unknown".to_owned();
        let due = life.next_review.map_or_else(unknown, |next| format!("due on {next}"));
        if is_dated_by_content(&document.doc_type) {
            return format!("Update {}, {due}, then set its `date`", self.name(index));
        }
        format!("Review {}, {due}, then run `{}`", self.name(index), self.review_command(index))
    }
}

/// The command that approves a document as its approver. If another text is approved, it asks for a higher version.
///
/// It is meant to be copied into a shell, so `ROLE` replaces the approvers unless all of their names are free of
/// special characters.
pub(crate) fn approval_command(document: &Document, state: State) -> String {
    let is_plain = |name: &str| name.chars().all(|c| c.is_alphanumeric() || " -_./(),&'".contains(c));
    let is_named = document.approvers.iter().len() > 0 && document.approvers.iter().all(|name| is_plain(name));
    let by: Vec<&str> = document.approvers.iter().map(|name| &**name).filter(|_| is_named).collect();
    let by = if is_named { by.join("\" --by \"") } else { "ROLE".to_owned() };
    let version = if state == State::Changed { " --version V --summary \"TEXT\"" } else { "" };
    format!("clausebook approve {} --by \"{by}\"{version}", without_controls(id(document)))
}
