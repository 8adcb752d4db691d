//! Spreadsheets as rows of strings.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Hyperlink, Range, Reader, Xlsx};

use super::archive::{Archive, ArchiveError};
use super::comments;
use crate::place::SourceText;
use crate::register::{Row, Separators, parse_rows};

/// Why a spreadsheet cannot be read; each variant is shown as a sentence fragment.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SheetError {
    /// Its archive cannot be opened.
    #[error("{0}")]
    Archive(String),
    /// It is not a workbook, or it is damaged.
    #[error("it is not an Excel workbook, or it is damaged ({0})")]
    Damaged(String),
    /// It has no sheet of this name.
    #[error("there is no sheet `{0}`; it has {1}")]
    NoSheet(String, String),
    /// It is not in UTF-8; the line is given.
    #[error("line {0} is not in UTF-8; save it as \"CSV UTF-8\"")]
    NotUtf8(usize),
    /// Rows whose quotation marks are not in order, each with its line.
    #[error("{0}; put quotation marks around the whole cell, and double each one within it")]
    Rows(String),
}

impl From<ArchiveError> for SheetError {
    fn from(error: ArchiveError) -> SheetError {
        SheetError::Archive(error.to_string())
    }
}

/// A table of strings.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// The rows of cells.
    pub(crate) rows: Vec<Vec<String>>,
    /// The links of cells, by row and column.
    pub(crate) links: BTreeMap<(usize, usize), String>,
    /// The index of its first column, from 0.
    pub(super) first_column: u32,
    /// Content of the file that is not imported, one phrase each.
    pub(crate) omitted: Vec<String>,
}

/// Reads a sheet of a workbook, by default the first one. Dates become year-month-day, times hour:minute. Fails if the
/// file cannot be read, has no such sheet, or is too large.
pub(crate) fn workbook(bytes: Vec<u8>, sheet: Option<&str>) -> Result<Sheet, SheetError> {
    let mut archive = Archive::open(bytes.clone())?;
    let damaged = |error: calamine::XlsxError| SheetError::Damaged(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    let name = match sheet {
        Some(sheet) => names.iter().find(|name| name.as_str() == sheet),
        None => names.first(),
    };
    let missing = || SheetError::NoSheet(sheet.unwrap_or_default().to_owned(), names.join(", "));
    let name = name.cloned().ok_or_else(missing)?;
    let range = book.worksheet_range(&name).map_err(damaged)?;
    let links = book.hyperlinks_by_sheet_name(&name).unwrap_or_default();
    let formulas = book.worksheet_formula(&name).unwrap_or_default();
    let others: Vec<&str> = names.iter().filter(|other| **other != name).map(String::as_str).collect();
    let left = [
        phrase("comments on cells", &comments::cells(&mut archive, &name)),
        phrase("formulas whose result is not saved in the file", &formulas_without_value(&formulas, &range)),
        phrase("other sheets", &others),
    ];
    Ok(Sheet {
        rows: range.rows().map(|row| row.iter().map(cell).collect()).collect(),
        links: cell_links(links, range.start().unwrap_or_default()),
        first_column: range.start().unwrap_or_default().1,
        omitted: left.into_iter().flatten().collect(),
    })
}

/// A phrase about content that is not in any row.
fn phrase<T: AsRef<str>>(what: &str, names: &[T]) -> Option<String> {
    let all: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    (!all.is_empty()).then(|| format!("{what}: {}", all.join(", ")))
}

/// The targets of external links, by row and column relative to the first used cell.
fn cell_links(links: Vec<Hyperlink>, (top, left): (u32, u32)) -> BTreeMap<(usize, usize), String> {
    let place = |link: Hyperlink| {
        let (row, column) = link.range.start;
        let anchor = link.location.map_or_else(String::new, |location| format!("#{location}"));
        let at = (row.checked_sub(top)? as usize, column.checked_sub(left)? as usize);
        Some((at, link.target? + &anchor))
    };
    links.into_iter().filter_map(place).collect()
}

/// The cells that have a formula but no stored result.
fn formulas_without_value(formulas: &Range<String>, values: &Range<Data>) -> Vec<String> {
    let (top, left) = formulas.start().unwrap_or_default();
    let cells = formulas.used_cells().filter(|(.., formula)| !formula.is_empty());
    let places = cells.map(|(row, column, _)| (top + row as u32, left + column as u32));
    let is_empty = |place: &(u32, u32)| matches!(values.get_value(*place), None | Some(Data::Empty));
    places.filter(is_empty).map(|(row, column)| format!("{}{}", letters(column), row + 1)).collect()
}

/// The name of a column by its number from 0: A to Z, then AA.
pub(super) fn letters(column: u32) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 { last.to_string() } else { format!("{}{last}", letters(column / 26 - 1)) }
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::DateTime(moment) if moment.as_f64() >= 0.0 => format_moment(moment),
        other => other.to_string().trim().to_owned(),
    }
}

/// Formats a day as year-month-day, with its time unless that is midnight, or only a time or duration if there is no
/// day.
fn format_moment(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
    let is_time = moment.is_duration() || moment.as_f64() < 1.0;
    if is_time {
        // The last half millisecond of a day rounds up to the next day.
        let days = (moment.as_f64() + 0.5 / 86_400_000.0).floor() as u64;
        return format!("{:02}:{minute:02}{seconds}", days.saturating_mul(24).saturating_add(u64::from(hour)));
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}{seconds}") }
}

/// Reads the rows of a CSV file. The separator is detected from the first line.
///
/// # Errors
/// If the file is not UTF-8, or the quotation marks of a row are not in order: all such rows are named.
pub(crate) fn csv(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        SheetError::NotUtf8(line)
    })?;
    let text = SourceText::new("", text);
    let rows = parse_rows(text.as_str(), separators(text.as_str()));
    let problems: Vec<String> = rows
        .iter()
        .filter_map(|row| row.problem)
        .map(|(span, problem)| format!("line {}: {problem}", text.line_number(span)))
        .collect();
    if !problems.is_empty() {
        return Err(SheetError::Rows(problems.join("; ")));
    }
    let cells = |row: Row| row.cells.into_iter().map(|cell| cell.text).collect();
    Ok(Sheet { rows: rows.into_iter().map(cells).collect(), ..Sheet::default() })
}

/// The sign that the first line contains most often, and how often lines without quotation marks contain it at most.
fn separators(text: &str) -> Separators {
    let count = |line: &str, sign: u8| line.bytes().filter(|byte| *byte == sign).count();
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let sign = [b',', b';', b'\t'].into_iter().rev().max_by_key(|sign| count(first, *sign)).unwrap_or(b',');
    let counts = text.lines().filter(|line| !line.contains('"')).map(|line| count(line, sign));
    // A line of a longer cell easily contains one comma.
    Separators { sign, count: counts.max().filter(|count| *count > 1).unwrap_or(usize::MAX) }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn times_are_preserved() {
        let day = |serial: f64| format_moment(&ExcelDateTime::new(serial, DateTime, false));
        assert_eq!(day(46_115.0), "2026-04-03");
        assert_eq!(day(46_115.0 + 23.75 / 24.0), "2026-04-03 23:45");
        assert_eq!(day(46_115.0 + 30_615.0 / 86_400.0), "2026-04-03 08:30:15");
        assert_eq!(day(10.5 / 24.0), "10:30");
        assert_eq!(day(0.0), "00:00");
        let duration = |hours: f64| format_moment(&ExcelDateTime::new(hours / 24.0, TimeDelta, false));
        assert_eq!(
            (duration(26.5), duration(24.0), duration(0.25)),
            ("26:30".to_owned(), "24:00".to_owned(), "00:15".to_owned())
        );
    }
}
