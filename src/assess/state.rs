//! What a document is on a date.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::date::Date;
use crate::handbook::{Digest, Document, DocumentIndex, Handbook, ReviewRule};
use crate::source::front_matter::{Attestation, Status};

/// What a document is on a date; the first that applies, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Its status is retired, or an approved document in force supersedes it.
    Retired,
    /// Its status is draft or not known, or it is called approved without a date or an approver.
    Draft,
    /// It waits for approval.
    InReview,
    /// It is approved or effective only after the date.
    Future,
    /// Its text is not the text that was last approved or reviewed.
    Changed,
    /// Its next review lies before the date.
    Overdue,
    /// In force, with its next review within the warning period.
    DueSoon,
    /// In force.
    Current,
}

impl State {
    /// Every state, from retired to current.
    pub const ALL: [State; 8] = [
        State::Retired,
        State::Draft,
        State::InReview,
        State::Future,
        State::Changed,
        State::Overdue,
        State::DueSoon,
        State::Current,
    ];

    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Retired => "retired",
            State::Draft => "draft",
            State::InReview => "in-review",
            State::Future => "future",
            State::Changed => "changed",
            State::Overdue => "overdue",
            State::DueSoon => "due-soon",
            State::Current => "current",
        }
    }

    /// Whether a claim by a document in this state counts in full.
    pub(crate) fn is_in_force(self) -> bool {
        matches!(self, State::Current | State::DueSoon)
    }
}

/// A document's life on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Life {
    /// What it is.
    pub(crate) state: State,
    /// The day of its approval; for a record without one, the record's date.
    pub(crate) approved: Option<Date>,
    /// The last day on which it was approved or reviewed, as far as that is not after the date.
    pub(crate) last_review: Option<Date>,
    /// The day of its next review; `None` when that is not known or its type has none.
    pub(crate) next_review: Option<Date>,
}

/// The date, and how long before a review the warning begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The day that is assessed.
    pub as_of: Date,
    /// Days before a review from which a document is due soon.
    pub warning_days: u16,
}

/// The life of every document, in the handbook's order.
pub(crate) fn lives(handbook: &Handbook, clock: Clock) -> Vec<Life> {
    let alone: Vec<Life> = handbook.documents.par_iter().map(|document| alone(document, clock)).collect();
    let mut lives = alone.clone();
    for (index, document) in handbook.indexed() {
        if !document.superseded_by.is_empty() && is_superseded(handbook, &alone, index) {
            lives[index.at()].state = State::Retired;
        }
    }
    lives
}

/// The life of one document.
pub(super) fn life(handbook: &Handbook, index: DocumentIndex, clock: Clock) -> Life {
    let document = handbook.document(index);
    let life = alone(document, clock);
    let successors = successors(handbook, index);
    let in_force = |next: &DocumentIndex| alone(handbook.document(*next), clock).state.is_in_force();
    if successors.iter().any(in_force) { Life { state: State::Retired, ..life } } else { life }
}

/// Every document in the chain of those that supersede this one.
fn successors(handbook: &Handbook, index: DocumentIndex) -> Vec<DocumentIndex> {
    let mut seen = vec![index];
    let mut at = 0;
    while let Some(next) = seen.get(at).copied() {
        let more = handbook.document(next).superseded_by.iter().filter(|one| !seen.contains(one)).copied();
        let more: Vec<DocumentIndex> = more.collect();
        seen.extend(more);
        at += 1;
    }
    seen.remove(0);
    seen
}

/// The days after the clock's on which the state of a document may change, in order.
pub(super) fn turning_days(handbook: &Handbook, index: DocumentIndex, clock: Clock) -> BTreeSet<Date> {
    let documents = std::iter::once(index).chain(successors(handbook, index));
    let days = documents.flat_map(|one| own_turning_days(handbook.document(one), clock));
    days.filter(|day| *day > clock.as_of).collect()
}

/// Every day that front matter names and each next review, with the days beside it: a state begins on such a day, or
/// on the day after.
fn own_turning_days(document: &Document, clock: Clock) -> Vec<Date> {
    let Some(front) = document.front() else { return Vec::new() };
    let single = [&front.approved, &front.effective, &front.date].into_iter().flatten().map(|date| date.value);
    let reviews = front.reviews.iter().map(|review| review.on.value);
    let changes = front.changes.iter().filter_map(|change| Some(change.on.as_ref()?.value));
    let mut days: Vec<Date> = single.chain(reviews).chain(changes).collect();
    let reviewed = match document.review {
        ReviewRule::Next(date) => vec![date],
        ReviewRule::Every(interval) => days.iter().map(|day| day.plus(interval)).collect(),
        ReviewRule::Never => Vec::new(),
    };
    days.extend(reviewed.iter().map(|day| day.plus_days(-i32::from(clock.warning_days))));
    days.extend(reviewed);
    days.iter().flat_map(|day| [*day, day.plus_days(1)]).collect()
}

/// Whether a document in force stands anywhere in the chain of those that supersede this one.
fn is_superseded(handbook: &Handbook, alone: &[Life], index: DocumentIndex) -> bool {
    let mut seen = std::collections::BTreeSet::from([index]);
    let mut waiting = handbook.document(index).superseded_by.clone();
    while let Some(next) = waiting.pop() {
        if !seen.insert(next) {
            continue;
        }
        if alone[next.at()].state.is_in_force() {
            return true;
        }
        waiting.extend(&handbook.document(next).superseded_by);
    }
    false
}

/// A document's life without regard to what supersedes it.
fn alone(document: &Document, clock: Clock) -> Life {
    let approved = approved(document);
    let last_review = last_review(document, approved, clock.as_of);
    let next_review = next_review(document, last_review);
    let life = Life { state: State::Current, approved, last_review, next_review };
    Life { state: state(document, life, clock), ..life }
}

/// Types whose `date` says when they were made or last checked, and stands for a day of approval.
pub(crate) fn is_dated_by_content(kind: &str) -> bool {
    matches!(kind, "record" | "report")
}

fn approved(document: &Document) -> Option<Date> {
    let front = document.front()?;
    let date = front.date.as_ref().filter(|_| is_dated_by_content(&document.kind));
    front.approved.as_ref().or(date).map(|date| date.value)
}

fn last_review(document: &Document, approved: Option<Date>, as_of: Date) -> Option<Date> {
    let front = document.front()?;
    if is_dated_by_content(&document.kind)
        && let Some(date) = &front.date
    {
        return Some(date.value);
    }
    let reviews = front.reviews.iter().map(|review| review.on.value).filter(|on| *on <= as_of);
    approved.into_iter().chain(reviews).max()
}

fn next_review(document: &Document, last_review: Option<Date>) -> Option<Date> {
    match document.review {
        ReviewRule::Next(date) => Some(date),
        ReviewRule::Every(interval) => last_review.map(|date| date.plus(interval)),
        ReviewRule::Never => None,
    }
}

fn state(document: &Document, life: Life, clock: Clock) -> State {
    let Some(front) = document.front() else { return State::Draft };
    match document.status() {
        Some(Status::Retired) => return State::Retired,
        Some(Status::InReview) => return State::InReview,
        Some(Status::Draft) | None => return State::Draft,
        Some(Status::Approved) => {}
    }
    let is_undated_record = &*document.kind == "record" && front.date.is_none();
    let (Some(approved), true, false) = (life.approved, document.approver.is_some(), is_undated_record) else {
        return State::Draft;
    };
    let begins = [Some(approved), front.effective.as_ref().map(|date| date.value), life.last_review];
    if begins.into_iter().flatten().any(|date| date > clock.as_of) {
        return State::Future;
    }
    if is_changed(document, life.approved, clock.as_of) {
        return State::Changed;
    }
    freshness(document, life, clock)
}

fn freshness(document: &Document, life: Life, clock: Clock) -> State {
    match life.next_review {
        Some(next) if next < clock.as_of => State::Overdue,
        Some(next) if next <= clock.as_of.plus_days(clock.warning_days.into()) => State::DueSoon,
        Some(_) => State::Current,
        None if document.review == ReviewRule::Never => State::Current,
        None => State::Overdue,
    }
}

/// The last attestation that is not older than the approval and says which text it was about.
///
/// An approval after the last attestation approves a text that nobody took a digest of, so nothing is known then.
pub(crate) fn attested(document: &Document, approved: Option<Date>, as_of: Date) -> Option<(&Attestation, &str)> {
    let reviews = &document.front()?.reviews;
    let relevant = reviews.iter().filter(|review| {
        let on = review.on.value;
        on <= as_of && approved.is_none_or(|approved| on >= approved)
    });
    let last = relevant.filter(|review| review.digest.is_some()).max_by_key(|review| review.on.value)?;
    last.digest.as_ref().map(|digest| (last, digest.value.as_str()))
}

fn is_changed(document: &Document, approved: Option<Date>, as_of: Date) -> bool {
    attested(document, approved, as_of).is_some_and(|(_, digest)| !is_digest(digest, document.digest))
}

fn is_digest(written: &str, digest: Digest) -> bool {
    written.trim().eq_ignore_ascii_case(&digest.to_string())
}
