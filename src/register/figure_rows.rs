//! Tables of values that another program exports: each row is the value of an indicator in a period.

use std::collections::HashMap;

use super::decode::RegisterFile;
use super::entry::Entry;
use super::figures::{MeasuredDays, read_figures};
use super::key::Key;
use super::kinds::Kind;
use super::measure::{Decimal, NUMBER_HELP};
use super::measured_period::{Frequency, MeasuredPeriod, PERIOD_HELP};
use super::rows::report_broken_row;
use super::table::{Cell, Row};
use super::value::{Pairs, Value};
use crate::id::DocumentId;
use crate::place::{Located, Span};
use crate::text::clip;
use crate::yaml::Reader;

/// The names of the columns, in any order.
pub(super) const COLUMNS: [&str; 3] = ["id", "period", "value"];

/// The value of an indicator in a period.
#[derive(Clone, Debug)]
pub(crate) struct FigureRow {
    /// The span of the row.
    pub(crate) span: Span,
    /// The indicator.
    pub(crate) id: Located<DocumentId>,
    /// The period and its value; `None` if either cannot be read.
    figure: Option<(Located<String>, String)>,
}

/// Why a readable row is contradictory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FigureProblem {
    /// No indicator has this ID.
    Unknown,
    /// The period has another value as well.
    Duplicate,
    /// The indicator is measured in periods of this other length.
    OtherFrequency(Frequency),
    /// The period is outside the days on which the indicator is measured.
    Outside(MeasuredDays),
}

impl FigureRow {
    /// The period, if it can be read.
    pub(crate) fn period(&self) -> Option<MeasuredPeriod> {
        self.figure.as_ref()?.0.value.parse().ok()
    }
}

/// Whether a header is that of a table of values, with these columns and possibly others.
pub(super) fn is_header(kind: Kind, row: &Row) -> bool {
    let has_column = |name: &&str| row.cells.iter().any(|cell| cell.text == *name);
    kind == Kind::Indicators && row.problem.is_none() && COLUMNS.iter().all(has_column)
}

/// Whether a header has exactly these columns.
pub(super) fn is_exact_header(row: &Row) -> bool {
    is_header(Kind::Indicators, row) && row.cells.len() == COLUMNS.len()
}

/// The positions of the columns in a table of values.
struct FigureColumns {
    id: usize,
    period: usize,
    value: usize,
    /// The number of columns in the header.
    count: usize,
    /// Whether a column is duplicated, so that it is unclear which one counts.
    has_duplicate: bool,
}

impl RegisterFile {
    /// Reads the rows below a header. A broken row does not affect the others.
    pub(super) fn read_figures(&mut self, header: &Row, rows: &[Row], reader: &mut Reader<'_>) {
        let at = |name: &str| header.cells.iter().position(|cell| cell.text == name).unwrap_or_default();
        let [id, period, value] = COLUMNS.map(at);
        let others = || header.cells.iter().enumerate().filter(|(at, _)| ![id, period, value].contains(at));
        let is_doubled = others().any(|(_, cell)| COLUMNS.contains(&&*cell.text));
        if let Some((_, cell)) = others().next() {
            let help = "remove the other columns, or keep them in a table of their own".to_owned();
            let message = "a table of values has just these columns: `id`, `period`, `value`".to_owned();
            reader.report_with_help(cell_span(cell, header), message, Some(help));
        }
        let columns = FigureColumns { id, period, value, count: header.cells.len(), has_duplicate: is_doubled };
        self.figures.extend(rows.iter().filter_map(|row| figure(row, &columns, reader)));
    }
}

/// Reads the value in a row. Only the ID of a broken row counts, if it can be read.
fn figure(row: &Row, columns: &FigureColumns, reader: &mut Reader<'_>) -> Option<FigureRow> {
    let is_broken = report_broken_row(row, columns.count, reader) || columns.has_duplicate;
    let cell = row.cells.get(columns.id)?;
    let id = match cell.text.parse::<DocumentId>() {
        Ok(id) => Located { value: id, span: cell.span },
        Err(_) if is_broken => return None,
        Err(_) if cell.text.is_empty() => {
            reader.report_missing_key("id", row.span);
            return None;
        }
        Err(error) => {
            reader.report(cell_span(cell, row), error.to_string());
            return None;
        }
    };
    let cell = |at: usize| row.cells.get(at);
    let figure = if is_broken { None } else { read_cells(cell(columns.period)?, cell(columns.value)?, row, reader) };
    Some(FigureRow { span: row.span, id, figure })
}

fn read_cells(period: &Cell, value: &Cell, row: &Row, reader: &mut Reader<'_>) -> Option<(Located<String>, String)> {
    let is_period = period.text.parse::<MeasuredPeriod>().is_ok();
    if period.text.is_empty() {
        reader.report_missing_key("period", row.span);
    } else if !is_period {
        let message = format!("`{}` is not a period", clip(&period.text));
        reader.report_with_help(cell_span(period, row), message, Some(PERIOD_HELP.to_owned()));
    }
    let is_value = value.text.parse::<Decimal>().is_ok();
    if value.text.is_empty() {
        reader.report_missing_key("value", row.span);
    } else if !is_value {
        let message = format!("`{}` is not a number", clip(&value.text));
        reader.report_with_help(cell_span(value, row), message, Some(NUMBER_HELP.to_owned()));
    }
    (is_period && is_value).then(|| (Located { value: period.text.clone(), span: period.span }, value.text.clone()))
}

/// The span of a cell, or of its row if the cell is empty.
fn cell_span(cell: &Cell, row: &Row) -> Span {
    if cell.text.is_empty() { row.span } else { cell.span }
}

impl Entry {
    /// Adds the values in rows to an indicator; returns the contradiction, if any, for each row. If there is one, or a
    /// row cannot be read, the values are marked as unclear. Of a period with two values, neither counts.
    pub(crate) fn with_figures(&self, rows: &[&FigureRow]) -> (Entry, Vec<Option<FigureProblem>>) {
        let frequency = self.record.text("period").and_then(Frequency::from_name);
        let measured = MeasuredDays::from_record(&self.record);
        let mut pairs: Pairs = self.record.pairs("values").to_vec();
        let mut written: HashMap<String, usize> = HashMap::new();
        let of_rows = rows.iter().filter_map(|row| row.figure.as_ref()).map(|(period, _)| period);
        for period in pairs.iter().map(|(period, _)| period).chain(of_rows) {
            *written.entry(period.value.clone()).or_default() += 1;
        }
        let is_twice = |period: &Located<String>| written.get(&period.value).is_some_and(|count| *count > 1);
        let row_problem = |row: &FigureRow| {
            let other = frequency.filter(|frequency| row.period().is_some_and(|period| period.frequency != *frequency));
            let twice = row.figure.as_ref().filter(|(period, _)| is_twice(period)).map(|_| FigureProblem::Duplicate);
            let outside =
                row.period().filter(|period| !measured.contains(*period)).map(|_| FigureProblem::Outside(measured));
            other.map(FigureProblem::OtherFrequency).or(twice).or(outside)
        };
        let faults: Vec<Option<FigureProblem>> = rows.iter().map(|row| row_problem(row)).collect();
        let is_whole = rows.iter().zip(&faults).all(|(row, problem)| row.figure.is_some() && problem.is_none());
        pairs.retain(|(period, _)| !is_twice(period));
        let sound = rows.iter().zip(&faults).filter(|(_, problem)| problem.is_none());
        pairs.extend(sound.filter_map(|(row, _)| row.figure.as_ref()).map(|figure| self.pair(figure)));
        (self.with_values(pairs, is_whole), faults)
    }

    /// A value as if it were written in the entry itself.
    fn pair(&self, (period, value): &(Located<String>, String)) -> (Located<String>, Option<Located<String>>) {
        let span = self.id.span;
        (Located { value: period.value.clone(), span }, Some(Located { value: value.clone(), span }))
    }

    /// Replaces the values of periods.
    fn with_values(&self, mut pairs: Pairs, is_whole: bool) -> Entry {
        pairs.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
        let mut entry = self.clone();
        let span = self.record.get("values").map_or(self.id.span, |values| values.span);
        let rank = |key: &Key| self.kind.keys().position(|other| other.name == key.name);
        if let Some(key) = self.kind.keys().find(|key| key.name == "values") {
            entry.record.replace(key, Located { value: Value::Pairs(pairs), span }, rank);
        }
        entry.figures = read_figures(&entry.record);
        entry.record.mark_unclear((!is_whole).then_some("values"));
        entry
    }
}
