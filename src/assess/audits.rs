//! The audits of each clause: when it was last audited, and when its next audit is planned or due.

mod parts;

use std::collections::BTreeMap;

use super::applicability::Applicability;
use super::entry_state::EntryLife;
use super::state::Clock;
use crate::config::AuditCycle;
use crate::date::Date;
use crate::handbook::{EntryIndex, Reading};
use crate::id::{ClauseKey, ClauseRef, StandardIndex};
use crate::place::Located;
use crate::register::{Audit, Kind, Period};
use crate::standard::Standards;
use parts::PartAudits;

/// Whether a clause was audited in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AuditState {
    /// No internal audit has ever named the clause.
    #[default]
    Never,
    /// Its last internal audit is too long ago.
    Overdue,
    /// The next audit is due within the warning period, or in this calendar year.
    Due,
    /// It was audited recently enough.
    Audited,
}

impl AuditState {
    /// The word used in every output.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            AuditState::Never => "never",
            AuditState::Overdue => "overdue",
            AuditState::Due => "due",
            AuditState::Audited => "audited",
        }
    }
}

/// The audits of a coverage unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct UnitAudit {
    /// The newest internal audit that was held and names the unit, with its last day. If audits name only parts of the
    /// unit, this is the audit of the part that was audited longest ago, or `None` until every part has been audited.
    pub(crate) last: Option<(Date, EntryIndex)>,
    /// The first internal audit that is planned, was not held and names the unit; its planned days may have passed.
    pub(crate) next: Option<(Period, EntryIndex)>,
    /// The first planned audit whose days have not passed.
    pub(crate) upcoming: Option<(Period, EntryIndex)>,
    /// Findings that name the unit and are not closed, or whose effect has not been checked.
    pub(crate) open: Vec<EntryIndex>,
    /// Whether the unit was audited in time.
    pub(crate) state: AuditState,
    /// The day by which it must be audited again, if known. For a unit that was never audited, the day by which the
    /// programme must have covered it; `None` unless its first audit is planned by that day and was not missed.
    pub(crate) due: Option<Date>,
    /// Which of the above exist but are hidden by an edition.
    pub(crate) hidden: HiddenAudits,
}

/// Whether a unit has audits and findings that an edition hides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct HiddenAudits {
    /// The newest audit that was held is hidden.
    pub(crate) last: bool,
    /// The first planned audit is hidden.
    pub(crate) next: bool,
    /// At least one open finding is hidden.
    pub(crate) open: bool,
}

/// Audits by coverage unit, for every standard that is to be covered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Audits {
    units: BTreeMap<ClauseKey, UnitAudit>,
    /// The first day of the programme's first audit, if that was held, or was planned for a day before the assessment
    /// date. From then on, a clause that was never audited is a problem, unless its first audit is planned within the
    /// interval.
    pub(crate) programme_start: Option<Date>,
}

impl Audits {
    /// The audits of a coverage unit.
    pub(crate) fn unit(&self, key: ClauseKey) -> Option<&UnitAudit> {
        self.units.get(&key)
    }

    /// Returns these audits with `unit` applied to each.
    pub(super) fn map_units(&self, unit: impl Fn(&UnitAudit) -> UnitAudit) -> Audits {
        let units = self.units.iter().map(|(key, audit)| (*key, unit(audit))).collect();
        Audits { units, programme_start: self.programme_start }
    }

    /// Every coverage unit with its audits, in the standards' order.
    pub(crate) fn units(&self) -> impl Iterator<Item = (ClauseKey, &UnitAudit)> {
        self.units.iter().map(|(key, audit)| (*key, audit))
    }
}

/// Returns the coverage units that clauses refer to: the clause itself, the units below it, or else the unit it is part
/// of.
pub(crate) fn find_units(standards: &Standards, clauses: &[Located<ClauseRef>]) -> Vec<ClauseKey> {
    let mut units: Vec<ClauseKey> = Vec::new();
    for key in clauses.iter().filter_map(|clause| standards.find_reference(&clause.value)) {
        let below =
            std::iter::once(key).chain(standards.descendants(key)).filter(|candidate| standards.is_unit(*candidate));
        let before = units.len();
        units.extend(below);
        if units.len() == before {
            units.extend(super::clauses::parent_unit(standards, key));
        }
    }
    units.sort_unstable();
    units.dedup();
    units
}

/// Gathers the audits of every applicable coverage unit. Returns `None` without a register of audits.
pub(super) fn gather_audits(
    reading: &Reading,
    lives: &[Option<EntryLife>],
    clock: Clock,
    applicability: &Applicability<'_>,
) -> Option<Audits> {
    let Reading { settings, standards, handbook, .. } = reading;
    let registers = &handbook.registers;
    if !registers.has(Kind::Audits) {
        return None;
    }
    let mut audits = Audits::default();
    let mut parts = PartAudits::new(standards, applicability);
    for (index, placed_entry) in registers.of_kind(Kind::Audits) {
        let Some(audit) = Audit::from_entry(&placed_entry.entry).filter(|audit| audit.is_internal()) else { continue };
        let days = audit.held(clock.as_of).or(audit.planned().filter(|planned| planned.to < clock.as_of));
        audits.programme_start = audits.programme_start.into_iter().chain(days.map(|days| days.from)).min();
        parts.record_audit(index, audit, &handbook.lookup, clock.as_of);
    }
    for key in audited_standards(reading)
        .flat_map(|standard| standards.clauses(standard))
        .filter(|key| standards.is_unit(*key) && applicability.reason(*key).is_none())
    {
        audits.units.insert(key, parts.combine_parts(key));
    }
    for (index, placed_entry) in registers.of_kind(Kind::Nonconformities) {
        let is_open = lives.get(index.at()).is_some_and(|life| life.is_some_and(|life| life.is_unresolved()));
        for unit in find_units(standards, placed_entry.entry.clauses()).into_iter().filter(|_| is_open) {
            audits.units.entry(unit).and_modify(|audit| audit.open.push(index));
        }
    }
    let every = settings.registers.audits.every;
    let due_first = audits.programme_start.map(|start| first_due(start, every));
    audits.units.values_mut().for_each(|audit| audit.set_due_day(every, due_first, clock));
    Some(audits)
}

/// The standards that are audited: the main standard, and any other with a clause that an audit names.
fn audited_standards(reading: &Reading) -> impl Iterator<Item = StandardIndex> {
    let Reading { standards, handbook, .. } = reading;
    let clauses = handbook.registers.of_kind(Kind::Audits).flat_map(|(_, placed_entry)| placed_entry.entry.clauses());
    let named: Vec<StandardIndex> =
        clauses.filter_map(|clause| standards.find_reference(&clause.value)).map(|key| key.standard).collect();
    standards.to_cover().filter(move |standard| standards.main() == Some(*standard) || named.contains(standard))
}

impl UnitAudit {
    /// Sets the day by which the unit must be audited, and its state; `due_first` is the day by which the programme
    /// must have covered every unit.
    fn set_due_day(&mut self, every: AuditCycle, due_first: Option<Date>, clock: Clock) {
        let Some((last, _)) = self.last else {
            // An audit that was missed does not count, even if another one is planned.
            let is_planned = |due: &Date| self.next.is_some_and(|(days, _)| clock.as_of <= days.to && days.to <= *due);
            self.due = due_first.filter(is_planned);
            return;
        };
        let due = next_due(last, every);
        let year = clock.as_of.year_month_day().0;
        let is_due = match every {
            AuditCycle::Every(_) => due <= clock.warning_end(),
            AuditCycle::CalendarYear => last.year_month_day().0 < year,
        };
        self.due = Some(due);
        self.state = match () {
            () if due < clock.as_of => AuditState::Overdue,
            () if is_due => AuditState::Due,
            () => AuditState::Audited,
        };
    }
}

/// The day by which a programme must have covered every unit.
fn first_due(start: Date, every: AuditCycle) -> Date {
    match every {
        AuditCycle::Every(interval) => start.plus(interval),
        AuditCycle::CalendarYear => Date::end_of_year(start.year_month_day().0),
    }
}

/// The day by which something last audited on `last` must be audited again.
fn next_due(last: Date, every: AuditCycle) -> Date {
    match every {
        AuditCycle::Every(interval) => last.plus(interval),
        AuditCycle::CalendarYear => Date::end_of_year(last.year_month_day().0.saturating_add(1)),
    }
}
