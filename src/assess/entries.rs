//! States of register entries on a date. Events after that date are ignored.

use super::entry_review::next_entry_review;
use super::entry_state::{EntryLife, EntryState};
use super::reports::evidence_problem;
use super::shares::ShareCounter;
use super::state::{Clock, State};
use crate::config::Settings;
use crate::date::Date;
use crate::handbook::{DocumentIndex, EntryIndex, PlacedEntry, Reading, ReviewRule};
use crate::id::DocumentId;
use crate::register::{
    Acknowledgement, Action, Competence, Effect, EffectResult, Entry, Improvement, Indicator, Kind, Nonconformity,
    Objective, PlannedEvent, Risk, Service, ServiceState, Supplier, last_review,
};

/// The life of each entry on the clock's day, in the handbook's order; `None` for an entry that did not exist yet.
pub(super) fn assess_entries(
    reading: &Reading,
    clock: Clock,
    state: &dyn Fn(DocumentIndex) -> State,
) -> Vec<Option<EntryLife>> {
    let shares = ShareCounter { reading, as_of: clock.as_of, state };
    let context = EntryContext { reading, settings: &reading.settings, clock, shares };
    let life = |placed_entry: &PlacedEntry| {
        let life = context.assess_entry(&placed_entry.entry)?;
        let is_reviewed = matches!(placed_entry.entry.kind, Kind::Requirements | Kind::Issues);
        Some(if is_reviewed {
            context.reviewed(life, placed_entry, reading.handbook.document(placed_entry.owner).review)
        } else {
            life
        })
    };
    reading.handbook.registers.entries.iter().map(life).collect()
}

struct EntryContext<'a> {
    reading: &'a Reading,
    settings: &'a Settings,
    clock: Clock,
    shares: ShareCounter<'a>,
}

impl EntryContext<'_> {
    fn assess_entry(&self, entry: &Entry) -> Option<EntryLife> {
        let (row, as_of) = (entry.kind.row(), self.clock.as_of);
        if (row.begins)(entry).is_some_and(|begins| begins > as_of) {
            return None;
        }
        let due = (row.due)(entry, &self.settings.registers.nonconformities.grades, as_of);
        let closed = (row.closed)(entry, as_of);
        let life = EntryLife { state: EntryState::Open, due, closed, effect_due: None };
        Some(match entry.kind {
            Kind::Audits | Kind::ManagementReviews => {
                PlannedEvent::from_entry(entry).map_or(life, |event| self.event(life, event))
            }
            Kind::Indicators => Indicator::from_entry(entry).map_or(life, |indicator| self.indicator(life, indicator)),
            Kind::Objectives => Objective::from_entry(entry).map_or(life, |objective| self.objective(life, objective)),
            Kind::Risks => Risk::from_entry(entry).map_or(life, |risk| self.risk(life, entry, risk)),
            Kind::Improvements => {
                Improvement::from_entry(entry).map_or(life, |improvement| self.improvement(life, improvement))
            }
            // The state of these also depends on the document that contains them; see `reviewed`.
            Kind::Requirements | Kind::Issues => life,
            Kind::Acknowledgements => {
                let is_read = Acknowledgement::from_entry(entry).is_some();
                EntryLife { state: if is_read { EntryState::Recorded } else { EntryState::NoValue }, ..life }
            }
            Kind::Competences => {
                Competence::from_entry(entry).map_or(life, |competence| self.competence(life, competence))
            }
            Kind::Services => EntryLife {
                state: Service::from_entry(entry).map_or(EntryState::Live, |one| service(one, as_of)),
                ..life
            },
            Kind::Locations => EntryLife { state: EntryState::Current, ..life },
            Kind::Suppliers => Supplier::from_entry(entry).map_or(life, |supplier| self.supplier(life, supplier)),
            Kind::Nonconformities => {
                Nonconformity::from_entry(entry).map_or(life, |nonconformity| self.nonconformity(life, nonconformity))
            }
        })
    }

    /// The state of something that stays open until its due day.
    fn state_until_due(&self, due: Option<Date>) -> EntryState {
        match due {
            Some(due) if due < self.clock.as_of => EntryState::Overdue,
            Some(due) if due <= self.clock.warning_end() => EntryState::DueSoon,
            _ => EntryState::Open,
        }
    }

    /// A requirement or an issue. If it was never reviewed, it is overdue.
    fn reviewed(&self, life: EntryLife, placed_entry: &PlacedEntry, rule: ReviewRule) -> EntryLife {
        let last = last_review(&placed_entry.entry, self.clock.as_of);
        let due = next_entry_review(last, rule);
        let state = match self.state_until_due(due) {
            _ if last.is_none() || rule == ReviewRule::Unknown => EntryState::Overdue,
            EntryState::Open => EntryState::Current,
            state => state,
        };
        EntryLife { state, due, ..life }
    }

    fn competence(&self, life: EntryLife, competence: Competence<'_>) -> EntryLife {
        let lookup = &self.reading.handbook.lookup;
        let problem = |index| evidence_problem(self.reading.handbook.document(index), (self.shares.state)(index));
        let shows_nothing = |id: &DocumentId| lookup.by_id(id).is_some_and(|index| problem(index).is_some());
        let exists = |id: &DocumentId| lookup.contains_id(id) && !shows_nothing(id);
        let state = match competence.has_gap() {
            true if competence.is_remedied(self.clock.as_of) => EntryState::Done,
            _ if competence.has_unclear_due(self.clock.as_of) => EntryState::Overdue,
            false if competence.has_evidence(exists, shows_nothing) && life.due.is_none() => EntryState::Current,
            _ => self.state_until_due(life.due),
        };
        EntryLife { state, ..life }
    }

    /// An audit or a management review. If its planned day is not readable, it is overdue until it is held.
    fn event(&self, life: EntryLife, event: PlannedEvent<'_>) -> EntryLife {
        let state = match event.planned() {
            _ if life.closed.is_some() => EntryState::Held,
            None if event.has_unclear_plan() => EntryState::Overdue,
            Some(planned) if planned.to < self.clock.as_of => EntryState::Overdue,
            Some(planned) if planned.from <= self.clock.warning_end() => EntryState::DueSoon,
            Some(_) => EntryState::Planned,
            None => EntryState::Open,
        };
        EntryLife { state, ..life }
    }

    fn indicator(&self, life: EntryLife, indicator: Indicator<'_>) -> EntryLife {
        let as_of = self.clock.as_of;
        let state = match indicator.values(as_of).last() {
            _ if !indicator.missing_periods(as_of).is_empty() => EntryState::NoValue,
            Some(_) if indicator.target().is_none() || !indicator.missed_values(as_of).is_empty() => EntryState::Missed,
            // An unreadable value may be the one that misses the target.
            _ if indicator.is_unclear() => EntryState::NoValue,
            Some(_) => EntryState::Met,
            None => EntryState::Planned,
        };
        EntryLife { state, ..life }
    }

    fn objective(&self, life: EntryLife, objective: Objective<'_>) -> EntryLife {
        let as_of = self.clock.as_of;
        let state = match objective.is_reached(find_indicator(self.reading, objective), as_of) {
            Some(true) => EntryState::Met,
            Some(false) => EntryState::Missed,
            None if life.due.is_none() => EntryState::Overdue,
            None => self.state_until_due(life.due),
        };
        EntryLife { state, ..life }
    }

    fn risk(&self, life: EntryLife, entry: &Entry, risk: Risk<'_>) -> EntryLife {
        let as_of = self.clock.as_of;
        let mut actions = entry.actions();
        let state = match () {
            () if risk.is_closed(as_of) => EntryState::Closed,
            () if risk.is_accepted(as_of) => EntryState::Accepted,
            () if is_untreated(self.settings, entry, risk, as_of) => EntryState::Untreated,
            () if actions.any(|action| !action.is_done(as_of)) => EntryState::Open,
            () if entry.actions().next().is_none() => EntryState::Open,
            () if risk.is_opportunity() => EntryState::Done,
            () => EntryState::Treated,
        };
        EntryLife { state, ..life }
    }

    fn improvement(&self, life: EntryLife, improvement: Improvement<'_>) -> EntryLife {
        let effect = improvement.effect();
        let state = match (life.closed, improvement.state()) {
            (Some(closed), _) => self.state_after_closing(effect, closed, effect.is_requested()),
            (None, Some("rejected")) => EntryState::Rejected,
            (None, _) if improvement.has_unclear_due() => EntryState::Overdue,
            (None, _) => self.state_until_due(life.due),
        };
        let state = if state == EntryState::Closed { EntryState::Done } else { state };
        let closed = life.closed.filter(|_| effect.is_requested());
        let effect_due = closed.and_then(|closed| self.effect_due(effect, closed));
        EntryLife { state, effect_due, ..life }
    }

    /// A supplier: the next deadline of its contract and reviews. A supplier without a contract needs action.
    fn supplier(&self, life: EntryLife, supplier: Supplier<'_>) -> EntryLife {
        let as_of = self.clock.as_of;
        let reviews = [supplier.contract_review(as_of), supplier.performance_review(as_of)];
        // A contract whose last day is not known may have ended, and its last day to give notice may have passed.
        let is_unknown = supplier.end_is_unclear() || supplier.notice_is_unclear();
        let unknown = is_unknown.then_some(Date::MIN);
        let due = reviews.into_iter().flatten().chain(life.due).chain(unknown).min();
        let state = match self.state_until_due(due) {
            EntryState::Open if self.shares.has_contract(supplier) => EntryState::Current,
            state => state,
        };
        EntryLife { state, due: due.filter(|day| *day > Date::MIN).or(life.due), ..life }
    }

    fn nonconformity(&self, life: EntryLife, nonconformity: Nonconformity<'_>) -> EntryLife {
        let grades = &self.settings.registers.nonconformities.grades;
        let effect = nonconformity.effect();
        let Some(closed) = life.closed else {
            let is_unclear = nonconformity.has_unclear_due(grades, self.clock.as_of);
            let state = if is_unclear { EntryState::Overdue } else { self.state_until_due(life.due) };
            return EntryLife { state, ..life };
        };
        let is_checked = nonconformity.is_severe(grades) || effect.is_requested();
        let effect_due = is_checked.then(|| self.effect_due(effect, closed)).flatten();
        EntryLife { state: self.state_after_closing(effect, closed, is_checked), effect_due, ..life }
    }

    /// The day on which an effect must be checked: the recorded day, unless it belonged to an earlier closing;
    /// otherwise the usual interval after the closing. `None` if a day is recorded but is not readable.
    fn effect_due(&self, effect: Effect<'_>, closed: Date) -> Option<Date> {
        let default_due = closed.plus(self.settings.registers.nonconformities.effect_after);
        let is_again = effect.checked(self.clock.as_of).is_some_and(|(on, _)| on < closed);
        match effect.due() {
            Some(due) if due >= closed || !is_again => Some(due),
            None if effect.has_unclear_due() => None,
            _ => Some(default_due),
        }
    }

    /// The state of a closed entry according to the check of its effect. A check from before the closing does not
    /// count.
    fn state_after_closing(&self, effect: Effect<'_>, closed: Date, is_checked: bool) -> EntryState {
        match effect.checked(self.clock.as_of) {
            Some((on, EffectResult::NotEffective)) if closed <= on => EntryState::Reopened,
            Some((on, EffectResult::Effective)) if closed <= on => EntryState::Effective,
            _ if is_checked => EntryState::WaitsForEffect,
            _ => EntryState::Closed,
        }
    }
}

/// The state of a service.
fn service(service: Service<'_>, as_of: Date) -> EntryState {
    match service.state_on(as_of) {
        ServiceState::Planned => EntryState::Planned,
        ServiceState::Live => EntryState::Live,
        ServiceState::Retired => EntryState::Retired,
    }
}

/// The indicator that measures an objective.
pub(crate) fn find_indicator<'a>(reading: &'a Reading, objective: Objective<'_>) -> Option<Indicator<'a>> {
    let index = reading.handbook.lookup.entry(objective.indicator()?.id()?)?;
    Indicator::from_entry(&reading.handbook.registers.entry(index).entry)
}

/// Whether a risk is high and neither treated nor accepted. A risk without a readable score counts as high.
pub(crate) fn is_untreated(settings: &Settings, entry: &Entry, risk: Risk<'_>, as_of: Date) -> bool {
    let is_high = risk.score("now").is_none_or(|score| settings.registers.risk_scale.is_high(score));
    let is_over = risk.is_opportunity() || risk.is_closed(as_of) || risk.is_accepted(as_of);
    is_high && !is_over && !entry.actions().any(Action::is_readable)
}

impl super::Assessment {
    /// The life of an entry, or `None` if it did not exist yet.
    pub(crate) fn entry(&self, index: EntryIndex) -> Option<&EntryLife> {
        self.entries.get(index.at())?.as_ref()
    }
}
