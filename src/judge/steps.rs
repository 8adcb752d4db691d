//! Next steps: the most urgent first, and one of each kind before a second of any kind.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::assess::{
    Assessed, Assessment, ClauseAssessment, Deadline, DeadlineKind, DeadlineState, DeadlineSubject, ItemVerdict, State,
    Verdict,
};
use crate::finding::{Severity, closing};
use crate::handbook::{Document, DocumentIndex, EntryIndex};
use crate::id::{ClauseKey, ItemKey};
use crate::register::Nonconformity;
use crate::rules::{Group, find_rule, suspect_links};
use crate::standard::Basis;

/// The number of steps shown on the home page and in `status`.
pub(crate) const FIRST_STEPS: usize = 3;

/// A step to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Write the first document.
    Begin,
    /// Fix errors in files.
    Fix {
        /// The number of errors.
        errors: usize,
        /// The index of the first error in the assessment's findings.
        first: usize,
    },
    /// Review a document whose review is overdue or whose text has changed.
    Review(DocumentIndex),
    /// Close an overdue deadline of a register, by its index in the assessment.
    Close(usize),
    /// Check a document against a document that it depends on, which has changed since.
    Recheck(DocumentIndex),
    /// Approve a document that clauses may be waiting for.
    Approve {
        /// The document.
        document: DocumentIndex,
        /// The number of clauses that it would cover and that no document covers yet.
        clauses: usize,
    },
    /// Write or name a document that provides a required item.
    Provide(ItemKey),
    /// Address a clause.
    Address(ClauseKey),
    /// Prepare the next review.
    Prepare(DocumentIndex),
}

/// Returns up to `count` steps.
pub(crate) fn next_steps(assessed: Assessed<'_>, count: usize) -> Vec<Step> {
    let Assessed { assessment, .. } = assessed;
    if assessment.findings.iter().any(|finding| finding.problem.rule == closing::NOTHING_CHECKED) {
        return vec![Step::Begin];
    }
    let (costly_reviews, other_reviews) = reviews(assessed);
    let (costly_approvals, other_approvals) = approvals(assessed);
    let (overdue_nonconformities, overdue_others) = overdue(assessed);
    // What fails the check or lowers a figure comes first. Then what exists comes before what is still to be written.
    let costly = [fix_steps(assessment), costly_reviews, overdue_nonconformities, costly_approvals];
    let mut steps = interleave(&costly, count);
    let others = [
        other_reviews,
        overdue_others,
        rechecks(assessed),
        provisions(assessed),
        address_steps(assessed),
        other_approvals,
    ];
    steps.extend(interleave(&others, count - steps.len()));
    let remaining = count - steps.len();
    steps.extend(preparations(assessed).into_iter().take(remaining));
    steps
}

/// Takes one of each kind, then a second of each, in the order of kinds.
fn interleave(kinds: &[Vec<Step>], count: usize) -> Vec<Step> {
    let rounds = kinds.iter().map(Vec::len).max().unwrap_or(0).min(count);
    let turns = (0..rounds).flat_map(|turn| kinds.iter().filter_map(move |steps| steps.get(turn).copied()));
    turns.take(count).collect()
}

/// Rules whose errors other steps remove.
const RULES_OF_OTHER_STEPS: [&str; 7] = [
    "changed-since-approval",
    "edited-since-approval",
    "missing-document",
    "missing-record",
    "nonconformity-overdue",
    "unapproved",
    "uncovered-clause",
];

fn fix_steps(assessment: &Assessment) -> Vec<Step> {
    let errors: Vec<usize> = (0..assessment.findings.len())
        .filter(|at| {
            let finding = &assessment.findings[*at];
            finding.severity == Severity::Error && !RULES_OF_OTHER_STEPS.contains(&finding.problem.rule.0)
        })
        .collect();
    // Errors that keep files from being read come first.
    let is_urgent = |at: &&usize| {
        let rule = find_rule(assessment.findings[**at].problem.rule.0);
        rule.is_some_and(|rule| matches!(rule.group, Group::Handbook | Group::FrontMatter | Group::Identity))
    };
    let first = errors.iter().find(is_urgent).or(errors.first());
    first.map(|first| Step::Fix { errors: errors.len(), first: *first }).into_iter().collect()
}

/// Overdue and changed documents, which are no longer in force, those that the most clauses depend on first: changed
/// ones and those that a clause or a required item depends on, and all others.
fn reviews(assessed: Assessed<'_>) -> (Vec<Step>, Vec<Step>) {
    let Assessed { assessment, .. } = assessed;
    let waiting_counts = waiting(assessment, Verdict::Stale);
    let is_stale =
        |(index, _): &(DocumentIndex, &Document)| matches!(assessment.state(*index), State::Overdue | State::Changed);
    let mut documents: Vec<DocumentIndex> =
        assessed.reading.handbook.controlled().filter(is_stale).map(|(index, _)| index).collect();
    let clauses = |index: &DocumentIndex| waiting_counts.get(index).copied().unwrap_or(0);
    let items = items_waiting(assessment, ItemVerdict::Stale);
    let is_changed = |index: &DocumentIndex| assessment.state(*index) == State::Changed;
    let is_costly = |index: &DocumentIndex| is_changed(index) || clauses(index) > 0 || items.contains(index);
    let place = |index: &DocumentIndex| (Reverse(clauses(index)), assessment.life(*index).next_review, *index);
    documents.sort_by_key(place);
    let (costly, others): (Vec<DocumentIndex>, Vec<DocumentIndex>) = documents.into_iter().partition(is_costly);
    (costly.into_iter().map(Step::Review).collect(), others.into_iter().map(Step::Review).collect())
}

/// Overdue nonconformities by grade, which are errors, and overdue actions, decisions and effect checks; oldest first.
fn overdue(assessed: Assessed<'_>) -> (Vec<Step>, Vec<Step>) {
    let Assessed { reading, assessment } = assessed;
    let grades = &reading.settings.registers.nonconformities.grades;
    // A nonconformity without a readable grade comes first.
    let grade = |index: EntryIndex| {
        let name = Nonconformity::from_entry(&reading.handbook.registers.entry(index).entry)
            .and_then(Nonconformity::grade_name);
        grades.iter().position(|grade| Some(grade.name.as_str()) == name).map_or(0, |at| at + 1)
    };
    let rank = |deadline: &Deadline| match (deadline.kind, deadline.subject) {
        (DeadlineKind::Nonconformity, DeadlineSubject::Entry(index)) => Some(grade(index)),
        (DeadlineKind::Action | DeadlineKind::Decision | DeadlineKind::Effect, _) => Some(grades.len() + 1),
        _ => None,
    };
    let late = assessment.deadlines.iter().enumerate().filter(|(_, deadline)| deadline.state == DeadlineState::Overdue);
    let mut late: Vec<(usize, usize)> = late.filter_map(|(at, deadline)| Some((rank(deadline)?, at))).collect();
    late.sort_unstable();
    let (nonconformities, others): (Vec<_>, Vec<_>) = late.into_iter().partition(|(rank, _)| *rank <= grades.len());
    let step = |(_, at)| Step::Close(at);
    (nonconformities.into_iter().map(step).collect(), others.into_iter().map(step).collect())
}

/// Documents in force that depend on a changed document, latest change first.
fn rechecks(assessed: Assessed<'_>) -> Vec<Step> {
    let handbook = &assessed.reading.handbook;
    let in_force = handbook.controlled().filter(|(index, _)| assessed.assessment.state(*index).is_in_force());
    let changed = |index| suspect_links(&assessed, index).iter().map(|link| link.changed).max();
    let mut suspects: Vec<_> = in_force.filter_map(|(index, _)| Some((Reverse(changed(index)?), index))).collect();
    suspects.sort();
    suspects.into_iter().map(|(_, index)| Step::Recheck(index)).collect()
}

/// Documents in draft or in review, those that the most clauses are waiting for first: those that a clause or a
/// required item is waiting for, and all others.
fn approvals(assessed: Assessed<'_>) -> (Vec<Step>, Vec<Step>) {
    let Assessed { assessment, .. } = assessed;
    let waiting_counts = waiting(assessment, Verdict::Draft);
    let is_waiting =
        |(index, _): &(DocumentIndex, &Document)| matches!(assessment.state(*index), State::Draft | State::InReview);
    let documents = assessed
        .reading
        .handbook
        .controlled()
        .filter(is_waiting)
        .map(|(document, _)| (document, waiting_counts.get(&document).copied().unwrap_or(0)));
    let mut documents: Vec<(DocumentIndex, usize)> = documents.collect();
    documents.sort_by_key(|(index, clauses)| (Reverse((*clauses, assessment.state(*index))), *index));
    let items = items_waiting(assessment, ItemVerdict::Draft);
    let is_costly = |(index, clauses): &(DocumentIndex, usize)| *clauses > 0 || items.contains(index);
    let (costly, others): (Vec<_>, Vec<_>) = documents.into_iter().partition(is_costly);
    let step = |(document, clauses)| Step::Approve { document, clauses };
    (costly.into_iter().map(step).collect(), others.into_iter().map(step).collect())
}

/// The documents that provide the required items with `verdict` of the main standard.
fn items_waiting(assessment: &Assessment, verdict: ItemVerdict) -> BTreeSet<DocumentIndex> {
    let items = assessment.items.first().into_iter().flatten();
    let waiting = items.filter(|item| item.basis == Basis::Required && item.verdict == verdict);
    waiting
        .flat_map(|item| &item.providers)
        .filter(|provider| provider.fits)
        .map(|provider| provider.document)
        .collect()
}

/// The number of the main standard's units with `verdict` that each document claims.
fn waiting(assessment: &Assessment, verdict: Verdict) -> BTreeMap<DocumentIndex, usize> {
    let mut counts = BTreeMap::new();
    let units = assessment.clauses.first().into_iter().flatten();
    for clause in units.filter(|clause| clause.units == 1 && !clause.rolled_up && clause.verdict == Some(verdict)) {
        let mut documents: Vec<DocumentIndex> =
            clause.claims.iter().filter(|claim| claim.counts).map(|claim| claim.document).collect();
        documents.sort();
        documents.dedup();
        documents.into_iter().for_each(|document| *counts.entry(document).or_default() += 1);
    }
    counts
}

fn provisions(assessed: Assessed<'_>) -> Vec<Step> {
    let Assessed { assessment, .. } = assessed;
    let items = assessment.items.first().into_iter().flatten();
    let missing = items.filter(|item| item.basis == Basis::Required && item.verdict == ItemVerdict::Missing);
    let mut missing: Vec<ItemKey> = missing.map(|item| item.item).collect();
    // A certification audit asks for policies and plans first, not for records of events that have not happened yet.
    missing.sort_by_key(|item| {
        (assessed.reading.standards.item_at(*item).keep == crate::standard::Retention::Retain, *item)
    });
    missing.into_iter().map(Step::Provide).collect()
}

fn address_steps(assessed: Assessed<'_>) -> Vec<Step> {
    let Assessed { assessment, .. } = assessed;
    let clauses = assessment.clauses.first().into_iter().flatten();
    let open = |clause: &&ClauseAssessment| {
        assessed.reading.standards.is_unit(clause.clause)
            && matches!(clause.verdict, Some(Verdict::Missing | Verdict::Partial))
    };
    let mut open: Vec<_> = clauses.filter(open).collect();
    open.sort_by_key(|clause| (clause.verdict, clause.clause));
    open.into_iter().map(|clause| Step::Address(clause.clause)).collect()
}

/// Documents in force, sorted by their next review.
fn preparations(assessed: Assessed<'_>) -> Vec<Step> {
    let Assessed { assessment, .. } = assessed;
    let in_force = assessed.reading.handbook.controlled().filter(|(index, _)| assessment.state(*index).is_in_force());
    let dated = in_force.filter_map(|(index, _)| Some((assessment.life(index).next_review?, index)));
    let mut dated: Vec<_> = dated.collect();
    dated.sort();
    dated.into_iter().map(|(_, index)| Step::Prepare(index)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_each_kind_comes_before_a_second_of_any() {
        let review = |at| Step::Review(DocumentIndex(at));
        let approve = |at| Step::Approve { document: DocumentIndex(at), clauses: 1 };
        let kinds = [vec![], vec![review(1), review(2), review(3)], vec![approve(4)]];
        assert_eq!(interleave(&kinds, 3), [review(1), approve(4), review(2)]);
        assert_eq!(interleave(&kinds, 1), [review(1)]);
        assert_eq!(interleave(&[vec![], vec![]], 3), []);
    }
}
