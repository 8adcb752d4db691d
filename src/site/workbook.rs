//! Tables as a workbook: the only module that depends on the spreadsheet library.

use std::borrow::Cow;
use std::cell::Cell as Flag;
use std::collections::BTreeSet;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::date::Date;
use crate::text::without_isolates;

/// The maximum number of characters in a cell.
const MAX_CELL_CHARS: usize = 32_767;
/// The maximum number of cells in a sheet; longer tables continue on another sheet.
const MAX_CELLS: usize = 50_000;
/// The compression level, of 9. With it, the register of a hundred documents is 46 kB instead of 31 kB at the default
/// level of 6, but takes little more than half the time.
const COMPRESSION: u8 = 1;
/// A sheet name that spreadsheet programs reserve, in lower case.
const RESERVED_NAME: &str = "history";
/// The maximum length of a sheet name, and the characters that it must not contain.
const SHEET_NAME: (usize, [char; 7]) = (31, ['[', ']', ':', '*', '?', '/', '\\']);

/// The value of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    /// Text; never a formula, whatever its first character.
    Text(Cow<'a, str>),
    /// A date.
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

/// A table with its own sheet.
pub(super) struct Table<'a> {
    /// The name of the sheet.
    pub(crate) name: String,
    /// The heading of each column, and its width in characters.
    pub(crate) columns: Vec<(String, u8)>,
    /// The rows, created one at a time.
    pub(crate) rows: Box<dyn Iterator<Item = Vec<Cell<'a>>> + 'a>,
}

/// The formats of cells.
struct Formats {
    head: Format,
    quoted: Format,
    day: Format,
}

/// Where the cells are kept until the workbook is complete.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Storage {
    /// In temporary files, each row as soon as it is complete.
    Files,
    /// In memory: for half a million cells, 220 MiB instead of 59.
    Memory,
}

/// A workbook of the tables that `tables` returns, dated `created`. The same tables and date give the same bytes,
/// wherever temporary files can be written.
///
/// Rows are written one at a time. If their temporary files cannot be written, `tables` is called again, and the cells
/// stay in memory.
///
/// # Errors
/// If the library rejects a cell, name or number, which should not happen with the values passed here.
pub(super) fn workbook<'a, T: IntoIterator<Item = Table<'a>>>(
    title: &str,
    created: Date,
    tables: impl Fn() -> T,
) -> Result<Vec<u8>, XlsxError> {
    let in_files = catch_panic(|| write_workbook(title, created, tables(), Storage::Files));
    match in_files {
        Some(Ok(workbook)) => Ok(workbook),
        _ => write_workbook(title, created, tables(), Storage::Memory),
    }
}

/// The result of `write`, or `None` if it panics, as the library does where a temporary file cannot be written: on a
/// full disk, for instance. Nothing is printed then.
fn catch_panic<T>(write: impl FnOnce() -> T) -> Option<T> {
    thread_local! {
        static IS_SILENT: Flag<bool> = const { Flag::new(false) };
    }
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_SILENT.get() {
                print(panic);
            }
        }));
    });
    IS_SILENT.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(write));
    IS_SILENT.set(false);
    result.ok()
}

fn write_workbook<'a>(
    title: &str,
    created: Date,
    tables: impl IntoIterator<Item = Table<'a>>,
    storage: Storage,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION);
    let properties = DocProperties::new().set_title(title);
    // Earlier dates are replaced by the first date that workbooks support.
    let day = to_excel_date(created).map_or_else(|| ExcelDateTime::from_ymd(1900, 1, 1), Ok)?;
    workbook.set_properties(&properties.set_creation_datetime(&day));
    let formats = Formats {
        head: Format::new().set_bold().set_background_color(Color::RGB(0x00E3_E9E8)).set_text_wrap(),
        quoted: Format::new().set_quote_prefix(),
        day: Format::new().set_num_format("yyyy-mm-dd"),
    };
    let mut names = BTreeSet::from([RESERVED_NAME.to_owned()]);
    for mut table in tables {
        let max_rows = (MAX_CELLS / table.columns.len().max(1)).max(1);
        let mut next = table.rows.next();
        for part in 1.. {
            let sheet = match storage {
                Storage::Files => workbook.add_worksheet_with_low_memory()?,
                Storage::Memory => workbook.add_worksheet(),
            };
            sheet.set_name(unique_name(&mut names, sheet_name(&table.name, part)))?;
            let rows = next.into_iter().chain(table.rows.by_ref().take(max_rows - 1));
            fill(sheet, &table.columns, rows, &formats)?;
            next = table.rows.next();
            if next.is_none() {
                break;
            }
        }
    }
    workbook.save_to_buffer()
}

/// The heading and width of each column.
type Columns = [(String, u8)];

fn fill<'a>(
    sheet: &mut Worksheet,
    columns: &Columns,
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    for (column, (head, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, f64::from(*width))?;
        sheet.write_string_with_format(0, column, truncate_cell(&without_isolates(head.into())), &formats.head)?;
    }
    let mut last_row = 0;
    let mut of_days = BTreeSet::new();
    for (row, cells) in (1..).zip(rows) {
        last_row = row;
        for (column, cell) in (0..).zip(cells) {
            // Looking up the format of each cell would take most of the time needed to write a date.
            if let Cell::Day(Some(_)) = cell
                && of_days.insert(column)
            {
                sheet.set_column_format(column, &formats.day)?;
            }
            write(sheet, row, column, cell, formats)?;
        }
    }
    sheet.set_freeze_panes(1, 1)?.set_repeat_rows(0, 0)?.set_landscape();
    let last = u16::try_from(columns.len()).unwrap_or(1).saturating_sub(1);
    sheet.autofilter(0, 0, last_row, last)?;
    Ok(())
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: Cell<'_>, formats: &Formats) -> Result<(), XlsxError> {
    let text = match cell {
        Cell::Text(text) if text.len() > MAX_CELL_CHARS => truncate_cell(&text).to_owned().into(),
        Cell::Text(text) => without_isolates(text),
        Cell::Day(None) => return Ok(()),
        Cell::Day(Some(day)) => match to_excel_date(day) {
            Some(day) => return sheet.write_datetime(row, column, &day).map(drop),
            None => day.to_string().into(),
        },
    };
    // Mark the cell as text, so that it stays text if somebody edits it.
    let is_like_a_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    match text.is_empty() {
        true => Ok(()),
        false if is_like_a_formula => sheet.write_string_with_format(row, column, text, &formats.quoted).map(drop),
        false => sheet.write_string(row, column, text).map(drop),
    }
}

/// A date as a workbook value; `None` before 1900.
fn to_excel_date(date: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = date.year_month_day();
    if year < 1900 {
        // The library takes 31 December 1899 for the day before the first.
        return None;
    }
    ExcelDateTime::from_ymd(u16::try_from(year).ok()?, month.unsigned_abs(), day.unsigned_abs()).ok()
}

/// Truncates text to the maximum length of a cell.
fn truncate_cell(text: &str) -> &str {
    // Workbooks count UTF-16 code units, of which there are never more than UTF-8 bytes.
    if text.len() <= MAX_CELL_CHARS {
        return text;
    }
    let mut units = 0;
    let beyond = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > MAX_CELL_CHARS
    });
    beyond.map_or(text, |(at, _)| &text[..at])
}

/// The name of a sheet; if a table continues, with the number of the part.
fn sheet_name(name: &str, part: u32) -> String {
    let (max_chars, not) = SHEET_NAME;
    let number = if part > 1 { format!(" {part}") } else { String::new() };
    let name = without_isolates(name.into());
    let allowed = name.chars().filter(|c| !not.contains(c) && !c.is_control());
    let base_name: String = allowed.take(max_chars - number.len()).collect();
    let base_name = base_name.trim_matches('\'');
    if base_name.is_empty() { String::new() } else { format!("{base_name}{number}") }
}

/// Returns `name`, or a numbered name if it is empty or taken. `names` contains the names taken, in lower case.
fn unique_name(names: &mut BTreeSet<String>, name: String) -> String {
    let own_name = Some(name).filter(|name| !name.is_empty());
    let others = (names.len()..).map(|number| format!("Sheet{number}"));
    own_name.into_iter().chain(others).find(|name| names.insert(name.to_lowercase())).unwrap_or_default()
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
        workbook(text, "2026-11-22".parse().expect("a date"), || [table(), table()])
    }

    #[test]
    fn every_text_can_be_written_under_every_name() {
        for text in ["", "=1+1", "\u{0}\u{1f}\u{fffe}<&>\u{7}", &"ä😀".repeat(30_000), "http://x", "_x0041_"] {
            for name in ["Sheet", "", "'", "[:]", "A name that is longer than any sheet may have 😀😀😀", "History"]
            {
                assert!(of(name, text).is_ok_and(|bytes| bytes.starts_with(b"PK")), "{name}: {:.20}", text);
            }
        }
        let early = workbook("", "0001-01-01".parse().expect("a date"), std::iter::empty);
        assert!(early.is_ok());
    }

    #[test]
    fn another_program_reads_what_was_written() {
        let texts = ["a", " b\n", "=1+1", "<&>\"'", "_x0041_", "ä😀", "_x41_", "a"];
        let days = ["1899-12-31", "1900-01-01", "1900-02-28", "1900-03-01", "2026-11-22"].map(|day| day.parse().ok());
        let rows = || texts.into_iter().zip(days.into_iter().chain([None; 3]));
        let table = || Table {
            name: "It's \"one\" <&>".to_owned(),
            columns: vec![("Text".to_owned(), 10), ("Day".to_owned(), 10)],
            rows: Box::new(rows().map(|(text, day)| vec![text.into(), Cell::Day(day)])),
        };
        let made = "2026-11-22".parse().expect("a date");
        let bytes = workbook("Title", made, || [table()]).expect("a workbook");
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
        let tables = || ["Sheet2", "sheet2", "History", ""].map(table);
        let bytes = workbook("Title", "2026-11-22".parse().expect("a date"), tables).expect("a workbook");
        let book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
        assert_eq!(book.sheet_names(), ["Sheet2", "Sheet3", "Sheet4", "Sheet5"]);
    }
}
