//! Entries as what they are: an audit, an improvement, a management review, and actions in them.
//!
//! What happened after a day has not happened yet on that day; `as_of` is that day.

use super::entry::Entry;
use super::kinds::Kind;
use super::nonconformity::Effect;
use super::record::Record;
use super::value::{Period, Reference};
use crate::date::Date;
use crate::id::ClauseRef;
use crate::place::{Located, Span};
use crate::placeholder::{has_content, names_person_or_role};

/// Something that somebody is to do by a day: an action, or a decision of a management review.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Action<'a> {
    /// What is written.
    pub(crate) record: &'a Record,
    /// Its number among its neighbours, from 1.
    pub(crate) number: usize,
    /// Whether it is a decision of a management review.
    pub(crate) is_decision: bool,
}

impl<'a> Action<'a> {
    /// What is to be done.
    pub(crate) fn what(self) -> &'a str {
        self.record.text("what").unwrap_or_default()
    }

    /// Whether it says what is to be done, who does it and by when.
    pub(crate) fn is_readable(self) -> bool {
        self.names_task() && self.names_owner() && self.due().is_some()
    }

    /// Whether it says what is to be done, more than that it is still to be said.
    pub(crate) fn names_task(self) -> bool {
        has_content(self.what())
    }

    /// Whether it names somebody who does it.
    pub(crate) fn names_owner(self) -> bool {
        self.who().iter().any(|who| names_person_or_role(&who.value))
    }

    /// Whether what is written as its proof says nothing.
    pub(crate) fn has_empty_proof(self) -> bool {
        self.record.references("proof").iter().any(|one| !has_content(one.value.as_str()))
    }

    /// The id of a decision.
    pub(crate) fn id(self) -> Option<&'a Reference> {
        self.record.references("id").first().map(|id| &id.value)
    }

    /// Who is to do it.
    pub(crate) fn who(self) -> &'a [Located<String>] {
        self.record.names("who")
    }

    /// The day by which it is to be done.
    pub(crate) fn due(self) -> Option<Date> {
        self.record.day("due")
    }

    /// The day on which it was done.
    pub(crate) fn done(self) -> Option<Date> {
        self.record.day("done")
    }

    /// Whether it had been done on a day.
    pub(crate) fn is_done(self, as_of: Date) -> bool {
        self.done().is_some_and(|done| done <= as_of)
    }

    /// Whether it was not done by its day. One whose day nobody knows is late until it is done.
    pub(crate) fn is_overdue(self, as_of: Date) -> bool {
        !self.is_done(as_of) && self.due().is_none_or(|due| due < as_of)
    }

    /// The place of its due date.
    pub(crate) fn due_span(self) -> Span {
        self.span_of("due")
    }

    /// The place of a key.
    pub(crate) fn span_of(self, key: &str) -> Span {
        self.record.span_of(key)
    }
}

/// Who audits, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum AuditKind {
    /// An internal audit.
    Internal,
    /// The first stage of a certification audit.
    StageOne,
    /// The second stage.
    StageTwo,
    /// A surveillance audit.
    Surveillance,
    /// A recertification audit.
    Recertification,
    /// An audit by a customer.
    Customer,
}

impl AuditKind {
    /// Words of the kinds.
    pub(crate) const WORDS: [&'static str; 6] =
        ["internal", "stage-1", "stage-2", "surveillance", "recertification", "customer"];
    const ALL: [AuditKind; 6] = [
        AuditKind::Internal,
        AuditKind::StageOne,
        AuditKind::StageTwo,
        AuditKind::Surveillance,
        AuditKind::Recertification,
        AuditKind::Customer,
    ];

    /// The word used in registers and in every output.
    pub(crate) fn as_str(self) -> &'static str {
        AuditKind::ALL.iter().zip(AuditKind::WORDS).find(|(kind, _)| **kind == self).map_or("", |(_, word)| word)
    }

    /// Whether it is a visit of the certification body.
    pub(crate) fn is_visit(self) -> bool {
        !matches!(self, AuditKind::Internal | AuditKind::Customer)
    }
}

/// An audit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Audit<'a>(&'a Entry);

impl<'a> Audit<'a> {
    /// An entry as an audit, if it is one.
    pub(crate) fn of(entry: &'a Entry) -> Option<Audit<'a>> {
        (entry.kind == Kind::Audits).then_some(Audit(entry))
    }

    /// The entry.
    pub(crate) fn entry(self) -> &'a Entry {
        self.0
    }

    /// Its kind, where that can be read.
    pub(crate) fn kind(self) -> Option<AuditKind> {
        let word = self.0.record.text("kind")?;
        AuditKind::WORDS.iter().zip(AuditKind::ALL).find(|(known, _)| **known == word).map(|(_, kind)| kind)
    }

    /// Whether it is an internal audit.
    pub(crate) fn is_internal(self) -> bool {
        self.kind() == Some(AuditKind::Internal)
    }

    /// When it is planned.
    pub(crate) fn planned(self) -> Option<Period> {
        self.0.record.days("planned")
    }

    /// Whether it says when it is planned, and nobody can read it.
    pub(crate) fn is_planned_unclearly(self) -> bool {
        self.planned().is_none() && self.0.record.is_unclear("planned")
    }

    /// When it was held, if that had ended on a day.
    pub(crate) fn held(self, as_of: Date) -> Option<Period> {
        self.0.record.days("held").filter(|held| held.to <= as_of)
    }

    /// Its auditors, each with the clauses that are theirs; with none, all are.
    pub(crate) fn auditors(self) -> impl Iterator<Item = (&'a Located<String>, &'a [Located<ClauseRef>])> {
        let auditors = self.0.record.records("auditors").iter();
        auditors.flat_map(|auditor| auditor.names("who").iter().map(move |who| (who, auditor.clauses("clauses"))))
    }

    /// The document that reports it.
    pub(crate) fn report(self) -> Option<&'a Located<Reference>> {
        self.0.record.references("report").first()
    }

    /// What was found, by clause.
    pub(crate) fn results(self) -> impl Iterator<Item = (&'a Located<ClauseRef>, &'a Located<Reference>)> {
        self.0
            .record
            .records("results")
            .iter()
            .filter_map(|one| Some((one.clauses("clause").first()?, one.references("result").first()?)))
    }
}

/// An improvement, or a change of the management system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Improvement<'a>(&'a Entry);

impl<'a> Improvement<'a> {
    /// An entry as an improvement, if it is one.
    pub(crate) fn of(entry: &'a Entry) -> Option<Improvement<'a>> {
        (entry.kind == Kind::Improvements).then_some(Improvement(entry))
    }

    /// The entry.
    pub(crate) fn entry(self) -> &'a Entry {
        self.0
    }

    /// The word for how far it has got, as its author sets it.
    pub(crate) fn state(self) -> Option<&'a str> {
        self.0.record.text("state")
    }

    /// The day by which it is to be done.
    pub(crate) fn due(self) -> Option<Date> {
        self.0.record.day("due")
    }

    /// Whether such a day is written and nobody knows which.
    pub(crate) fn has_unclear_due(self) -> bool {
        self.due().is_none() && self.0.record.is_unclear("due")
    }

    /// The day on which it was done, if it had been on a day.
    pub(crate) fn done(self, as_of: Date) -> Option<Date> {
        self.0.record.day("done").filter(|done| *done <= as_of)
    }

    /// Whether nothing is to be done any more.
    pub(crate) fn is_over(self, as_of: Date) -> bool {
        self.done(as_of).is_some() || self.state() == Some("rejected")
    }

    /// The check of what was done.
    pub(crate) fn effect(self) -> Effect<'a> {
        Effect::of(self.0)
    }
}

/// A management review.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ManagementReview<'a>(&'a Entry);

impl<'a> ManagementReview<'a> {
    /// An entry as a management review, if it is one.
    pub(crate) fn of(entry: &'a Entry) -> Option<ManagementReview<'a>> {
        (entry.kind == Kind::ManagementReviews).then_some(ManagementReview(entry))
    }

    /// When it is planned.
    pub(crate) fn planned(self) -> Option<Period> {
        self.0.record.days("planned")
    }

    /// Whether it says when it is planned, and nobody can read it.
    pub(crate) fn is_planned_unclearly(self) -> bool {
        self.planned().is_none() && self.0.record.is_unclear("planned")
    }

    /// When it was held, if that had ended on a day.
    pub(crate) fn held(self, as_of: Date) -> Option<Period> {
        self.0.record.days("held").filter(|held| held.to <= as_of)
    }

    /// What it looks back on.
    pub(crate) fn period(self) -> Option<Period> {
        self.0.record.days("period")
    }

    /// Roles that were present.
    pub(crate) fn present(self) -> &'a [Located<String>] {
        self.0.record.names("present")
    }

    /// What was said of each input.
    pub(crate) fn inputs(self) -> impl Iterator<Item = (&'a Located<String>, Option<&'a Located<String>>)> {
        let said = |words: &&Located<String>| has_content(&words.value);
        self.0.record.pairs("inputs").iter().map(move |(input, words)| (input, words.as_ref().filter(said)))
    }
}
