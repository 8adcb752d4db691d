//! Readiness for a visit of the certification body: a checklist derived entirely from the handbook.
//!
//! Anything that is not known counts as not done.

mod check;
mod cycle;

use super::audits::UnitAudit;
use super::certificate::announced_visit;
use super::entry_state::{EntryLife, EntryState};
use super::{Assessed, ItemVerdict, Verdict};
use crate::config::CertificateSettings;
use crate::date::{Date, Interval};
use crate::finding::Severity;
use crate::handbook::EntryIndex;
use crate::id::ClauseKey;
use crate::placeholder::has_content;
use crate::register::{Audit, AuditKind, Kind, ManagementReview, Period};
use crate::standard::Basis;

pub(crate) use check::{CheckOutcome, ReadinessCheck};

/// A management review held longer ago does not show a planned interval, even if nothing has happened since.
const MAX_REVIEW_AGE: Interval = Interval::Months(12);

/// Without a planned visit, anything planned further ahead than this does not count as in time.
const MAX_PLANNED_AHEAD: Interval = Interval::Months(12);

/// A line of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ChecklistLine {
    /// The check.
    pub(crate) check: ReadinessCheck,
    /// The result of the check.
    pub(crate) outcome: CheckOutcome,
    /// The number of subjects that pass.
    pub(crate) passed: usize,
    /// The number of subjects checked.
    pub(crate) checked: usize,
    /// The clauses that do not pass.
    pub(crate) clauses: Vec<ClauseKey>,
    /// The relevant entries: those with a problem, or those that will resolve it.
    pub(crate) entries: Vec<EntryIndex>,
    /// The clauses that do not pass and for which nothing is planned in time.
    pub(crate) unplanned: Vec<ClauseKey>,
    /// The missing settings keys.
    pub(crate) keys: Vec<&'static str>,
}

/// The next visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlannedVisit {
    /// Its days.
    pub(crate) days: Period,
    /// The audit in the register; `None` if only the settings announce it.
    pub(crate) audit: Option<EntryIndex>,
}

/// The readiness of a handbook for a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Readiness {
    /// The kind of visit.
    pub(crate) visit: AuditKind,
    /// The next planned visit, if it is of this kind.
    pub(crate) next: Option<PlannedVisit>,
    /// A visit that was planned and not held, if it decides the kind.
    pub(crate) missed: Option<(Period, EntryIndex)>,
    /// The last visit that was held.
    pub(crate) last: Option<(Period, EntryIndex)>,
    /// The lines of the checklist.
    pub(crate) lines: Vec<ChecklistLine>,
}

impl Readiness {
    /// Assesses the readiness for a kind of visit, or for the next visit if `visit` is `None`. An edition is as ready
    /// as the whole handbook, but names only what it shows.
    pub(crate) fn assess(assessed: Assessed<'_>, visit: Option<AuditKind>) -> Readiness {
        let ready = Readiness::assess_whole(assessed.whole(), visit);
        match &assessed.assessment.whole {
            Some(whole) => ready.for_edition(|entry| whole.entry(entry)),
            None => ready,
        }
    }

    fn for_edition(self, entry: impl Fn(EntryIndex) -> Option<EntryIndex>) -> Readiness {
        let visit = |visit: Option<(Period, EntryIndex)>| visit.and_then(|(days, index)| Some((days, entry(index)?)));
        let entries = |line: &ChecklistLine| line.entries.iter().filter_map(|index| entry(*index)).collect();
        let line = |line: ChecklistLine| ChecklistLine { entries: entries(&line), ..line };
        let is_shown = |next: &PlannedVisit| next.audit.is_none_or(|audit| entry(audit).is_some());
        let shown = |next: PlannedVisit| PlannedVisit { audit: next.audit.and_then(&entry), ..next };
        Readiness {
            next: self.next.filter(is_shown).map(shown),
            missed: visit(self.missed),
            last: visit(self.last),
            lines: self.lines.into_iter().map(line).collect(),
            visit: self.visit,
        }
    }

    fn assess_whole(assessed: Assessed<'_>, visit: Option<AuditKind>) -> Readiness {
        let context = ReadinessContext::new(assessed, visit);
        let mut lines = vec![context.check_coverage()];
        // A line about a catalogue that requires no documented information would pass without any check.
        lines.extend(assessed.assessment.figures.requires_items().then(|| context.check_items()));
        lines.extend([context.check_errors(), context.check_audits()]);
        if context.visit != AuditKind::StageOne {
            lines.push(context.check_audits_for_visit());
        }
        lines.push(context.check_review());
        if context.last.is_some() {
            lines.push(context.check_visit_findings());
        }
        lines.push(context.check_overdue());
        if !matches!(context.visit, AuditKind::StageOne | AuditKind::StageTwo) {
            lines.push(context.check_certificate());
        }
        Readiness { visit: context.visit, next: context.next, missed: context.missed, last: context.last, lines }
    }

    /// Whether every line passes.
    pub(crate) fn is_ready(&self) -> bool {
        self.count(CheckOutcome::Pass) == self.lines.len()
    }

    /// The number of lines with this outcome.
    pub(crate) fn count(&self, outcome: CheckOutcome) -> usize {
        self.lines.iter().filter(|line| line.outcome == outcome).count()
    }
}

struct ReadinessContext<'a> {
    assessed: Assessed<'a>,
    as_of: Date,
    visit: AuditKind,
    next: Option<PlannedVisit>,
    missed: Option<(Period, EntryIndex)>,
    last: Option<(Period, EntryIndex)>,
}

/// All audits with their indexes.
fn audits<'a>(assessed: Assessed<'a>) -> impl Iterator<Item = (EntryIndex, Audit<'a>)> {
    let audit_entries = assessed.reading.handbook.registers.of_kind(Kind::Audits);
    audit_entries.filter_map(|(index, placed_entry)| Some((index, Audit::from_entry(&placed_entry.entry)?)))
}

fn is_visit(audit: Audit<'_>) -> bool {
    audit.kind().is_some_and(AuditKind::is_visit)
}

impl<'a> ReadinessContext<'a> {
    fn new(assessed: Assessed<'a>, visit: Option<AuditKind>) -> ReadinessContext<'a> {
        let as_of = assessed.assessment.clock.as_of;
        let visits = || audits(assessed).filter(|(_, audit)| is_visit(*audit));
        let is_asked = |audit: Audit<'_>| visit.is_none_or(|visit| audit.kind() == Some(visit));
        let open = || visits().filter(|(_, audit)| audit.held(as_of).is_none() && is_asked(*audit));
        let planned = || open().filter_map(|(at, audit)| Some((audit.planned()?, at)));
        // A visit whose planned days have passed is late; it is not the next one.
        let next = planned().filter(|(planned, _)| planned.to >= as_of).min();
        let held = visits().filter_map(|(at, audit)| Some((audit.held(as_of)?, at)));
        let last = held.max_by_key(|(days, at)| (days.to, *at));
        let kind_of = |(_, index): (Period, EntryIndex)| {
            Audit::from_entry(&assessed.reading.handbook.registers.entry(index).entry).and_then(Audit::kind)
        };
        let announced = announced_visit(assessed.reading, as_of)
            .filter(|announced| visit.is_none_or(|visit| announced.kind.is_none_or(|kind| kind == visit)));
        // Once the certificate has expired, a visit that was to keep it is no longer to come.
        let is_needed = next.is_none() && !cycle::is_certificate_expired(assessed.reading, as_of);
        let missed = if is_needed { planned().min() } else { None };
        let visit = visit
            .or_else(|| next.or(missed).and_then(kind_of))
            .or_else(|| announced?.kind)
            .unwrap_or_else(|| cycle::usual_visit_kind(assessed.reading, as_of));
        let next = next.map(|(days, audit)| PlannedVisit { days, audit: Some(audit) });
        let only_announced = announced.map(|visit| PlannedVisit { days: Period::single_day(visit.day), audit: None });
        ReadinessContext { assessed, as_of, visit, next: next.or(only_announced), missed, last }
    }

    /// Whether a planned day is before the visit or, without a planned visit, soon enough.
    fn is_in_time(&self, day: Date) -> bool {
        self.next.map_or(day <= self.as_of.plus(MAX_PLANNED_AHEAD), |visit| day < visit.days.from)
    }

    fn new_line(&self, check: ReadinessCheck, passed: usize, checked: usize) -> ChecklistLine {
        let outcome = CheckOutcome::from_bool(checked > 0 && passed == checked);
        ChecklistLine {
            check,
            outcome,
            passed,
            checked,
            clauses: Vec::new(),
            entries: Vec::new(),
            unplanned: Vec::new(),
            keys: Vec::new(),
        }
    }

    /// Coverage units of the main standard that apply.
    fn applicable_units(&self) -> Vec<ClauseKey> {
        let Assessed { reading, assessment } = self.assessed;
        let standards = &reading.standards;
        let units = standards.main().into_iter().flat_map(|main| standards.clauses(main));
        let units = units.filter(|key| standards.is_unit(*key));
        units.filter(|key| assessment.clause(*key).verdict != Some(Verdict::NotApplicable)).collect()
    }

    fn check_coverage(&self) -> ChecklistLine {
        let assessment = self.assessed.assessment;
        let units = self.applicable_units();
        let is_open =
            |key: &ClauseKey| assessment.clause(*key).verdict.is_none_or(|verdict| verdict != Verdict::Covered);
        let open: Vec<ClauseKey> = units.iter().copied().filter(is_open).collect();
        ChecklistLine {
            clauses: open.clone(),
            ..self.new_line(ReadinessCheck::Covered, units.len() - open.len(), units.len())
        }
    }

    fn check_items(&self) -> ChecklistLine {
        let items = self.assessed.assessment.items.first().into_iter().flatten();
        let needed = items.filter(|item| item.basis == Basis::Required && item.verdict != ItemVerdict::NotNeeded);
        let (provided, open): (Vec<_>, Vec<_>) = needed.partition(|item| item.verdict == ItemVerdict::Provided);
        let mut clauses: Vec<ClauseKey> = open.iter().map(|item| item.clause).collect();
        clauses.dedup();
        // The settings may say of each item that it is not needed.
        let is_all = open.is_empty() && self.assessed.reading.standards.main().is_some();
        let line = self.new_line(ReadinessCheck::Provided, provided.len(), provided.len() + open.len());
        ChecklistLine { clauses, outcome: CheckOutcome::from_bool(is_all), ..line }
    }

    fn check_errors(&self) -> ChecklistLine {
        let errors = self.assessed.assessment.count(Severity::Error);
        ChecklistLine {
            outcome: CheckOutcome::from_bool(errors == 0),
            ..self.new_line(ReadinessCheck::NoErrors, errors, 0)
        }
    }

    fn unit_audit(&self, key: ClauseKey) -> Option<&'a UnitAudit> {
        self.assessed.assessment.audits.as_ref()?.unit(key)
    }

    /// The audit planned before the visit, or otherwise the one that should have been held.
    fn planned_audit(&self, key: ClauseKey) -> Option<(Period, EntryIndex)> {
        let audit = self.unit_audit(key)?;
        [audit.upcoming, audit.next].into_iter().flatten().find(|(period, _)| self.is_in_time(period.to))
    }

    /// Checks that every clause was audited within the interval, as of the date.
    fn check_audits(&self) -> ChecklistLine {
        let is_late = |audit: &UnitAudit| audit.last.is_none() || audit.due.is_none_or(|due| due < self.as_of);
        self.check_units(ReadinessCheck::Audited, is_late)
    }

    /// Checks that every clause is audited in time for the visit: within the interval, as of the first day of the
    /// visit.
    fn check_audits_for_visit(&self) -> ChecklistLine {
        let until = self.next.map_or(self.as_of, |visit| visit.days.from);
        // Certification needs an audit of every clause; afterwards, a programme may cover them one after the other.
        let needs_all = self.visit == AuditKind::StageTwo;
        let is_late =
            |audit: &UnitAudit| (needs_all && audit.last.is_none()) || audit.due.is_none_or(|due| due < until);
        self.check_units(ReadinessCheck::AuditedForVisit, is_late)
    }

    /// A line about every unit. It lists the late units, and the audits planned for them before the visit.
    fn check_units(&self, check: ReadinessCheck, is_late: impl Fn(&UnitAudit) -> bool) -> ChecklistLine {
        let units = self.applicable_units();
        let late: Vec<ClauseKey> =
            units.iter().copied().filter(|key| self.unit_audit(*key).is_none_or(&is_late)).collect();
        let first_audit = |key: &ClauseKey| self.unit_audit(*key).filter(|audit| audit.last.is_none())?.due;
        let next = |key: &ClauseKey| match first_audit(key) {
            // The programme covers the clause in time, even if that is after the visit.
            Some(_) if check == ReadinessCheck::Audited => self.unit_audit(*key)?.upcoming,
            _ => self.planned_audit(*key),
        };
        let audits: Vec<Option<(Period, EntryIndex)>> = late.iter().map(next).collect();
        let unplanned = late.iter().zip(&audits).filter(|(_, audit)| audit.is_none()).map(|(key, _)| *key).collect();
        let mut entries: Vec<EntryIndex> = audits.iter().flatten().map(|(_, index)| *index).collect();
        entries.sort_unstable();
        entries.dedup();
        let line = self.new_line(check, units.len() - late.len(), units.len());
        let is_ahead = |audit: &Option<(Period, EntryIndex)>| audit.is_some_and(|(period, _)| period.to >= self.as_of);
        // No clause is late before the programme's first audit, nor while its own first audit is planned in time.
        let has_begun = self.assessed.assessment.audits.as_ref().is_some_and(|audits| audits.programme_start.is_some());
        let is_on_plan =
            || check == ReadinessCheck::AuditedForVisit || late.iter().all(|key| first_audit(key).is_some());
        let is_coming = audits.iter().all(is_ahead) && (!has_begun || is_on_plan());
        let outcome = if line.outcome == CheckOutcome::Fail && is_coming && !late.is_empty() {
            CheckOutcome::NotYet
        } else {
            line.outcome
        };
        ChecklistLine { outcome, clauses: late, entries, unplanned, ..line }
    }

    fn check_review(&self) -> ChecklistLine {
        let registers = &self.assessed.reading.handbook.registers;
        let reviews = || {
            let review_entries = registers.of_kind(Kind::ManagementReviews);
            review_entries
                .filter_map(|(index, placed_entry)| Some((index, ManagementReview::from_entry(&placed_entry.entry)?)))
        };
        let last_held = reviews().filter_map(|(index, review)| Some((review.held(self.as_of)?.to, index))).max();
        let audit = audits(self.assessed).filter(|(_, audit)| audit.is_internal());
        let audit = audit.filter_map(|(_, audit)| Some(audit.held(self.as_of)?.to)).max();
        // Stage one belongs to the same certification as stage two.
        let visits = cycle::held_visits(self.assessed.reading, self.as_of);
        let visit = visits.into_iter().rfind(|visit| visit.kind != AuditKind::StageOne);
        let since = audit.into_iter().chain(visit.map(|visit| visit.days.to)).max();
        let open = || reviews().filter(|(_, review)| review.held(self.as_of).is_none());
        let is_late = |review: ManagementReview<'_>| {
            review.planned().map_or(review.has_unclear_plan(), |planned| planned.to < self.as_of)
        };
        let late: Vec<EntryIndex> = open().filter(|(_, review)| is_late(*review)).map(|(index, _)| index).collect();
        let is_recent = |held: Date| held.plus(MAX_REVIEW_AGE) >= self.as_of && since.is_none_or(|since| held >= since);
        let passes = late.is_empty() && last_held.is_some_and(|(held, _)| is_recent(held));
        let planned = open().filter_map(|(index, review)| {
            review.planned().filter(|planned| planned.to >= self.as_of && self.is_in_time(planned.to)).map(|_| index)
        });
        let planned: Vec<EntryIndex> = planned.take(1).collect();
        let line = self.new_line(ReadinessCheck::Reviewed, usize::from(passes), 1);
        match last_held.filter(|_| passes) {
            Some((_, index)) => ChecklistLine { entries: vec![index], ..line },
            None if !late.is_empty() => ChecklistLine { entries: late, ..line },
            None if planned.is_empty() => line,
            None => ChecklistLine { outcome: CheckOutcome::NotYet, entries: planned, ..line },
        }
    }

    fn check_visit_findings(&self) -> ChecklistLine {
        let assessment = self.assessed.assessment;
        let nonconformities =
            self.last.map_or_else(Vec::new, |(_, visit)| self.assessed.reading.handbook.audit_nonconformities(visit));
        let findings: Vec<EntryIndex> =
            nonconformities.into_iter().filter(|index| assessment.entry(*index).is_some()).collect();
        let (mut open, mut late) = (Vec::new(), Vec::new());
        for index in &findings {
            let Some(life) = assessment.entry(*index) else { continue };
            match (self.is_too_late(*life), life.state.is_open()) {
                (true, _) => late.push(*index),
                (false, true) => open.push(*index),
                _ => {}
            }
        }
        let have = findings.len() - open.len() - late.len();
        let outcome = match (late.is_empty(), open.is_empty()) {
            (false, _) => CheckOutcome::Fail,
            (true, false) => CheckOutcome::NotYet,
            (true, true) => CheckOutcome::Pass,
        };
        let outcome = if self.has_complete_register() { outcome } else { CheckOutcome::Fail };
        let entries = late.into_iter().chain(open).collect();
        ChecklistLine { outcome, entries, ..self.new_line(ReadinessCheck::FindingsOfVisit, have, findings.len()) }
    }

    /// Whether a finding of the last visit is late, or due only after the next visit.
    fn is_too_late(&self, life: EntryLife) -> bool {
        let is_late =
            matches!(life.state, EntryState::Overdue | EntryState::Reopened) || life.has_late_effect(self.as_of);
        is_late || (life.state.is_open() && life.due.is_none_or(|due| !self.is_in_time(due)))
    }

    /// Whether there is a register of nonconformities, and all its entries are readable.
    fn has_complete_register(&self) -> bool {
        let registers = &self.assessed.reading.handbook.registers;
        registers.has(Kind::Nonconformities) && registers.unreadable_count(Kind::Nonconformities) == 0
    }

    fn check_overdue(&self) -> ChecklistLine {
        let registers = &self.assessed.reading.handbook.registers;
        let is_late = |index: &EntryIndex| {
            let life = self.assessed.assessment.entry(*index);
            life.is_some_and(|life| matches!(life.state, EntryState::Overdue | EntryState::Reopened))
        };
        let late: Vec<EntryIndex> =
            registers.of_kind(Kind::Nonconformities).map(|(index, _)| index).filter(is_late).collect();
        let outcome = CheckOutcome::from_bool(late.is_empty() && self.has_complete_register());
        ChecklistLine { outcome, entries: late.clone(), ..self.new_line(ReadinessCheck::NoOverdue, late.len(), 0) }
    }

    fn check_certificate(&self) -> ChecklistLine {
        let no_settings = CertificateSettings::default();
        let certificate = self.assessed.reading.settings.certificate.as_ref().unwrap_or(&no_settings);
        let has_text = |text: &Option<String>| text.as_deref().is_some_and(has_content);
        let keys = [
            ("number", has_text(&certificate.number)),
            ("body", has_text(&certificate.body)),
            ("scope", has_text(&certificate.scope)),
            ("issued", certificate.issued.is_some_and(|day| day <= self.as_of)),
            ("expires", certificate.expires.is_some_and(|day| day >= self.as_of)),
            ("next_audit", self.next.is_some() || certificate.next_audit.is_some_and(|day| day >= self.as_of)),
        ];
        let missing: Vec<&'static str> = keys.iter().filter(|(_, is_set)| !is_set).map(|(key, _)| *key).collect();
        ChecklistLine {
            keys: missing.clone(),
            ..self.new_line(ReadinessCheck::Certificate, keys.len() - missing.len(), keys.len())
        }
    }
}
