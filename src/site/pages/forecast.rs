//! A forecast of coverage for the next twelve months if nobody acts.

use std::fmt::Write;

use crate::assess::Coverage;
use crate::date::Date;
use crate::site::model::{ForecastMonth, ForecastPicture};
use crate::site::portal::Portal;

/// The left end of the lines, in units of the view box.
const LEFT: f64 = 34.0;
/// The right end of the lines.
const RIGHT: f64 = 354.0;
/// The vertical position of 100%.
const TOP: f64 = 12.0;
/// The vertical position of 0%.
const BOTTOM: f64 = 112.0;
/// The maximum number of documents named in a row.
const MAX_LAPSES: usize = 3;

/// The picture and its table; `None` without a standard.
pub(super) fn forecast(portal: &Portal<'_>) -> Option<ForecastPicture> {
    let as_of = portal.assessment.clock.as_of;
    let days = as_of.days_until(portal.forecast.until?).max(1);
    let months = portal.forecast.months(as_of);
    let scale = Scale { as_of, days };
    let ticks = months.iter().map(|month| month.day).enumerate().filter(|(at, _)| at % 3 == 0);
    Some(ForecastPicture {
        units: scale.line(portal, |coverage| (coverage.covered(), coverage.units())),
        items: scale.line(portal, |coverage| (coverage.provided, coverage.needed)),
        days,
        ticks: ticks.map(|(_, on)| (scale.x(on), on)).filter(|(x, _)| *x < RIGHT - 24.0).collect(),
        months: months.iter().map(|month| row(portal, month)).collect(),
    })
}

fn row(portal: &Portal<'_>, month: &crate::assess::ForecastDay) -> ForecastMonth {
    let coverage = month.coverage;
    let visible = &month.lapses[..month.lapses.len().min(MAX_LAPSES)];
    ForecastMonth {
        on: month.day,
        units_covered: coverage.covered() as usize,
        units: coverage.units() as usize,
        items_provided: coverage.provided as usize,
        items: coverage.needed as usize,
        lapses: portal.document_links(visible),
        more: month.lapses.len() - visible.len(),
    }
}

/// Converts days to horizontal and shares to vertical positions.
struct Scale {
    as_of: Date,
    days: i32,
}

impl Scale {
    fn x(&self, day: Date) -> f64 {
        round_to_tenths(LEFT + (RIGHT - LEFT) * f64::from(self.as_of.days_until(day)) / f64::from(self.days))
    }

    /// A stepped line, which is level between changes; empty if there is nothing to count.
    fn line(&self, portal: &Portal<'_>, figure: fn(&Coverage) -> (u32, u32)) -> String {
        if figure(&portal.forecast.now).1 == 0 {
            return String::new();
        }
        let height = |coverage: &Coverage| {
            let (part, total) = figure(coverage);
            round_to_tenths(BOTTOM - (BOTTOM - TOP) * f64::from(part) / f64::from(total.max(1)))
        };
        let mut last = height(&portal.forecast.now);
        let mut line = format!("M{LEFT} {last}");
        for day in &portal.forecast.days {
            let next = height(&day.coverage);
            if next != last {
                // Writing to a string cannot fail.
                let _ = write!(line, "H{}V{next}", self.x(day.day));
                last = next;
            }
        }
        line + &format!("H{RIGHT}")
    }
}

fn round_to_tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
