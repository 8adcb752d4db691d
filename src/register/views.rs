//! Views of entries by kind: audits, improvements, management reviews, and the actions in them.
//!
//! `as_of` is the day of the assessment: later events have not happened yet.

use super::entry::Entry;
use super::kinds::Kind;
use super::nonconformity::Effect;
use super::record::Record;
use super::value::{Period, Reference};
use crate::date::Date;
use crate::id::{ClauseRef, DocumentId};
use crate::place::{Located, Span};
use crate::placeholder::{has_content, is_action, is_proof, names_only_persons_or_roles};

/// An action or a decision of a management review, to be done by a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Action<'a> {
    /// The mapping in the entry.
    pub(crate) record: &'a Record,
    /// Its one-based position in its list.
    pub(crate) number: usize,
    /// Whether it is a decision of a management review.
    pub(crate) is_decision: bool,
}

impl<'a> Action<'a> {
    /// The task.
    pub(crate) fn what(self) -> &'a str {
        self.record.text("what").unwrap_or_default()
    }

    /// Whether its task, owner and due date can be read.
    pub(crate) fn is_readable(self) -> bool {
        self.names_task() && self.names_owner() && self.due().is_some()
    }

    /// Whether it states the task, rather than a placeholder.
    pub(crate) fn names_task(self) -> bool {
        is_action(self.what())
    }

    /// Whether it names somebody responsible.
    pub(crate) fn names_owner(self) -> bool {
        self.who().iter().any(|who| names_only_persons_or_roles(&who.value))
    }

    /// Whether any of its proof is a placeholder or still to come.
    pub(crate) fn has_empty_proof(self) -> bool {
        self.record.references("proof").iter().any(|reference| !is_proof(reference.value.as_str()))
    }

    /// The ID of a decision.
    pub(crate) fn id(self) -> Option<&'a Reference> {
        self.record.references("id").first().map(|id| &id.value)
    }

    /// The people or roles responsible.
    pub(crate) fn who(self) -> &'a [Located<String>] {
        self.record.names("who")
    }

    /// The due date.
    pub(crate) fn due(self) -> Option<Date> {
        self.record.day("due")
    }

    /// The day on which it was done.
    pub(crate) fn done(self) -> Option<Date> {
        self.record.day("done")
    }

    /// Whether it was done by the given day.
    pub(crate) fn is_done(self, as_of: Date) -> bool {
        self.done().is_some_and(|done| done <= as_of)
    }

    /// Whether it is past its due date. If the due date is unknown, it counts as overdue until it is done.
    pub(crate) fn is_overdue(self, as_of: Date) -> bool {
        !self.is_done(as_of) && self.due().is_none_or(|due| due < as_of)
    }

    /// The span of its due date.
    pub(crate) fn due_span(self) -> Span {
        self.span_of("due")
    }

    /// The span of a key.
    pub(crate) fn span_of(self, key: &str) -> Span {
        self.record.span_of(key)
    }
}

/// The type of an audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum AuditKind {
    /// An internal audit.
    Internal,
    /// The first stage of a certification audit.
    StageOne,
    /// The second stage of a certification audit.
    StageTwo,
    /// A surveillance audit.
    Surveillance,
    /// A recertification audit.
    Recertification,
    /// An audit by a customer.
    Customer,
}

impl AuditKind {
    /// The words for all types.
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

    /// Whether the certification body conducts it.
    pub(crate) fn is_visit(self) -> bool {
        !matches!(self, AuditKind::Internal | AuditKind::Customer)
    }
}

/// An audit or a management review: it is planned for some days, and then held.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlannedEvent<'a>(&'a Entry);

impl<'a> PlannedEvent<'a> {
    /// Views an entry as an event, if it is one.
    pub(crate) fn from_entry(entry: &'a Entry) -> Option<PlannedEvent<'a>> {
        matches!(entry.kind, Kind::Audits | Kind::ManagementReviews).then_some(PlannedEvent(entry))
    }

    /// When it is planned.
    pub(crate) fn planned(self) -> Option<Period> {
        self.0.record.days("planned")
    }

    /// Whether it has a planned period that cannot be read.
    pub(crate) fn has_unclear_plan(self) -> bool {
        self.planned().is_none() && self.0.record.is_unclear("planned")
    }

    /// When it was held, if it had ended by the given day.
    pub(crate) fn held(self, as_of: Date) -> Option<Period> {
        self.0.record.days("held").filter(|held| held.to <= as_of)
    }
}

/// An audit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Audit<'a>(&'a Entry);

impl<'a> Audit<'a> {
    /// Views an entry as an audit, if it is one.
    pub(crate) fn from_entry(entry: &'a Entry) -> Option<Audit<'a>> {
        (entry.kind == Kind::Audits).then_some(Audit(entry))
    }

    /// The entry.
    pub(crate) fn entry(self) -> &'a Entry {
        self.0
    }

    /// Its type, if it can be read.
    pub(crate) fn kind(self) -> Option<AuditKind> {
        let word = self.0.record.text("kind")?;
        AuditKind::WORDS.iter().zip(AuditKind::ALL).find(|(name, _)| **name == word).map(|(_, kind)| kind)
    }

    /// Whether it is an internal audit.
    pub(crate) fn is_internal(self) -> bool {
        self.kind() == Some(AuditKind::Internal)
    }

    /// When it is planned.
    pub(crate) fn planned(self) -> Option<Period> {
        PlannedEvent(self.0).planned()
    }

    /// Whether it has a planned period that cannot be read.
    pub(crate) fn has_unclear_plan(self) -> bool {
        PlannedEvent(self.0).has_unclear_plan()
    }

    /// When it was held, if it had ended by the given day.
    pub(crate) fn held(self, as_of: Date) -> Option<Period> {
        PlannedEvent(self.0).held(as_of)
    }

    /// Its auditors, each with the clauses assigned to them; an empty list means all clauses.
    pub(crate) fn auditors(self) -> impl Iterator<Item = (&'a Located<String>, &'a [Located<ClauseRef>])> {
        let auditors = self.0.record.records("auditors").iter();
        auditors.flat_map(|auditor| auditor.names("who").iter().map(move |who| (who, auditor.clauses("clauses"))))
    }

    /// Its auditors, each with the clauses that they audit.
    pub(crate) fn assignments(self) -> impl Iterator<Item = (&'a Located<String>, &'a [Located<ClauseRef>])> {
        let all = self.0.clauses();
        self.auditors().map(move |(auditor, clauses)| (auditor, if clauses.is_empty() { all } else { clauses }))
    }

    /// The document that contains the audit report.
    pub(crate) fn report(self) -> Option<&'a Located<Reference>> {
        self.0.record.references("report").first()
    }

    /// The findings, by clause.
    pub(crate) fn results(self) -> impl Iterator<Item = (&'a Located<ClauseRef>, &'a Located<Reference>)> {
        self.0
            .record
            .records("results")
            .iter()
            .filter_map(|record| Some((record.clauses("clause").first()?, record.references("result").first()?)))
    }
}

impl<'a> Audit<'a> {
    /// The clauses whose result is neither that they conform nor the ID of a finding. `is_finding` distinguishes such
    /// IDs from words like `skipped`.
    pub(crate) fn clauses_with_unclear_result(
        self,
        is_finding: impl Fn(&DocumentId) -> bool,
    ) -> impl Iterator<Item = &'a Located<ClauseRef>> {
        let is_clear = move |result: &Reference| result.conforms() || result.id().is_some_and(&is_finding);
        let records = self.0.record.records("results").iter();
        records.filter_map(move |record| {
            let clause = record.clauses("clause").first()?;
            let result = record.references("result").first();
            (!result.is_some_and(|result| is_clear(&result.value))).then_some(clause)
        })
    }
}

/// An improvement, or a change of the management system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Improvement<'a>(&'a Entry);

impl<'a> Improvement<'a> {
    /// Views an entry as an improvement, if it is one.
    pub(crate) fn from_entry(entry: &'a Entry) -> Option<Improvement<'a>> {
        (entry.kind == Kind::Improvements).then_some(Improvement(entry))
    }

    /// The entry.
    pub(crate) fn entry(self) -> &'a Entry {
        self.0
    }

    /// The state that its author has set.
    pub(crate) fn state(self) -> Option<&'a str> {
        self.0.record.text("state")
    }

    /// The due date.
    pub(crate) fn due(self) -> Option<Date> {
        self.0.record.day("due")
    }

    /// Whether it has a due date that cannot be read.
    pub(crate) fn has_unclear_due(self) -> bool {
        self.due().is_none() && self.0.record.is_unclear("due")
    }

    /// The day on which it was done, as of the given day.
    pub(crate) fn done(self, as_of: Date) -> Option<Date> {
        self.0.record.day("done").filter(|done| *done <= as_of)
    }

    /// Whether it is done or rejected.
    pub(crate) fn is_finished(self, as_of: Date) -> bool {
        self.done(as_of).is_some() || self.state() == Some("rejected")
    }

    /// The check of effectiveness.
    pub(crate) fn effect(self) -> Effect<'a> {
        Effect::from_entry(self.0)
    }
}

impl Entry {
    /// The day on which a nonconformity was closed or an improvement was done, as of the given day.
    pub(crate) fn completed(&self, as_of: Date) -> Option<Date> {
        match self.kind {
            Kind::Nonconformities | Kind::Improvements => (self.kind.row().closed)(self, as_of),
            _ => None,
        }
    }

    /// Actions that were still open when it was completed, as of the given day. If a check found the actions not
    /// effective, they belong to the next completion.
    pub(crate) fn open_at_completion(&self, completed: Date, as_of: Date) -> impl Iterator<Item = Action<'_>> {
        let is_open_again = Effect::from_entry(self).failed_since(completed, as_of).is_some();
        self.actions().filter(move |action| !is_open_again && !action.is_done(completed))
    }
}

/// A management review.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ManagementReview<'a>(&'a Entry);

impl<'a> ManagementReview<'a> {
    /// Views an entry as a management review, if it is one.
    pub(crate) fn from_entry(entry: &'a Entry) -> Option<ManagementReview<'a>> {
        (entry.kind == Kind::ManagementReviews).then_some(ManagementReview(entry))
    }

    /// When it is planned.
    pub(crate) fn planned(self) -> Option<Period> {
        PlannedEvent(self.0).planned()
    }

    /// Whether it has a planned period that cannot be read.
    pub(crate) fn has_unclear_plan(self) -> bool {
        PlannedEvent(self.0).has_unclear_plan()
    }

    /// When it was held, if it had ended by the given day.
    pub(crate) fn held(self, as_of: Date) -> Option<Period> {
        PlannedEvent(self.0).held(as_of)
    }

    /// The day on which its minutes were finished, as of the given day.
    pub(crate) fn recorded(self, as_of: Date) -> Option<Date> {
        self.0.record.day("recorded").filter(|recorded| *recorded <= as_of)
    }

    /// The period under review.
    pub(crate) fn period(self) -> Option<Period> {
        self.0.record.days("period")
    }

    /// Roles that were present.
    pub(crate) fn attendees(self) -> &'a [Located<String>] {
        self.0.record.names("present")
    }

    /// The inputs, each with what was said about it.
    pub(crate) fn inputs(self) -> impl Iterator<Item = (&'a Located<String>, Option<&'a Located<String>>)> {
        let is_stated = |words: &&Located<String>| has_content(&words.value);
        self.0.record.pairs("inputs").iter().map(move |(input, words)| (input, words.as_ref().filter(is_stated)))
    }
}
