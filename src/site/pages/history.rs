//! The history of coverage by month, with a forecast.

use std::fmt::Write;

use crate::chronicle::{HandbookPast, Period, PeriodOutcome, TrendFigures};
use crate::date::Date;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{Frame, HistoryPage, HistoryPicture, PeriodRow};
use crate::site::portal::Portal;

/// The left end of the lines, in units of the view box.
const LEFT: f64 = 34.0;
/// The right end of the lines.
const RIGHT: f64 = 714.0;
/// The vertical position of 100%.
const TOP: f64 = 12.0;
/// The vertical position of 0%.
const BOTTOM: f64 = 112.0;
/// The approximate number of dates below the picture.
const MAX_TICKS: usize = 8;
/// The width of a date, including the distance to the next.
const LABEL_WIDTH: f64 = 84.0;
/// The number of digits of abbreviated commit hashes.
const COMMIT_DIGITS: usize = 12;

/// The page, if the portal shows the history.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let job = |_: &HandbookPast| Job::page(layout::own_path("history.html"), history);
    portal.past.map(job).into_iter().collect()
}

fn history(portal: &Portal<'_>) -> HistoryPage {
    let empty = HandbookPast::default();
    let past = portal.past.unwrap_or(&empty);
    let frame = portal.frame(&layout::own_path("history.html"), portal.labels.text("pages.history"), "history");
    HistoryPage {
        frame: Frame { pictures: true, ..frame },
        picture: picture(past, portal.assessment.clock.as_of),
        past: past.trend.periods.iter().map(row).collect(),
        ahead: past.trend.forecast.iter().map(row).collect(),
        begins: past.trend.start.map(|begin| begin.day),
        shallow: past.trend.start.is_some_and(|begin| begin.is_shallow),
        unknown: past.trend_error.as_ref().map(|_| portal.labels.text("say.no_past").to_owned()),
    }
}

fn row(Period { day, outcome }: &Period) -> PeriodRow {
    let row = PeriodRow { on: *day, commit: None, figures: None, no_commit: false, unreadable: None };
    match outcome {
        PeriodOutcome::NoCommit => PeriodRow { no_commit: true, ..row },
        PeriodOutcome::Unreadable(commit, why) => PeriodRow {
            commit: Some(commit.as_str()[..COMMIT_DIGITS].to_owned()),
            unreadable: Some(why.clone()),
            ..row
        },
        PeriodOutcome::Figures(commit, figures) => {
            let commit = commit.as_ref().map(|commit| commit.as_str()[..COMMIT_DIGITS].to_owned());
            PeriodRow { commit, figures: Some(numbers(figures)), ..row }
        }
    }
}

fn numbers(figures: &TrendFigures) -> [u32; 10] {
    let TrendFigures {
        documents,
        covered,
        units,
        required_provided,
        required,
        stale,
        draft,
        missing,
        errors,
        overdue,
        ..
    } = *figures;
    [documents, covered, units, required_provided, required, stale, draft, missing, errors, overdue]
}

fn picture(past: &HandbookPast, as_of: Date) -> Option<HistoryPicture> {
    let (periods_so_far, forecast) = (&past.trend.periods, &past.trend.forecast);
    let first = periods_so_far.first().or(forecast.first())?.day.min(as_of);
    let last = forecast.last().or(periods_so_far.last())?.day;
    let days = first.days_until(last);
    if days < 1 {
        return None;
    }
    let scale = Scale { first, days };
    let all: Vec<&Period> = periods_so_far.iter().chain(forecast).collect();
    let step = all.len().div_ceil(MAX_TICKS).max(1);
    let ticks = all.iter().step_by(step).map(|period| (scale.x(period.day), period.day));
    // Omit a date that is too close to the previous one, for example at the end of an unfinished month.
    let mut free = f64::MIN;
    let ticks = ticks.filter(|(x, _)| {
        let fits = *x >= free && *x < RIGHT - 24.0;
        free = if fits { x + LABEL_WIDTH } else { free };
        fits
    });
    // The forecast starts where the past ends.
    let now = periods_so_far.last().filter(|period| matches!(period.outcome, PeriodOutcome::Figures(..)));
    let forecast: Vec<&Period> = now.into_iter().chain(forecast).collect();
    let periods_so_far: Vec<&Period> = periods_so_far.iter().collect();
    let units: fn(&TrendFigures) -> (u32, u32) = |figures| (figures.covered, figures.units);
    let items: fn(&TrendFigures) -> (u32, u32) = |figures| (figures.required_provided, figures.required);
    Some(HistoryPicture {
        units: [scale.line(&periods_so_far, units), scale.line(&forecast, units)],
        items: [scale.line(&periods_so_far, items), scale.line(&forecast, items)],
        today: scale.x(as_of),
        ticks: ticks.collect(),
    })
}

/// Converts days to horizontal and shares to vertical positions.
struct Scale {
    first: Date,
    days: i32,
}

impl Scale {
    fn x(&self, day: Date) -> f64 {
        round_to_tenths(LEFT + (RIGHT - LEFT) * f64::from(self.first.days_until(day)) / f64::from(self.days))
    }

    /// A line between points, interrupted where a period has no figures or nothing to count. A single point is drawn as
    /// a short dash.
    fn line(&self, periods: &[&Period], figure: fn(&TrendFigures) -> (u32, u32)) -> String {
        let mut line = String::new();
        let mut draws = false;
        for period in periods {
            let PeriodOutcome::Figures(_, figures) = &period.outcome else {
                draws = false;
                continue;
            };
            let (part, total) = figure(figures);
            if total == 0 {
                draws = false;
                continue;
            }
            let height = round_to_tenths(BOTTOM - (BOTTOM - TOP) * f64::from(part) / f64::from(total));
            let x = self.x(period.day);
            // Writing to a string cannot fail.
            let _ = if draws {
                write!(line, "L{x} {height}")
            } else {
                write!(line, "M{} {height}H{x}", round_to_tenths(x - 3.0))
            };
            draws = true;
        }
        line
    }
}

fn round_to_tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
