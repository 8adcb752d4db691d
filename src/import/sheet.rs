//! Spreadsheets as rows of texts.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::archive::{Archive, ArchiveError};

/// Why a spreadsheet is not read; each half a sentence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SheetError {
    /// Its archive is not opened.
    #[error("{0}")]
    Archive(String),
    /// It is no workbook.
    #[error("it is not an Excel workbook, or it is damaged ({0})")]
    Damaged(String),
    /// It has no such sheet.
    #[error("there is no sheet `{0}`; it has {1}")]
    NoSheet(String, String),
    /// It is no table of texts.
    #[error("it is not a CSV file in UTF-8 ({0}); save it as \"CSV UTF-8\"")]
    Csv(String),
}

impl From<ArchiveError> for SheetError {
    fn from(error: ArchiveError) -> SheetError {
        SheetError::Archive(error.to_string())
    }
}

/// The rows of a workbook's sheet, the first one unless another is named; dates as year-month-day.
pub(crate) fn workbook(bytes: Vec<u8>, sheet: Option<&str>) -> Result<Vec<Vec<String>>, SheetError> {
    Archive::open(bytes.clone())?;
    let damaged = |error: calamine::XlsxError| SheetError::Damaged(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    let name = match sheet {
        Some(sheet) => names.iter().find(|name| name.as_str() == sheet),
        None => names.first(),
    };
    let missing = || SheetError::NoSheet(sheet.unwrap_or_default().to_owned(), names.join(", "));
    let range = book.worksheet_range(&name.cloned().ok_or_else(missing)?).map_err(damaged)?;
    Ok(range.rows().map(|row| row.iter().map(cell).collect()).collect())
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::DateTime(day) if day.is_datetime() => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string().trim().to_owned(),
    }
}

/// The rows of a CSV file; its first line says what is between its columns.
pub(crate) fn csv(bytes: &[u8]) -> Result<Vec<Vec<String>>, SheetError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |sign: &u8| first.iter().filter(|byte| *byte == sign).count();
    let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(count).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.map_err(|error| SheetError::Csv(error.to_string()))?;
        Ok(record.iter().map(|cell| cell.trim().to_owned()).collect())
    };
    reader.records().map(row).collect()
}
