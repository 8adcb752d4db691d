//! Tables as a workbook: the only room that knows the library which writes them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::date::Date;

/// A cell holds at most so many characters.
const MAX_CHARACTERS: usize = 32_767;
/// A sheet has at most so many cells; a longer table continues on another sheet.
const MAX_CELLS: usize = 50_000;
/// How hard the library tries to make the file small, of 9. The register of a hundred documents is 46 kB instead of 31
/// with the usual 6, and takes little more than half of the time.
const COMPRESSION: u8 = 1;
/// A name that spreadsheets keep for themselves, in small letters.
const RESERVED_NAME: &str = "history";
/// The name of a sheet has at most so many characters, and none of these.
const SHEET_NAME: (usize, [char; 7]) = (31, ['[', ']', ':', '*', '?', '/', '\\']);

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    /// A text; never a formula, whatever it begins with.
    Text(Cow<'a, str>),
    /// A day.
    Day(Option<Date>),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Cell<'a> {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Cell<'a> {
    fn from(text: Cow<'a, str>) -> Cell<'a> {
        Cell::Text(text)
    }
}

impl From<Option<Date>> for Cell<'_> {
    fn from(day: Option<Date>) -> Self {
        Cell::Day(day)
    }
}

/// A table on a sheet of its own.
pub(super) struct Table<'a> {
    /// The sheet's name.
    pub(crate) name: String,
    /// Heads of the columns, each with a width in characters.
    pub(crate) columns: Vec<(String, u8)>,
    /// The rows, made one after the other.
    pub(crate) rows: Box<dyn Iterator<Item = Vec<Cell<'a>>> + 'a>,
}

/// How cells look.
struct Formats {
    head: Format,
    quoted: Format,
    day: Format,
}

/// The workbook with these tables, made on a day: the same tables on the same day are the same bytes.
///
/// # Errors
/// When the library refuses something that no cell, name or number here is.
///
/// Rows are made one after the other, and their cells are kept in a temporary file until the workbook is whole. Where there is
/// no folder for one, they stay in memory, and rows say which columns they have.
pub(super) fn workbook<'a>(
    title: &str,
    made: Date,
    tables: impl Iterator<Item = Table<'a>>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION);
    let properties = DocProperties::new().set_title(title);
    // The first day that workbooks know stands for earlier ones.
    let day = excel_day(made).map_or_else(|| ExcelDateTime::from_ymd(1900, 1, 1), Ok)?;
    workbook.set_properties(&properties.set_creation_datetime(&day));
    let formats = Formats {
        head: Format::new().set_bold().set_background_color(Color::RGB(0x00E3_E9E8)).set_text_wrap(),
        quoted: Format::new().set_quote_prefix(),
        day: Format::new().set_num_format("yyyy-mm-dd"),
    };
    let mut names = BTreeSet::from([RESERVED_NAME.to_owned()]);
    for mut table in tables {
        let most = (MAX_CELLS / table.columns.len().max(1)).max(1);
        let mut next = table.rows.next();
        for part in 1.. {
            // Without a folder for temporary files the cells stay in memory.
            let sheet = match workbook.add_worksheet_with_low_memory() {
                Ok(sheet) => sheet,
                Err(_) => workbook.add_worksheet(),
            };
            sheet.set_name(free_name(&mut names, sheet_name(&table.name, part)))?;
            let rows = next.into_iter().chain(table.rows.by_ref().take(most - 1));
            fill(sheet, (&table.columns, rows), &formats)?;
            next = table.rows.next();
            if next.is_none() {
                break;
            }
        }
    }
    workbook.save_to_buffer()
}

/// Heads of columns, each with a width.
type Columns = [(String, u8)];

fn fill<'a>(
    sheet: &mut Worksheet,
    (columns, rows): (&Columns, impl Iterator<Item = Vec<Cell<'a>>>),
    formats: &Formats,
) -> Result<(), XlsxError> {
    for (column, (head, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, f64::from(*width))?;
        sheet.write_string_with_format(0, column, clipped(head), &formats.head)?;
    }
    let mut last_row = 0;
    let mut of_days = BTreeSet::new();
    for (row, cells) in (1..).zip(rows) {
        last_row = row;
        for (column, cell) in (0..).zip(&cells) {
            // Looking up how a day looks for each cell would take most of the time that a day takes.
            if let Cell::Day(Some(_)) = cell
                && of_days.insert(column)
            {
                sheet.set_column_format(column, &formats.day)?;
            }
            write(sheet, (row, column), cell, formats)?;
        }
    }
    sheet.set_freeze_panes(1, 1)?.set_repeat_rows(0, 0)?.set_landscape();
    let last = u16::try_from(columns.len()).unwrap_or(1).saturating_sub(1);
    sheet.autofilter(0, 0, last_row, last)?;
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let early;
    let text = match cell {
        Cell::Text(text) => clipped(text),
        Cell::Day(None) => return Ok(()),
        Cell::Day(Some(day)) => match excel_day(*day) {
            Some(day) => return sheet.write_datetime(row, column, &day).map(drop),
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
        false if is_like_a_formula => sheet.write_string_with_format(row, column, text, &formats.quoted).map(drop),
        false => sheet.write_string(row, column, text).map(drop),
    }
}

/// A day as workbooks count them; nothing for one before 1900.
fn excel_day(date: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = date.parts();
    if year < 1900 {
        // The library takes the last day of 1899 for the day before the first.
        return None;
    }
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

/// The name of a sheet; of a table that goes on, with the number of the part.
fn sheet_name(name: &str, part: u32) -> String {
    let (most, not) = SHEET_NAME;
    let number = if part > 1 { format!(" {part}") } else { String::new() };
    let kept = name.chars().filter(|letter| !not.contains(letter) && !letter.is_control());
    let kept: String = kept.take(most - number.len()).collect();
    let kept = kept.trim_matches('\'');
    if kept.is_empty() { String::new() } else { format!("{kept}{number}") }
}

/// This name, or where it is empty or another sheet has it a number of its own; `names` are those taken, in small letters.
fn free_name(names: &mut BTreeSet<String>, name: String) -> String {
    let own = Some(name).filter(|name| !name.is_empty());
    let others = (names.len()..).map(|number| format!("Sheet{number}"));
    own.into_iter().chain(others).find(|name| names.insert(name.to_lowercase())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{DataType, Reader, Xlsx};

    use super::*;

    fn of(name: &str, text: &str) -> Result<Vec<u8>, XlsxError> {
        let table = || Table {
            name: name.to_owned(),
            columns: vec![("A".to_owned(), 10), ("B".to_owned(), 10)],
            rows: Box::new(
                [vec![text.into(), Some("2026-11-22".parse().expect("a date")).into()], vec![text.into()]].into_iter(),
            ),
        };
        workbook(text, "2026-11-22".parse().expect("a date"), [table(), table()].into_iter())
    }

    #[test]
    fn every_text_can_be_written_under_every_name() {
        for text in ["", "=1+1", "\u{0}\u{1f}\u{fffe}<&>\u{7}", &"ä😀".repeat(30_000), "http://x", "_x0041_"] {
            for name in ["Sheet", "", "'", "[:]", "A name that is longer than any sheet may have 😀😀😀", "History"]
            {
                assert!(of(name, text).is_ok_and(|bytes| bytes.starts_with(b"PK")), "{name}: {:.20}", text);
            }
        }
        let early = workbook("", "0001-01-01".parse().expect("a date"), std::iter::empty());
        assert!(early.is_ok());
    }

    #[test]
    fn another_program_reads_what_was_written() {
        let texts = ["a", " b\n", "=1+1", "<&>\"'", "_x0041_", "ä😀", "_x41_", "a"];
        let days = ["1899-12-31", "1900-01-01", "1900-02-28", "1900-03-01", "2026-11-22"].map(|day| day.parse().ok());
        let rows = texts.into_iter().zip(days.into_iter().chain([None; 3]));
        let table = Table {
            name: "It's \"one\" <&>".to_owned(),
            columns: vec![("Text".to_owned(), 10), ("Day".to_owned(), 10)],
            rows: Box::new(rows.map(|(text, day)| vec![text.into(), Cell::Day(day)])),
        };
        let made = "2026-11-22".parse().expect("a date");
        let bytes = workbook("Title", made, std::iter::once(table)).expect("a workbook");
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
        assert_eq!(book.sheet_names(), ["It's \"one\" <&>"]);
        let sheet = book.worksheet_range_at(0).expect("a sheet").expect("cells");
        let column = |at: usize| sheet.rows().skip(1).map(move |row| row[at].clone());
        let read: Vec<String> = column(0).map(|cell| cell.to_string()).collect();
        assert_eq!(read, texts);
        let read: Vec<Option<f64>> = column(1).map(|cell| cell.get_datetime().map(|day| day.as_f64())).collect();
        assert_eq!(read, [None, Some(1.0), Some(59.0), Some(61.0), Some(46_348.0), None, None, None]);
        assert_eq!(sheet.get_value((1, 1)).map(ToString::to_string).as_deref(), Some("1899-12-31"));
    }

    #[test]
    fn names_of_sheets_differ_in_more_than_letter_case() {
        let table = |name: &str| Table {
            name: name.to_owned(),
            columns: vec![("A".to_owned(), 10)],
            rows: Box::new(std::iter::empty()),
        };
        let tables = ["Sheet2", "sheet2", "History", ""].map(table);
        let bytes = workbook("Title", "2026-11-22".parse().expect("a date"), tables.into_iter()).expect("a workbook");
        let book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
        assert_eq!(book.sheet_names(), ["Sheet2", "Sheet3", "Sheet4", "Sheet5"]);
    }
}
