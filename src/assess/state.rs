//! The state of a document on a date.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::replacement;
use crate::date::Date;
use crate::handbook::{Document, DocumentIndex, Handbook, ReviewRule, ReviewStatus, is_dated_by_content};
use crate::source::front_matter::{Attestation, Change, FrontMatter, Status, WrittenDigest};

/// The state of a document on a date: the first that applies, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Its status is retired, or an approved document in force supersedes it.
    Retired,
    /// Its status is draft or not known, or it claims to be approved but lacks a date, an approver or, if the settings
    /// require one, a digest.
    Draft,
    /// It is awaiting approval.
    InReview,
    /// It is approved or effective only after the date.
    Future,
    /// Its text differs from the text that was last approved or reviewed.
    Changed,
    /// Its next review was due before the date.
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

    /// The state in words: `due soon`.
    pub(crate) fn words(self) -> String {
        self.as_str().replace('-', " ")
    }

    /// Whether a claim by a document in this state counts in full.
    pub(crate) fn is_in_force(self) -> bool {
        matches!(self, State::Current | State::DueSoon)
    }
}

/// A document's life on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Life {
    /// The state of the document.
    pub(crate) state: State,
    /// The day of its approval; for a record without one, the record's date.
    pub(crate) approved: Option<Date>,
    /// The last day, not after the date, on which it was approved or reviewed.
    pub(crate) last_review: Option<Date>,
    /// The day of its next review; `None` if that is not known or its type is not reviewed.
    pub(crate) next_review: Option<Date>,
    /// The day from which another document replaces it, which may be before or after the date.
    pub(crate) replaced: Option<Date>,
}

/// The date, and how long before a review the warning begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The assessed day.
    pub as_of: Date,
    /// Days before a review from which a document is due soon.
    pub warning_days: u16,
}

impl Clock {
    /// The last day of the warning period.
    pub(crate) fn warning_end(self) -> Date {
        self.as_of.plus_days(self.warning_days.into())
    }
}

/// The life of every document, in the handbook's order.
pub(crate) fn lives(handbook: &Handbook, clock: Clock) -> Vec<Life> {
    handbook.par_indexed().map(|(index, _)| life(handbook, index, clock)).collect()
}

/// The life of one document.
pub(super) fn life(handbook: &Handbook, index: DocumentIndex, clock: Clock) -> Life {
    compute_life(handbook.document(index), replacement::replacement_day(handbook, index), clock)
}

/// The days after the clock's on which the state of a document may change, in order.
pub(super) fn change_days(handbook: &Handbook, index: DocumentIndex, clock: Clock) -> BTreeSet<Date> {
    let own_days = own_change_days(handbook.document(index), clock);
    own_days.into_iter().chain(replacement::replacement_day(handbook, index)).filter(|day| *day > clock.as_of).collect()
}

/// Every day that front matter names and each next review, with adjacent days: a state begins on such a day or on the
/// day after.
fn own_change_days(document: &Document, clock: Clock) -> Vec<Date> {
    let Some(front) = document.front() else { return Vec::new() };
    let single = [&front.approved, &front.effective, &front.date].into_iter().flatten().map(|date| date.value);
    let reviews = front.reviews.iter().map(|review| review.date.value);
    let changes = front.changes.iter().filter_map(|change| Some(change.date.as_ref()?.value));
    let mut days: Vec<Date> = single.chain(reviews).chain(changes).collect();
    let reviewed = match document.review {
        ReviewRule::Next(date) => vec![date],
        ReviewRule::Every(interval) => days.iter().map(|day| day.plus(interval)).collect(),
        ReviewRule::Never | ReviewRule::Unknown => Vec::new(),
    };
    days.extend(reviewed.iter().map(|day| day.plus_days(-i32::from(clock.warning_days))));
    days.extend(reviewed);
    days.iter().flat_map(|day| [*day, day.plus_days(1)]).collect()
}

fn compute_life(document: &Document, replaced: Option<Date>, clock: Clock) -> Life {
    let approved = document.approved();
    let last_review = last_review(document, approved, clock.as_of);
    let next_review = next_review(document, last_review);
    let life = Life { state: State::Current, approved, last_review, next_review, replaced };
    let state = state(document, life, clock);
    // A retired document is not reviewed again.
    Life { state, next_review: next_review.filter(|_| state != State::Retired), ..life }
}

fn last_review(document: &Document, approved: Option<Date>, as_of: Date) -> Option<Date> {
    let front = document.front()?;
    if is_dated_by_content(&document.doc_type)
        && let Some(date) = &front.date
    {
        return Some(date.value);
    }
    let counting = document.reviews().filter(|(_, status)| *status == ReviewStatus::Counts);
    let reviews = counting.map(|(review, _)| review.date.value).filter(|on| *on <= as_of);
    approved.into_iter().chain(reviews).max()
}

fn next_review(document: &Document, last_review: Option<Date>) -> Option<Date> {
    match document.review {
        ReviewRule::Next(date) => Some(date),
        ReviewRule::Every(interval) => last_review.map(|date| date.plus(interval)),
        ReviewRule::Never | ReviewRule::Unknown => None,
    }
}

fn state(document: &Document, life: Life, clock: Clock) -> State {
    let Some(front) = document.front() else { return State::Draft };
    let replaced = life.replaced.is_some_and(|day| day <= clock.as_of);
    match document.status().filter(|_| !front.is_unclear("status")) {
        Some(Status::Retired) => return State::Retired,
        _ if replaced => return State::Retired,
        Some(Status::InReview) => return State::InReview,
        Some(Status::Draft) | None => return State::Draft,
        Some(Status::Approved) => {}
    }
    let lacks_text = document.requires_digest && front.approved_digest().is_none();
    let Some(approved) = life.approved.filter(|_| is_readable(document, front) && !lacks_text) else {
        return State::Draft;
    };
    let begins = [Some(approved), front.effective.as_ref().map(|date| date.value), life.last_review];
    if begins.into_iter().flatten().any(|date| date > clock.as_of) {
        return State::Future;
    }
    if is_changed(document, front, clock.as_of) {
        return State::Changed;
    }
    review_state(document, life, clock)
}

/// The keys that an approval depends on. If any of them is unclear, the document is a draft.
const APPROVAL_KEYS: [&str; 5] = ["status", "type", "approved", "approver", "effective"];

/// Whether a document was approved by the date and still has the approved text. Unlike one in force, it may be due for
/// review, retired or replaced: evidence of a past event does not age.
pub(super) fn is_approved_evidence(document: &Document, life: Life, as_of: Date) -> bool {
    let was_approved = || life.approved.is_some_and(|approved| approved <= as_of);
    let is_retired = |front: &FrontMatter| {
        let was_in_force = matches!(document.status(), Some(Status::Approved | Status::Retired));
        was_in_force && was_approved() && is_readable(document, front)
    };
    match life.state {
        State::Current | State::DueSoon | State::Overdue => true,
        State::Retired => document.front().is_some_and(is_retired),
        State::Draft | State::InReview | State::Future | State::Changed => false,
    }
}

/// Whether everything that an approval depends on is present and readable.
fn is_readable(document: &Document, front: &FrontMatter) -> bool {
    let evidence = is_dated_by_content(&document.doc_type);
    let date_fails =
        (evidence && front.is_unclear("date")) || (&*document.doc_type == "record" && front.date.is_none());
    let is_clear = !front.has_unread_rest && !APPROVAL_KEYS.iter().any(|key| front.is_unclear(key)) && !date_fails;
    is_clear && front.doc_type.is_some() && !document.approvers.is_empty()
}

fn review_state(document: &Document, life: Life, clock: Clock) -> State {
    match life.next_review {
        Some(next) if next < clock.as_of => State::Overdue,
        Some(next) if next <= clock.as_of.plus_days(clock.warning_days.into()) => State::DueSoon,
        Some(_) => State::Current,
        None if document.review == ReviewRule::Never => State::Current,
        None => State::Overdue,
    }
}

/// Returns the last attestation that counts, is not older than the approval and has a digest. If there is none, an
/// attestation that does not count can show that the text differs, but not that it is unchanged.
///
/// An approval after the last attestation applies to a text without a digest, so nothing is known about it.
pub(crate) fn last_attestation(document: &Document, as_of: Date) -> Option<(&Attestation, WrittenDigest)> {
    let is_relevant = |status: ReviewStatus, on: Date| status != ReviewStatus::BeforeApproval && on <= as_of;
    let relevant = document.reviews().filter(|(review, status)| is_relevant(*status, review.date.value));
    let with_digest = relevant.filter_map(|(review, status)| Some((review, status, review.digest.as_ref()?.value)));
    let last = with_digest.max_by_key(|(review, status, digest)| {
        let counts = *status == ReviewStatus::Counts;
        (counts, !counts && !document.has_digest(*digest), review.reviewer.is_some(), review.date.value)
    });
    last.map(|(review, _, digest)| (review, digest))
}

/// The newest entry in the revision history that has a digest but does not name a version.
pub(crate) fn unversioned_approval(front: &FrontMatter) -> Option<&Change> {
    let of_none = front.changes.iter().filter(|change| change.version.is_none() && change.digest.is_some());
    of_none.rev().max_by_key(|change| change.date())
}

/// Whether the text differs from the approved one or, if the approval has no digest, from the one last attested.
pub(crate) fn is_changed(document: &Document, front: &FrontMatter, as_of: Date) -> bool {
    let binds = || front.changes.iter().any(|change| change.digest.is_some());
    let is_of_no_version = front.version.is_none() || front.is_unclear("version");
    if front.is_unclear("changes") || (is_of_no_version && binds()) {
        return true;
    }
    let unversioned = || Some(unversioned_approval(front)?.digest.as_ref()?.value);
    let approved = front.approved_digest().or_else(unversioned);
    let digest = approved.or_else(|| last_attestation(document, as_of).map(|(_, digest)| digest));
    digest.is_some_and(|digest| !document.has_digest(digest))
}
