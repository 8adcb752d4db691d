//! Past and forecast coverage: for a terminal, as CSV and as JSON.

use std::fmt::Write;

use anstyle::Style;
use serde::Serialize;

use super::without_controls;
use crate::chronicle::{HistoryStart, Period, PeriodOutcome, Trend, TrendFigures};
use crate::date::Date;

const HEADING: Style = Style::new().bold();
/// The number of digits shown of a commit's name.
const COMMIT_DIGITS: usize = 12;

type Column = (&'static str, usize, fn(&TrendFigures) -> String);

/// The columns of figures: name, width in a terminal, and content.
const COLUMNS: [Column; 10] = [
    ("documents", 9, |figures| figures.documents.to_string()),
    ("covered", 10, |figures| format!("{} of {}", figures.covered, figures.units)),
    ("partial", 7, |figures| figures.partial.to_string()),
    ("stale", 5, |figures| figures.stale.to_string()),
    ("draft", 5, |figures| figures.draft.to_string()),
    ("missing", 7, |figures| figures.missing.to_string()),
    ("required", 10, |figures| match figures.required {
        0 => "-".to_owned(),
        required => format!("{} of {required}", figures.required_provided),
    }),
    ("errors", 6, |figures| figures.errors.to_string()),
    ("warnings", 8, |figures| figures.warnings.to_string()),
    ("overdue", 7, |figures| figures.overdue.to_string()),
];

/// Renders a table for a terminal, with a row for each period.
pub(crate) fn text(trend: &Trend, standard: &str) -> String {
    let mut out = format!("{HEADING}{}{HEADING:#}\n", without_controls(standard));
    let names: String = COLUMNS.iter().map(|(name, width, _)| format!("  {name:>width$}")).collect();
    let _ = writeln!(out, "day         revision    {names}");
    trend.periods.iter().for_each(|period| write_row(&mut out, period));
    if !trend.forecast.is_empty() {
        let _ = writeln!(out, "{HEADING}If nothing is done{HEADING:#}");
        trend.forecast.iter().for_each(|period| write_row(&mut out, period));
    }
    if let Some(begin) = trend.start {
        let _ = writeln!(out, "\n{}", beginning(begin));
    }
    out
}

/// Describes where the recorded history begins.
pub(crate) fn beginning(begin: HistoryStart) -> String {
    match begin.is_shallow {
        true => {
            format!("The clone is shallow and begins on {}: fetch the whole history for the time before.", begin.day)
        }
        false => format!("The history of this folder begins on {}.", begin.day),
    }
}

fn write_row(out: &mut String, Period { day, outcome }: &Period) {
    let line = match outcome {
        PeriodOutcome::Figures(commit, figures) => {
            let commit = commit.as_ref().map_or("", |commit| &commit.as_str()[..COMMIT_DIGITS]);
            let cells: String = COLUMNS.iter().map(|(_, width, cell)| format!("  {:>width$}", cell(figures))).collect();
            format!("{commit:<12}{cells}")
        }
        PeriodOutcome::NoCommit => NO_COMMIT.to_owned(),
        PeriodOutcome::Unreadable(commit, why) => {
            format!("{}  not readable: {}", &commit.as_str()[..COMMIT_DIGITS], without_controls(why))
        }
    };
    let _ = writeln!(out, "{day}  {line}");
}

const NO_COMMIT: &str = "no commit";

/// Renders CSV: the figures as plain numbers, and in the last column the reason if there are none.
pub(crate) fn csv(trend: &Trend) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let head = ["day", "kind", "revision", "documents", "units", "covered", "partial", "stale", "draft", "missing"];
    let rest = ["required", "required_provided", "errors", "warnings", "overdue", "note"];
    // Writing to memory cannot fail.
    let _ = writer.write_record(head.iter().chain(&rest));
    for (kind, period) in
        trend.periods.iter().map(|one| ("past", one)).chain(trend.forecast.iter().map(|one| ("forecast", one)))
    {
        let (commit, figures, note) = match &period.outcome {
            PeriodOutcome::Figures(commit, figures) => (commit.as_ref(), Some(figures), String::new()),
            PeriodOutcome::NoCommit => (None, None, NO_COMMIT.to_owned()),
            PeriodOutcome::Unreadable(commit, why) => {
                (Some(commit), None, format!("not readable: {}", without_controls(why)))
            }
        };
        let numbers = figures.map_or_else(|| vec![String::new(); 12], numbers);
        let first = [period.day.to_string(), kind.to_owned(), commit.map_or_else(String::new, ToString::to_string)];
        let _ = writer.write_record(first.into_iter().chain(numbers).chain([note]));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn numbers(figures: &TrendFigures) -> Vec<String> {
    let TrendFigures { documents, units, covered, partial, stale, draft, missing, required, .. } = *figures;
    let first = [documents, units, covered, partial, stale, draft, missing, required];
    let rest = [figures.required_provided, figures.errors, figures.warnings, figures.overdue];
    first.into_iter().chain(rest).map(|number| number.to_string()).collect()
}

#[derive(Serialize)]
struct TrendReport<'a> {
    schema: &'static str,
    begins: Option<Date>,
    shallow: bool,
    periods: Vec<TrendEntry<'a>>,
    forecast: Vec<TrendEntry<'a>>,
}

#[derive(Serialize)]
struct TrendEntry<'a> {
    day: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<&'a TrendFigures>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

/// Renders JSON.
pub(crate) fn json(trend: &Trend) -> String {
    let document = TrendReport {
        schema: "clausebook/trend/1",
        begins: trend.start.map(|begin| begin.day),
        shallow: trend.start.is_some_and(|begin| begin.is_shallow),
        periods: trend.periods.iter().map(entry).collect(),
        forecast: trend.forecast.iter().map(entry).collect(),
    };
    super::stream::json_text(&document)
}

fn entry(Period { day, outcome }: &Period) -> TrendEntry<'_> {
    let (revision, figures, note) = match outcome {
        PeriodOutcome::Figures(commit, figures) => (commit.as_ref(), Some(figures), None),
        PeriodOutcome::NoCommit => (None, None, Some(NO_COMMIT)),
        PeriodOutcome::Unreadable(commit, why) => (Some(commit), None, Some(why.as_str())),
    };
    TrendEntry { day: *day, revision: revision.map(|commit| commit.as_str()), figures, note }
}
