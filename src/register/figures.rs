//! Views of entries with figures: indicators, objectives and risks.

use std::fmt;

use super::entry::Entry;
use super::kinds::Kind;
use super::measure::{Decimal, Target};
use super::measured_period::{Frequency, MeasuredPeriod};
use super::record::Record;
use super::value::Reference;
use crate::date::Date;
use crate::place::Located;
use crate::placeholder::names_only_persons_or_roles;

/// Number of days after the end of a period within which its value is due.
pub(crate) const VALUE_DUE_DAYS: i32 = 31;
/// Maximum number of periods that are searched for missing values.
const MAX_PERIODS: usize = 1_200;

/// The value of a period.
pub(crate) type MeasuredValue = (MeasuredPeriod, Decimal);

/// The values of periods in a mapping, in the order of periods.
pub(super) fn read_figures(record: &Record) -> Vec<MeasuredValue> {
    let read = |(period, value): &(Located<String>, Option<Located<String>>)| {
        Some((period.value.parse::<MeasuredPeriod>().ok()?, value.as_ref()?.value.parse::<Decimal>().ok()?))
    };
    let mut values: Vec<MeasuredValue> = record.pairs("values").iter().filter_map(read).collect();
    values.sort_by_key(|(period, _)| (period.days.to, period.days.from));
    values
}

/// The values of periods that have ended by the given day, in order.
fn values(entry: &Entry, as_of: Date) -> Vec<MeasuredValue> {
    entry.figures.iter().filter(|(period, _)| period.days.to <= as_of).copied().collect()
}

fn target(record: &Record) -> Option<Target> {
    record.text("target")?.parse().ok()
}

/// The days between which an indicator is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MeasuredDays {
    from: Option<Date>,
    end: Option<Date>,
}

/// The suggestion for a value of a period that is not measured.
pub(crate) const OUTSIDE_HELP: &str = "correct the period, or `from` and `until`; until then the value does not count";

impl MeasuredDays {
    /// The days in an entry.
    pub(super) fn from_record(record: &Record) -> MeasuredDays {
        MeasuredDays { from: record.day("from"), end: record.day("until") }
    }

    /// Whether any day of a period is measured.
    pub(super) fn contains(self, period: MeasuredPeriod) -> bool {
        self.from.is_none_or(|from| from <= period.days.to) && self.end.is_none_or(|until| period.days.from <= until)
    }
}

impl fmt::Display for MeasuredDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.end) {
            (Some(from), Some(until)) => write!(f, "`from` is {from} and `until` {until}"),
            (Some(from), None) => write!(f, "`from` is {from}"),
            (None, Some(until)) => write!(f, "`until` is {until}"),
            (None, None) => f.write_str("every period is measured"),
        }
    }
}

/// An indicator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Indicator<'a>(&'a Entry);

impl<'a> Indicator<'a> {
    /// Views an entry as an indicator, if it is one.
    pub(crate) fn from_entry(entry: &'a Entry) -> Option<Indicator<'a>> {
        (entry.kind == Kind::Indicators).then_some(Indicator(entry))
    }

    /// Its entry.
    pub(crate) fn entry(self) -> &'a Entry {
        self.0
    }

    /// The target for each value, if it can be read.
    pub(crate) fn target(self) -> Option<Target> {
        target(&self.0.record)
    }

    /// The values of periods that have ended by the given day, in order.
    pub(crate) fn values(self, as_of: Date) -> Vec<MeasuredValue> {
        values(self.0, as_of)
    }

    /// Whether anything that decides whether its target is met cannot be read.
    pub(crate) fn is_unclear(self) -> bool {
        ["target", "period", "from", "until", "values"].iter().any(|key| self.0.record.is_unclear(key))
    }

    fn frequency(self) -> Option<Frequency> {
        Frequency::from_name(self.0.record.text("period")?)
    }

    /// The first measured period: the first whole one from its start date, else the first one with a value.
    fn first_period(self) -> Option<MeasuredPeriod> {
        let frequency = self.frequency()?;
        let Some(from) = self.0.record.day("from") else {
            let periods = self.0.figures.iter().map(|(period, _)| *period);
            return periods.filter(|period| period.frequency == frequency).min_by_key(|period| period.days);
        };
        let around = frequency.period_of(from)?;
        if around.days.from < from { around.next() } else { Some(around) }
    }

    /// The periods that should have a value, from the first one up to the one that contains a day.
    fn periods(self, as_of: Date) -> impl Iterator<Item = MeasuredPeriod> {
        // Without a value or a start date, start with the last period whose value is due.
        let last_due = || {
            let frequency = self.frequency()?;
            let around = frequency.period_of(as_of.plus_days(-VALUE_DUE_DAYS - 1))?;
            if around.days.to < as_of.plus_days(-VALUE_DUE_DAYS) {
                Some(around)
            } else {
                frequency.period_of(around.days.from.plus_days(-1))
            }
        };
        let until = self.0.record.day("until").unwrap_or(Date::MAX);
        let first = self.first_period().or_else(last_due);
        std::iter::successors(first, |period| period.next())
            .take_while(move |period| period.days.from <= as_of && period.days.to <= until)
            .take(MAX_PERIODS)
    }

    /// Periods that ended more than 31 days before a day and have no value.
    pub(crate) fn missing_periods(self, as_of: Date) -> Vec<MeasuredPeriod> {
        let values = self.values(as_of);
        let is_missing = |period: &MeasuredPeriod| {
            value_due(*period) < as_of && values.iter().all(|(measured, _)| measured != period)
        };
        self.periods(as_of).filter(is_missing).collect()
    }

    /// The first period without a value, which is the next one due.
    pub(crate) fn next_due_period(self, as_of: Date) -> Option<MeasuredPeriod> {
        let values = self.values(as_of);
        self.periods(as_of).find(|period| values.iter().all(|(measured, _)| measured != period))
    }

    /// The latest consecutive values that missed the target, oldest first.
    pub(crate) fn missed_values(self, as_of: Date) -> Vec<MeasuredValue> {
        let Some(target) = self.target() else { return Vec::new() };
        let mut missed: Vec<MeasuredValue> =
            self.values(as_of).into_iter().rev().take_while(|(_, value)| !target.is_met(*value)).collect();
        missed.reverse();
        missed
    }
}

/// The due date for the value of a period.
pub(crate) fn value_due(period: MeasuredPeriod) -> Date {
    period.days.to.plus_days(VALUE_DUE_DAYS)
}

/// An objective, to be reached by a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Objective<'a>(&'a Entry);

impl<'a> Objective<'a> {
    /// Views an entry as an objective, if it is one.
    pub(crate) fn from_entry(entry: &'a Entry) -> Option<Objective<'a>> {
        (entry.kind == Kind::Objectives).then_some(Objective(entry))
    }

    /// The day by which it must be reached.
    pub(crate) fn end_date(self) -> Option<Date> {
        self.0.record.day("ends")
    }

    /// The indicator that measures it.
    pub(crate) fn indicator(self) -> Option<&'a Reference> {
        self.0.record.references("indicator").first().map(|reference| &reference.value)
    }

    /// The target: its own, else that of the indicator that measures it.
    pub(crate) fn target(self, indicator: Option<Indicator<'_>>) -> Option<Target> {
        match self.0.record.get("target") {
            Some(_) => target(&self.0.record),
            None if self.0.record.is_unclear("target") => None,
            None => indicator?.target(),
        }
    }

    /// The periods whose values decide whether it was reached, oldest first: the last whole one that has ended by its
    /// last day, and the one in which it ends. Empty if the length of periods is unknown.
    pub(crate) fn deciding_periods(self, indicator: Option<Indicator<'_>>) -> Vec<MeasuredPeriod> {
        let first_period = || self.0.record.pairs("values").iter().find_map(|(period, _)| period.value.parse().ok());
        let frequency = match indicator {
            Some(indicator) => indicator.frequency(),
            None => first_period().map(|period: MeasuredPeriod| period.frequency),
        };
        let Some((ends, frequency)) = self.end_date().zip(frequency) else { return Vec::new() };
        let from = self.0.record.day("from").unwrap_or(Date::MIN);
        let around = frequency.period_of(ends).filter(|around| around.days.to >= ends);
        let before = around.filter(|around| around.days.to > ends);
        let before = before.and_then(|around| frequency.period_of(around.days.from.plus_days(-1)));
        before.filter(|before| before.days.to >= from).into_iter().chain(around).collect()
    }

    /// The values measured up to its last day, as of the given day.
    pub(crate) fn values(self, indicator: Option<Indicator<'_>>, as_of: Date) -> Vec<MeasuredValue> {
        let until = self.end_date().unwrap_or(Date::MAX);
        let mut all_values = match indicator {
            Some(indicator) => indicator.values(as_of),
            // It is measured by an indicator, even if that is not known here.
            None if self.indicator().is_some() => Vec::new(),
            None => values(self.0, as_of),
        };
        let from = self.0.record.day("from").unwrap_or(Date::MIN);
        all_values.retain(|(period, _)| period.days.from <= until && period.days.to >= from);
        all_values
    }

    /// Whether it was reached, once its last day has come and the value of a deciding period is known; if two values
    /// are known, both must meet the target. `None` instead of `true` if anything that decides it cannot be read.
    pub(crate) fn is_reached(self, indicator: Option<Indicator<'_>>, as_of: Date) -> Option<bool> {
        self.end_date().filter(|ends| *ends <= as_of)?;
        let deciding = self.deciding_periods(indicator);
        let mut values = self.values(indicator, as_of);
        values.retain(|(period, _)| deciding.contains(period));
        values.first()?;
        let target = self.target(indicator).filter(|_| self.unit_mismatch(indicator).is_none())?;
        let is_met = values.iter().all(|(_, value)| target.is_met(*value));
        Some(is_met).filter(|is_met| !is_met || !self.is_unclear(indicator))
    }

    /// Its unit and that of its indicator, if they differ, so that their figures cannot be compared.
    pub(crate) fn unit_mismatch(self, indicator: Option<Indicator<'_>>) -> Option<(String, String)> {
        let own_unit = target(&self.0.record)?.unit;
        let other = indicator?.target()?.unit;
        (own_unit != other).then_some((own_unit, other))
    }

    fn is_unclear(self, indicator: Option<Indicator<'_>>) -> bool {
        let keys = ["target", "indicator", "values", "from", "ends"];
        keys.iter().any(|key| self.0.record.is_unclear(key)) || indicator.is_some_and(Indicator::is_unclear)
    }
}

/// The score of a risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Score {
    /// The likelihood.
    pub(crate) likelihood: u16,
    /// The impact.
    pub(crate) impact: u16,
}

impl Score {
    /// The score in a mapping, if it can be read in full.
    pub(crate) fn from_record(record: &Record) -> Option<Score> {
        let score = Score { likelihood: record.number("likelihood")?, impact: record.number("impact")? };
        Some(score).filter(|_| record.is_clear())
    }

    /// Likelihood times impact.
    pub(crate) fn product(self) -> u32 {
        u32::from(self.likelihood) * u32::from(self.impact)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {} = {}", self.likelihood, self.impact, self.product())
    }
}

/// A risk or an opportunity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Risk<'a>(&'a Entry);

impl<'a> Risk<'a> {
    /// Views an entry as a risk, if it is one.
    pub(crate) fn from_entry(entry: &'a Entry) -> Option<Risk<'a>> {
        (entry.kind == Kind::Risks).then_some(Risk(entry))
    }

    /// Whether it is an opportunity, which has no score.
    pub(crate) fn is_opportunity(self) -> bool {
        self.0.record.text("opportunity") == Some("true")
    }

    /// The score under `now` or `after`.
    pub(crate) fn score(self, key: &str) -> Option<Score> {
        Score::from_record(self.0.record.record(key)?)
    }

    /// The last day on which its acceptance is valid.
    pub(crate) fn accepted_until(self) -> Option<Date> {
        let accepted = self.0.record.record("accepted")?;
        let by = accepted.names("by");
        let names_all = || !by.is_empty() && by.iter().all(|by| names_only_persons_or_roles(&by.value));
        accepted.day("until").filter(|_| names_all())
    }

    /// Whether somebody accepts it in its present form on the given day.
    pub(crate) fn is_accepted(self, as_of: Date) -> bool {
        self.accepted_until().is_some_and(|until| until >= as_of)
    }

    /// The day on which it was last scored, as of the given day.
    pub(crate) fn last_scored(self, as_of: Date) -> Option<Date> {
        self.0.record.day("scored").filter(|scored| *scored <= as_of)
    }

    /// Whether it has ceased to exist by the given day.
    pub(crate) fn is_closed(self, as_of: Date) -> bool {
        self.0.record.day("closed").is_some_and(|closed| closed <= as_of)
    }
}
