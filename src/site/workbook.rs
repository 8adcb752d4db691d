//! Tables as a workbook: the only room that knows the library which writes them.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::date::Date;

/// A cell holds at most so many characters.
const MAX_CHARACTERS: usize = 32_767;
/// A sheet has at most so many rows, the first of which is the head.
const MAX_ROWS: usize = 1_048_575;
/// How hard the library tries to make the file small, of 9. The register of a hundred documents is 46 kB instead of 31
/// with the usual 6, and takes little more than half of the time.
const COMPRESSION: u8 = 1;
/// The name of a sheet has at most so many characters, and none of these.
const SHEET_NAME: (usize, [char; 7]) = (31, ['[', ']', ':', '*', '?', '/', '\\']);

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// A text; never a formula, whatever it begins with.
    Text(String),
    /// A day.
    Day(Option<Date>),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<Option<Date>> for Cell {
    fn from(day: Option<Date>) -> Cell {
        Cell::Day(day)
    }
}

/// A table on a sheet of its own.
pub(super) struct Table {
    /// The sheet's name.
    pub(crate) name: String,
    /// Heads of the columns, each with a width in characters.
    pub(crate) columns: Vec<(String, u8)>,
    /// The rows.
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// How cells look.
struct Looks {
    head: Format,
    quoted: Format,
    day: Format,
}

/// The workbook with these tables, made on a day: the same tables on the same day are the same bytes.
///
/// # Errors
/// When the library refuses something that no cell, name or number here is.
pub(super) fn workbook(title: &str, made: Date, tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION);
    let properties = DocProperties::new().set_title(title);
    // The first day that workbooks know stands for earlier ones.
    let day = excel_day(made).map_or_else(|| ExcelDateTime::from_ymd(1900, 1, 1), Ok)?;
    workbook.set_properties(&properties.set_creation_datetime(&day));
    let looks = Looks {
        head: Format::new().set_bold().set_background_color(Color::RGB(0x00E3_E9E8)).set_text_wrap(),
        quoted: Format::new().set_quote_prefix(),
        day: Format::new().set_num_format("yyyy-mm-dd"),
    };
    let mut names = BTreeSet::new();
    for table in tables {
        let sheet = workbook.add_worksheet();
        let name = sheet_name(&table.name);
        if !name.is_empty() && names.insert(name.to_lowercase()) {
            sheet.set_name(name)?;
        }
        fill(sheet, table, &looks)?;
    }
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, table: &Table, looks: &Looks) -> Result<(), XlsxError> {
    let rows = &table.rows[..table.rows.len().min(MAX_ROWS)];
    for (column, (head, width)) in (0..).zip(&table.columns) {
        sheet.set_column_width(column, f64::from(*width))?;
        sheet.write_string_with_format(0, column, clipped(head), &looks.head)?;
    }
    for (row, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            write(sheet, (row, column), cell, looks)?;
        }
    }
    sheet.set_freeze_panes(1, 1)?.set_repeat_rows(0, 0)?.set_landscape();
    let last = u16::try_from(table.columns.len()).unwrap_or(1).saturating_sub(1);
    sheet.autofilter(0, 0, u32::try_from(rows.len()).unwrap_or(1), last)?;
    Ok(())
}

fn write(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, looks: &Looks) -> Result<(), XlsxError> {
    let early;
    let text = match cell {
        Cell::Text(text) => clipped(text),
        Cell::Day(None) => return Ok(()),
        Cell::Day(Some(day)) => match excel_day(*day) {
            Some(day) => return sheet.write_datetime_with_format(row, column, &day, &looks.day).map(drop),
            None => {
                early = day.to_string();
                &early
            }
        },
    };
    // It is a text as it stands, and stays one when somebody edits it.
    let is_like_a_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    match text.is_empty() {
        true => Ok(()),
        false if is_like_a_formula => sheet.write_string_with_format(row, column, text, &looks.quoted).map(drop),
        false => sheet.write_string(row, column, text).map(drop),
    }
}

/// A day as workbooks count them; nothing for one before 1900.
fn excel_day(date: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = date.parts();
    ExcelDateTime::from_ymd(u16::try_from(year).ok()?, month.unsigned_abs(), day.unsigned_abs()).ok()
}

/// As much of a text as a cell holds.
fn clipped(text: &str) -> &str {
    // Workbooks count as UTF-16 does, which never takes more units than UTF-8 takes bytes.
    if text.len() <= MAX_CHARACTERS {
        return text;
    }
    let mut units = 0;
    let beyond = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > MAX_CHARACTERS
    });
    beyond.map_or(text, |(at, _)| &text[..at])
}

fn sheet_name(name: &str) -> String {
    let (most, not) = SHEET_NAME;
    let kept = name.chars().filter(|letter| !not.contains(letter) && !letter.is_control());
    kept.take(most).collect::<String>().trim_matches('\'').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, text: &str) -> Result<Vec<u8>, XlsxError> {
        let table = || Table {
            name: name.to_owned(),
            columns: vec![("A".to_owned(), 10), ("B".to_owned(), 10)],
            rows: vec![vec![text.into(), Some("2026-11-22".parse().expect("a date")).into()], vec![text.into()]],
        };
        workbook(text, "2026-11-22".parse().expect("a date"), &[table(), table()])
    }

    #[test]
    fn every_text_can_be_written_under_every_name() {
        for text in ["", "=1+1", "\u{0}\u{1f}\u{fffe}<&>\u{7}", &"ä😀".repeat(30_000), "http://x", "_x0041_"] {
            for name in ["Sheet", "", "'", "[:]", "A name that is longer than any sheet may have 😀😀😀", "History"]
            {
                assert!(of(name, text).is_ok_and(|bytes| bytes.starts_with(b"PK")), "{name}: {:.20}", text);
            }
        }
        let early = workbook("", "0001-01-01".parse().expect("a date"), &[]);
        assert!(early.is_ok());
    }
}
