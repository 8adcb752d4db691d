//! A forecast of coverage over the next twelve months if nothing is done.

use super::coverage::Coverage;
use super::timeline::Timeline;
use super::{Assessed, Assessment, State};
use crate::date::{Date, Interval};
use crate::handbook::{DocumentIndex, Reading};

/// How far a forecast looks ahead.
const FORECAST_SPAN: Interval = Interval::Months(12);

/// Coverage of the main standard on every later day on which it changes or a document lapses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forecast {
    /// The last day of the forecast.
    pub(crate) until: Option<Date>,
    /// Coverage on the day of the assessment.
    pub(crate) now: Coverage,
    /// The days, in order.
    pub(crate) days: Vec<ForecastDay>,
}

/// A day of a forecast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ForecastDay {
    /// The day.
    pub(crate) day: Date,
    /// Coverage from that day on.
    pub(crate) coverage: Coverage,
    /// Documents that cease to be in force on that day.
    pub(crate) lapses: Vec<DocumentIndex>,
}

impl Forecast {
    /// Looks ahead from the day of an assessment.
    pub(crate) fn new(reading: &Reading, assessment: &Assessment, timeline: &Timeline) -> Forecast {
        let until = assessment.clock.as_of.plus(FORECAST_SPAN);
        let Some(main) = reading.standards.main() else { return Forecast::default() };
        let clauses: Vec<_> = reading.standards.clauses(main).collect();
        let items: Vec<_> = reading.standards.items(main).collect();
        let (now, series) = Coverage::over_time(Assessed { reading, assessment }, timeline, &clauses, &items);
        let mut days: std::collections::BTreeMap<Date, (Option<Coverage>, Vec<DocumentIndex>)> = Default::default();
        for (on, coverage) in series {
            days.entry(on).or_default().0 = Some(coverage);
        }
        for (on, document) in find_lapses(reading, assessment, timeline) {
            days.entry(on).or_default().1.push(document);
        }
        let mut last = now;
        let day = |(on, (coverage, lapses)): (Date, (Option<Coverage>, Vec<DocumentIndex>))| {
            last = coverage.unwrap_or(last);
            ForecastDay { day: on, coverage: last, lapses }
        };
        let days = days.into_iter().take_while(|(on, _)| *on <= until).map(day).collect();
        Forecast { until: Some(until), now, days }
    }

    /// The first day of each month in the forecast, and its last day: coverage on that day, and the documents that
    /// lapsed since the previous one.
    pub(crate) fn months(&self, as_of: Date) -> Vec<ForecastDay> {
        let Some(until) = self.until else { return Vec::new() };
        let mut after = as_of;
        let first_days = std::iter::successors(Some(as_of.next_month()), |day| Some(day.next_month()));
        let days = first_days.take_while(|day| *day < until).chain([until]);
        days.map(|on| {
            let lapses = self.lapses_between(after, on);
            after = on;
            ForecastDay { day: on, coverage: self.coverage_on(on), lapses }
        })
        .collect()
    }

    /// Coverage on a later day.
    pub(crate) fn coverage_on(&self, day: Date) -> Coverage {
        self.days.iter().take_while(|one| one.day <= day).last().map_or(self.now, |one| one.coverage)
    }

    /// Documents that lapse after one day and no later than another.
    pub(crate) fn lapses_between(&self, after: Date, until: Date) -> Vec<DocumentIndex> {
        let days = self.days.iter().filter(|forecast_day| forecast_day.day > after && forecast_day.day <= until);
        days.flat_map(|forecast_day| forecast_day.lapses.iter().copied()).collect()
    }
}

/// Documents that cease to be in force, each with the day.
fn find_lapses(reading: &Reading, assessment: &Assessment, timeline: &Timeline) -> Vec<(Date, DocumentIndex)> {
    let mut lapses = Vec::new();
    for (index, _) in reading.handbook.controlled() {
        let mut before: State = assessment.state(index);
        for (on, state) in &timeline.states[index.at()] {
            if before.is_in_force() && !state.is_in_force() {
                lapses.push((*on, index));
            }
            before = *state;
        }
    }
    lapses
}
