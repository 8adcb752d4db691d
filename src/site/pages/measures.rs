//! Indicators and objectives: measured values and targets.

use super::nonconformities::list_jobs;
use crate::assess::find_indicator;
use crate::handbook::EntryIndex;
use crate::register::{Decimal, Entry, Indicator, Kind, MeasuredValue, Objective, Target, format_figure};
use crate::site::entries::join_names;
use crate::site::job::Job;
use crate::site::model::{Grid, GridCell, GridRow, LineValue, ValueLine};
use crate::site::portal::Portal;

/// The maximum number of values in a chart.
const MAX_VALUES: usize = 12;
/// The width of the chart, in units of the view box.
const WIDTH: i64 = 120;
/// The height of the chart.
const HEIGHT: i64 = 32;
/// The margin of the chart.
const MARGIN: i64 = 5;

/// The list of indicators.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    list_jobs(portal, Kind::Indicators, "indicators", indicators)
}

/// The list of objectives.
pub(super) fn objective_jobs(portal: &Portal<'_>) -> Vec<Job> {
    list_jobs(portal, Kind::Objectives, "objectives", objectives)
}

fn indicators(portal: &Portal<'_>, label: &str, entries: &[EntryIndex]) -> Grid {
    let rows = entries.iter().filter_map(|index| {
        let entry = &portal.entry(*index).entry;
        let indicator = Indicator::from_entry(entry)?;
        let values = indicator.values(portal.assessment.clock.as_of);
        Some(row(portal, *index, entry, values, indicator.target(), GridCell::default()))
    });
    grid(portal, label, &["id", "indicator", "target", "value", "state", "owner"], rows.collect())
}

fn objectives(portal: &Portal<'_>, label: &str, entries: &[EntryIndex]) -> Grid {
    let rows = entries.iter().filter_map(|index| {
        let entry = &portal.entry(*index).entry;
        let objective = Objective::from_entry(entry)?;
        let indicator = find_indicator(portal.reading, objective);
        let values = objective.values(indicator, portal.assessment.clock.as_of);
        let target = objective.target(indicator);
        let mut row = row(portal, *index, entry, values, target, GridCell::day(objective.end_date()));
        if let Some(cell) = row.cells.get_mut(1) {
            cell.note = entry.record.text("serves").unwrap_or_default().to_owned();
        }
        Some(row)
    });
    grid(portal, label, &["id", "objective", "target", "value", "state", "owner", "ends"], rows.collect())
}

fn grid(portal: &Portal<'_>, label: &str, columns: &[&str], rows: Vec<GridRow>) -> Grid {
    Grid { label: label.to_owned(), columns: portal.column_headings(columns), rows, ..Grid::default() }
}

fn row(
    portal: &Portal<'_>,
    index: EntryIndex,
    entry: &Entry,
    values: Vec<MeasuredValue>,
    target: Option<Target>,
    last: GridCell,
) -> GridRow {
    let unit = target.as_ref().map(|target| target.unit.as_str()).unwrap_or_default();
    let newest = values.last().map(|(period, value)| format!("{} ({period})", format_figure(*value, unit)));
    let stated = entry.record.text("target").unwrap_or_default();
    let target_text = target.as_ref().map_or_else(|| stated.to_owned(), |target| portal.target(target));
    let mut cells = vec![
        portal.entry_cell(index),
        GridCell {
            remark: portal.details(index, &["target", "owner", "ends", "serves"]),
            ..GridCell::text(entry.title())
        },
        GridCell::text(target_text),
        GridCell { line: value_chart(portal, &values, target.as_ref()), ..GridCell::text(newest.unwrap_or_default()) },
        GridCell::mark(portal.entry_mark(index)),
        GridCell::text(join_names(entry.owners())),
    ];
    cells.extend(last.day.is_some().then_some(last));
    GridRow { id: portal.entry(index).anchor.clone(), cells }
}

/// The latest values as a line chart, with the limits of the target.
fn value_chart(portal: &Portal<'_>, values: &[MeasuredValue], target: Option<&Target>) -> Option<ValueLine> {
    let recent_values = &values[values.len().saturating_sub(MAX_VALUES)..];
    let target = target.filter(|_| recent_values.len() > 1 && portal.shows_figures())?;
    let (first, second) = target.chart_lines();
    let limits: Vec<i128> = std::iter::once(first).chain(second).map(Decimal::billionths).collect();
    let all = || recent_values.iter().map(|(_, value)| value.billionths()).chain(limits.iter().copied());
    let (min, max) = (all().min()?, all().max()?);
    let span = (max - min).max(1);
    let y = |value: i128| {
        let share = (max - value).saturating_mul(i128::from(HEIGHT - 2 * MARGIN)) / span;
        MARGIN + i64::try_from(share).unwrap_or(0)
    };
    let steps = i64::try_from(recent_values.len() - 1).unwrap_or(1).max(1);
    let dot = |(at, (_, value)): (i64, &MeasuredValue)| LineValue {
        x: MARGIN + at * (WIDTH - 2 * MARGIN) / steps,
        y: y(value.billionths()),
        met: target.is_met(*value),
    };
    let dots: Vec<LineValue> = (0..).zip(recent_values).map(dot).collect();
    let words = recent_values.iter().map(|(period, value)| {
        let key = if target.is_met(*value) { "registers.met" } else { "registers.missed" };
        format!("{period}: {}, {}", format_figure(*value, &target.unit), portal.labels.text(key))
    });
    Some(ValueLine {
        words: words.collect::<Vec<_>>().join("; "),
        points: dots.iter().map(|dot| format!("{},{}", dot.x, dot.y)).collect::<Vec<_>>().join(" "),
        targets: limits.into_iter().map(y).collect(),
        values: dots,
    })
}
