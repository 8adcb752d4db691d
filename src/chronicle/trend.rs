//! Figures of the handbook at the end of each period: past ones from its commits, future ones from its current files.

use super::periods::PeriodLength;
use super::reader::PastReader;
use crate::assess::{Assessed, Assessment, Clock, State, Verdict, assess};
use crate::date::Date;
use crate::finding::Severity;
use crate::git::ObjectName;
use crate::handbook::Reading;
use crate::history::{CommitDate, CommitDates, CommitLine};
use crate::judge::judge;

/// The development of a handbook over time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trend {
    /// The periods, oldest first.
    pub(crate) periods: Vec<Period>,
    /// The start of the recorded history, or `None` if the repository has no commit of the handbook.
    pub(crate) start: Option<HistoryStart>,
    /// Periods after the day of the assessment, if nothing is done.
    pub(crate) forecast: Vec<Period>,
}

/// The start of the recorded history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HistoryStart {
    /// The day of the first known commit.
    pub(crate) day: Date,
    /// Whether this clone lacks older commits.
    pub(crate) is_shallow: bool,
}

/// A period with the outcome on its last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// The last day, or the day of the assessment if the period is not over.
    pub(crate) day: Date,
    /// The outcome on that day.
    pub(crate) outcome: PeriodOutcome,
}

/// The outcome for a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PeriodOutcome {
    /// The figures with their commit, or `None` for files that are not committed.
    Figures(Option<ObjectName>, TrendFigures),
    /// There was no commit in the period.
    NoCommit,
    /// The handbook of the commit cannot be read, with the reason.
    Unreadable(ObjectName, String),
}

/// Figures of the main standard and of the handbook on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub(crate) struct TrendFigures {
    /// Documents under document control.
    pub(crate) documents: u32,
    /// Coverage units.
    pub(crate) units: u32,
    /// Units that are covered.
    pub(crate) covered: u32,
    /// Units that are covered in part.
    pub(crate) partial: u32,
    /// Units that only overdue or changed documents address.
    pub(crate) stale: u32,
    /// Units that only drafts address.
    pub(crate) draft: u32,
    /// Units that nothing addresses.
    pub(crate) missing: u32,
    /// Required items that are provided.
    pub(crate) required_provided: u32,
    /// Required items that are needed.
    pub(crate) required: u32,
    /// Findings that are errors.
    pub(crate) errors: u32,
    /// Findings that are warnings.
    pub(crate) warnings: u32,
    /// Documents whose review is overdue.
    pub(crate) overdue: u32,
}

impl TrendFigures {
    /// Counts the figures.
    pub(crate) fn count(reading: &Reading, assessment: &Assessment) -> TrendFigures {
        let units = reading.standards.main().into_iter().flat_map(|main| reading.standards.clauses(main));
        let verdicts: Vec<Verdict> = units
            .filter(|key| reading.standards.is_unit(*key))
            .filter_map(|key| assessment.clause(key).verdict)
            .collect();
        let with = |verdict: Verdict| to_u32(verdicts.iter().filter(|other| **other == verdict).count());
        let controlled = reading.handbook.controlled().map(|(index, _)| assessment.state(index));
        let figures = assessment.figures;
        TrendFigures {
            documents: figures.documents,
            units: figures.units,
            covered: figures.units_covered,
            partial: with(Verdict::Partial),
            stale: with(Verdict::Stale),
            draft: with(Verdict::Draft),
            missing: with(Verdict::Missing),
            required_provided: figures.required_items_provided,
            required: figures.required_items,
            errors: to_u32(assessment.count(Severity::Error)),
            warnings: to_u32(assessment.count(Severity::Warning)),
            overdue: to_u32(controlled.filter(|state| *state == State::Overdue).count()),
        }
    }

    /// Judges the handbook for a day, and counts the figures.
    fn assess_on(reading: &Reading, day: Date) -> TrendFigures {
        let clock = Clock { as_of: day, warning_days: reading.settings.warning_days };
        TrendFigures::count(reading, &judge(reading, assess(reading, clock), Vec::new()))
    }
}

fn to_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The range of periods to report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TrendSpan {
    /// A day in the first period; if `None`, the day of the first commit.
    pub(crate) since: Option<Date>,
    /// The last day.
    pub(crate) until: Date,
    /// The length of the periods.
    pub(crate) every: PeriodLength,
}

/// Reads the handbook at the end of each period. Periods that ended before the first known commit are left out.
///
/// # Errors
/// If git fails. The error is a sentence fragment.
pub(crate) fn read_trend(line: CommitLine<'_>, reader: &mut PastReader, span: TrendSpan) -> Result<Trend, String> {
    let CommitDates { commits, is_shallow } = CommitDates::read(line)?;
    let Some(day) = commits.iter().map(|then| then.day).min() else { return Ok(Trend::default()) };
    let first = span.since.map_or(day, |since| since.max(day));
    let mut periods = Vec::new();
    // The first period counts from its beginning, even if the first day is later.
    let mut before: Option<Date> = None;
    for end in span.every.ends(first, span.until) {
        let is_within = |then: &&CommitDate| then.day <= end && before.is_none_or(|before| then.day > before);
        let is_in_period = |then: &&CommitDate| {
            is_within(then) && (before.is_some() || span.every.end(then.day) == span.every.end(end))
        };
        let outcome = match (commits.iter().find(is_in_period), commits.iter().find(|then| then.day <= end)) {
            (Some(_), Some(then)) => outcome(reader, then, end),
            _ => PeriodOutcome::NoCommit,
        };
        periods.push(Period { day: end, outcome });
        before = Some(end);
    }
    Ok(Trend { periods, start: Some(HistoryStart { day, is_shallow }), forecast: Vec::new() })
}

fn outcome(reader: &mut PastReader, then: &CommitDate, day: Date) -> PeriodOutcome {
    match reader.read(&then.commit) {
        Ok(reading) => PeriodOutcome::Figures(Some(then.commit.clone()), TrendFigures::assess_on(reading, day)),
        Err(error) => PeriodOutcome::Unreadable(then.commit.clone(), error.reason()),
    }
}

/// The figures of the same files at the end of each later period, if they do not change.
pub(crate) fn forecast(
    Assessed { reading, assessment }: Assessed<'_>,
    until: Date,
    every: PeriodLength,
) -> Vec<Period> {
    let after = assessment.clock.as_of.plus_days(1);
    let period = |day| Period { day, outcome: PeriodOutcome::Figures(None, TrendFigures::assess_on(reading, day)) };
    every.ends(after, until).map(period).collect()
}
