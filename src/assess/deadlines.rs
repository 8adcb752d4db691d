//! Deadlines: every day by which somebody must have done something, in one list that is always derived and never edited
//! by hand.

mod documents;
mod figures;
mod reviews;
mod settings;
mod state;
mod suppliers;

use std::sync::Arc;

use super::Assessment;
use super::entry_state::{EntryLife, EntryState};
use super::reports::has_report;
use super::state::Clock;
use crate::date::{Date, Interval};
use crate::handbook::{DocumentIndex, EntryIndex, PlacedEntry, Reading};
use crate::name::{Spellings, tidy_name};
use crate::place::{Located, Place, Span};
use crate::register::{Audit, AuditKind, Effect, Entry, Improvement, Kind, Period};
pub(crate) use state::DeadlineState;

/// Declares the kinds of deadlines with their words. Each kind needs the labels `deadline.WORD` and
/// `deadlines_of.WORD`.
macro_rules! kinds {
    ($($(#[$meaning:meta])* $name:ident = $word:literal,)*) => {
        /// The kind of a deadline.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub(crate) enum DeadlineKind {
            $($(#[$meaning])* #[serde(rename = $word)] $name,)*
        }

        impl DeadlineKind {
            /// Every kind.
            #[cfg(test)]
            pub(crate) const ALL: &[DeadlineKind] = &[$(DeadlineKind::$name,)*];

            /// The words of all kinds.
            pub(crate) const WORDS: &[&str] = &[$($word,)*];

            /// The word used in every output.
            pub(crate) fn as_str(self) -> &'static str {
                match self {
                    $(DeadlineKind::$name => $word,)*
                }
            }
        }
    };
}

kinds! {
    /// The review of a document.
    Review = "review",
    /// A record to be renewed.
    Refresh = "refresh",
    /// The check whether an external document's edition is still the latest.
    EditionCheck = "edition-check",
    /// The disposal of a record at the end of its retention period.
    Disposal = "disposal",
    /// An internal audit, or one by a customer.
    Audit = "audit",
    /// An audit by the certification body.
    Visit = "visit",
    /// The report of an internal audit.
    Report = "report",
    /// A nonconformity to be closed.
    Nonconformity = "nonconformity",
    /// An action.
    Action = "action",
    /// The check whether an action was effective.
    Effect = "effect",
    /// A management review.
    ManagementReview = "management-review",
    /// A decision of a management review.
    Decision = "decision",
    /// An improvement.
    Improvement = "improvement",
    /// The review of a requirement.
    Requirement = "requirement",
    /// The review of an issue.
    Issue = "issue",
    /// The value of an indicator for a period.
    Value = "value",
    /// The end of an objective.
    Objective = "objective",
    /// A risk to be scored again.
    Risk = "risk",
    /// The end of the acceptance of a risk.
    Acceptance = "acceptance",
    /// The end of a contract with a supplier.
    Contract = "contract",
    /// The last day for giving notice to end a contract.
    Notice = "notice",
    /// The review of a contract.
    ContractReview = "contract-review",
    /// The review of a supplier's performance.
    Performance = "performance",
    /// The acknowledgement of a document by its readers.
    Acknowledgement = "acknowledgement",
    /// The end of the certificate.
    Certificate = "certificate",
    /// The end of a waiver.
    Waiver = "waiver",
}

/// The subject that a deadline belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum DeadlineSubject {
    /// A document.
    Document(DocumentIndex),
    /// An entry.
    Entry(EntryIndex),
    /// An action or decision of an entry, by its index among the entry's actions.
    Action(EntryIndex, usize),
    /// The certificate.
    Certificate,
    /// A visit of the certification body that no register has.
    Visit {
        /// Its kind, if known.
        kind: Option<AuditKind>,
        /// Whether the settings announce it.
        is_announced: bool,
    },
    /// A waiver, by its index in the settings.
    Waiver(usize),
}

/// A day by which somebody must have done something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deadline {
    /// The day, or the first day of an event that lasts several. `None` if the day is not readable or not known; the
    /// deadline then counts as overdue.
    pub(crate) day: Option<Date>,
    /// The last day of an event that lasts several.
    pub(crate) end: Option<Date>,
    /// The kind of deadline.
    pub(crate) kind: DeadlineKind,
    /// The state on the date of the assessment.
    pub(crate) state: DeadlineState,
    /// The task, or the title of the subject.
    pub(crate) task: Arc<str>,
    /// The ID of the subject, such as a decision, or an empty string if it has none.
    pub(crate) id: Arc<str>,
    /// The number of an action without an ID of its own among several of its entry, as `--action` counts them.
    pub(crate) number: Option<usize>,
    /// The people or roles who must do it.
    pub(crate) assignees: Vec<Arc<str>>,
    /// The subject of the deadline.
    pub(crate) subject: DeadlineSubject,
    /// Where the day is written.
    pub(crate) place: Place,
}

/// How long a completed deadline stays in the list.
const DONE_SHOWN_FOR: Interval = Interval::Months(12);

/// Gathers every deadline of a handbook, sorted by day, then by ID. Completed deadlines are included for the last
/// twelve months only. `names` gives the spelling of people and roles.
pub(super) fn gather_deadlines(reading: &Reading, assessment: &Assessment, names: &Spellings) -> Vec<Deadline> {
    let clock = assessment.clock;
    let mut list = DeadlineList {
        reading,
        assessment,
        clock,
        first_day: clock.as_of.minus(DONE_SHOWN_FOR),
        names,
        deadlines: Vec::new(),
    };
    list.add_documents();
    for (index, placed_entry) in reading.handbook.registers.indexed() {
        if assessment.entry(index).is_some() {
            list.add_entry(index, placed_entry);
        }
    }
    list.add_settings();
    let first = list.first_day;
    let mut deadlines = list.deadlines;
    deadlines.retain(|one| one.state != DeadlineState::Done || one.end.or(one.day).is_none_or(|last| last >= first));
    deadlines.sort_by(|one, other| {
        let key = |one: &Deadline| (one.day, one.end, one.kind);
        key(one)
            .cmp(&key(other))
            .then_with(|| (&one.id, &one.task, one.subject).cmp(&(&other.id, &other.task, other.subject)))
    });
    deadlines
}

/// A collector of deadlines.
struct DeadlineList<'a> {
    reading: &'a Reading,
    assessment: &'a Assessment,
    clock: Clock,
    /// The first day for which completed deadlines are listed.
    first_day: Date,
    names: &'a Spellings,
    deadlines: Vec<Deadline>,
}

/// A deadline of an entry before its state on the date is known.
struct PendingDeadline<'a> {
    kind: DeadlineKind,
    /// `None` if the days are not known.
    days: Option<Period>,
    is_done: bool,
    task: &'a str,
    /// The ID and the number of an action or decision, unless they are those of the entry.
    id: Option<&'a str>,
    number: Option<usize>,
    assignees: &'a [Located<String>],
    /// Where the day is written.
    span: Span,
}

impl<'a> DeadlineList<'a> {
    fn state(&self, days: Option<Period>, is_done: bool) -> DeadlineState {
        match days {
            _ if is_done => DeadlineState::Done,
            None => DeadlineState::Overdue,
            Some(days) if days.to < self.clock.as_of => DeadlineState::Overdue,
            Some(days) if days.from <= self.clock.warning_end() => DeadlineState::DueSoon,
            Some(_) => DeadlineState::Planned,
        }
    }

    /// Whether a deadline was completed too long ago to be listed.
    fn is_too_old(&self, state: DeadlineState, days: Option<Period>) -> bool {
        state == DeadlineState::Done && days.is_some_and(|days| days.to.max(days.from) < self.first_day)
    }

    fn add_entry(&mut self, index: EntryIndex, placed_entry: &'a PlacedEntry) {
        let entry = &*placed_entry.entry;
        match entry.kind {
            Kind::Audits => self.add_audit(index, placed_entry),
            Kind::Nonconformities => self.add_nonconformity(index, placed_entry),
            Kind::Improvements => self.add_improvement(index, placed_entry),
            Kind::ManagementReviews => self.add_management_review(index, placed_entry),
            Kind::Requirements => self.add_next_review(index, placed_entry, DeadlineKind::Requirement),
            Kind::Issues => self.add_next_review(index, placed_entry, DeadlineKind::Issue),
            Kind::Competences | Kind::Acknowledgements => {}
            Kind::Indicators => self.add_indicator(index, placed_entry),
            Kind::Objectives => self.add_objective(index, placed_entry),
            Kind::Risks => self.add_risk(index, placed_entry),
            Kind::Suppliers => self.add_supplier(index, placed_entry),
            Kind::Services | Kind::Locations => {}
        }
        let has_several = entry.actions().nth(1).is_some();
        for (at, action) in entry.actions().enumerate() {
            let id = action.id().map(|id| id.as_str());
            let kind = if action.is_decision { DeadlineKind::Decision } else { DeadlineKind::Action };
            let due = PendingDeadline {
                kind,
                days: action.due().map(Period::single_day),
                is_done: action.is_done(self.clock.as_of),
                task: action.what(),
                id,
                number: Some(action.number).filter(|_| has_several && id.is_none()),
                assignees: action.who(),
                span: action.due_span(),
            };
            self.push(placed_entry, DeadlineSubject::Action(index, at), due);
        }
    }

    fn push(&mut self, placed_entry: &PlacedEntry, subject: DeadlineSubject, due: PendingDeadline<'_>) {
        let PendingDeadline { kind, days, is_done, task, id, number, assignees, span } = due;
        let state = self.state(days, is_done);
        // Most of a register was done long ago.
        if self.is_too_old(state, days) {
            return;
        }
        self.deadlines.push(Deadline {
            day: days.map(|days| days.from),
            end: days.filter(|days| days.to > days.from).map(|days| days.to),
            kind,
            state,
            task: task.into(),
            id: id.unwrap_or_else(|| placed_entry.id()).into(),
            number,
            assignees: self.accountable(placed_entry, assignees),
            subject,
            place: placed_entry.place(span),
        });
    }

    /// Those accountable: the people named or, if there are none, the owners of the document that contains the
    /// register.
    fn accountable(&self, placed_entry: &PlacedEntry, named: &[Located<String>]) -> Vec<Arc<str>> {
        match self.names(named) {
            names if names.is_empty() => {
                self.reading.handbook.document(placed_entry.owner).owners.iter().cloned().collect()
            }
            names => names,
        }
    }

    /// The names as the handbook spells them, without duplicates.
    fn names(&self, names: &[Located<String>]) -> Vec<Arc<str>> {
        let mut shown: Vec<Arc<str>> = Vec::with_capacity(names.len());
        for name in names {
            let name = self.name(&name.value);
            if !shown.contains(&name) {
                shown.push(name);
            }
        }
        shown
    }

    fn name(&self, name: &str) -> Arc<str> {
        let tidy: Arc<str> = tidy_name(name).into();
        self.names.display_name(&tidy).unwrap_or(&tidy).clone()
    }

    /// A deadline for a whole entry, rather than one of its actions, on a day that `key` determines.
    fn for_day(&self, entry: &'a Entry, kind: DeadlineKind, day: Option<Date>, key: &str) -> PendingDeadline<'a> {
        self.for_period(entry, kind, day.map(Period::single_day), key)
    }

    /// Like [`for_day`](Self::for_day), for something that takes several days.
    fn for_period(&self, entry: &'a Entry, kind: DeadlineKind, days: Option<Period>, key: &str) -> PendingDeadline<'a> {
        let span = entry.record.get(key).map_or(entry.id.span, |value| value.span);
        let (task, assignees) = (entry.title(), entry.owners());
        PendingDeadline { kind, days, is_done: false, task, id: None, number: None, assignees, span }
    }

    fn add_audit(&mut self, index: EntryIndex, placed_entry: &'a PlacedEntry) {
        let Some(audit) = Audit::from_entry(&placed_entry.entry) else { return };
        let held = audit.held(self.clock.as_of);
        let is_visit = audit.kind().is_some_and(|kind| kind.is_visit());
        let kind = if is_visit { DeadlineKind::Visit } else { DeadlineKind::Audit };
        let days = held.or(audit.planned());
        if days.is_some() || audit.has_unclear_plan() {
            let key = if held.is_some() { "held" } else { "planned" };
            let due = self.for_period(&placed_entry.entry, kind, days, key);
            self.push(placed_entry, DeadlineSubject::Entry(index), PendingDeadline { is_done: held.is_some(), ..due });
        }
        if let Some(held) = held.filter(|_| audit.is_internal()) {
            let day = self.reading.settings.registers.audits.report_due(held.to);
            let due = self.for_day(&placed_entry.entry, DeadlineKind::Report, Some(day), "held");
            let is_done = has_report(self.reading, self.assessment, audit);
            self.push(placed_entry, DeadlineSubject::Entry(index), PendingDeadline { is_done, ..due });
        }
    }

    fn add_nonconformity(&mut self, index: EntryIndex, placed_entry: &'a PlacedEntry) {
        let Some(life) = self.assessment.entry(index).copied() else { return };
        if life.due.is_some() || life.state == EntryState::Overdue {
            let due = self.for_day(&placed_entry.entry, DeadlineKind::Nonconformity, life.due, "due");
            let is_done = life.closed.is_some() && !life.is_reopened();
            self.push(placed_entry, DeadlineSubject::Entry(index), PendingDeadline { is_done, ..due });
        }
        self.add_effect_check(index, placed_entry, life);
    }

    /// The check whether the action was effective. A check from before the last closing does not count.
    fn add_effect_check(&mut self, index: EntryIndex, placed_entry: &'a PlacedEntry, life: EntryLife) {
        if life.effect_due.is_none() && !life.has_late_effect(self.clock.as_of) {
            return;
        }
        let checked = Effect::from_entry(&placed_entry.entry).checked(self.clock.as_of);
        let is_done = checked.is_some_and(|(on, _)| life.closed <= Some(on));
        let effect = placed_entry.entry.record.record("effect");
        let span = effect.map_or(placed_entry.entry.id.span, |effect| effect.span_of("due"));
        let who = effect.map_or(&[][..], |effect| effect.names("who"));
        let due = self.for_day(&placed_entry.entry, DeadlineKind::Effect, life.effect_due, "effect");
        // Those who resolved a nonconformity do not check the effect themselves, so they are not the default.
        let is_own = placed_entry.entry.kind == Kind::Nonconformities;
        let who = if who.is_empty() && !is_own { due.assignees } else { who };
        self.push(
            placed_entry,
            DeadlineSubject::Entry(index),
            PendingDeadline { is_done, assignees: who, span, ..due },
        );
    }

    fn add_improvement(&mut self, index: EntryIndex, placed_entry: &'a PlacedEntry) {
        let Some(one) = Improvement::from_entry(&placed_entry.entry) else { return };
        let Some(life) = self.assessment.entry(index).copied() else { return };
        if life.due.is_some() || life.state == EntryState::Overdue {
            let due = self.for_day(&placed_entry.entry, DeadlineKind::Improvement, life.due, "due");
            let is_done = one.is_finished(self.clock.as_of) && !life.is_reopened();
            self.push(placed_entry, DeadlineSubject::Entry(index), PendingDeadline { is_done, ..due });
        }
        self.add_effect_check(index, placed_entry, life);
    }
}
