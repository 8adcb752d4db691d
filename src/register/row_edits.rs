//! Changes to tables: an additional row, or new values in cells of a row. All other bytes stay the same.

use std::ops::Range;

use super::kinds::Kind;
use super::rows::column;
use super::table::{self, Cell, Row};

/// Adds a row to a table; `None` if a key has no column, or the header cannot be read.
pub(crate) fn with_row(text: &str, kind: Kind, fields: &[(&str, String)]) -> Option<String> {
    // A byte order mark belongs to the file, not to the first column.
    let header =
        table::parse_header(text.strip_prefix('\u{feff}').unwrap_or(text)).filter(|row| row.problem.is_none())?;
    let has_column = |name: &str| header.cells.iter().any(|cell| cell.text == name);
    if !fields.iter().all(|(name, _)| has_column(name) && column(kind, name).is_some()) {
        return None;
    }
    let value =
        |cell: &Cell| fields.iter().find(|(name, _)| *name == cell.text).map_or("", |(_, value)| value.as_str());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header.cells.iter().map(value)).ok()?;
    let row = String::from_utf8(writer.into_inner().ok()?).ok()?;
    let gap = if text.ends_with('\n') { "" } else { "\n" };
    let row = if text.contains("\r\n") { row.replace('\n', "\r\n") } else { row };
    let gap = if text.contains("\r\n") { gap.replace('\n', "\r\n") } else { gap.to_owned() };
    Some(format!("{text}{gap}{row}"))
}

/// Why a cell cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CellProblem {
    /// No readable row has the ID of the entry.
    Row,
    /// There is no column with this name.
    Column(String),
    /// The row has fewer cells than the header.
    Short {
        /// Number of cells in the row.
        cells: usize,
        /// Number of columns in the header.
        columns: usize,
    },
}

/// The cells to change in the row with an ID, as ranges of a text without its byte order mark, each with its new
/// content, sorted. Names are those of columns: `held`, `effect.checked`.
///
/// # Errors
/// If there is no such readable row, no such column, or no such cell in the row.
pub(crate) fn changed_cells(
    text: &str,
    id: &str,
    fields: &[(String, String)],
) -> Result<Vec<(Range<usize>, String)>, CellProblem> {
    let header = table::parse_header(text).filter(|row| row.problem.is_none()).ok_or(CellProblem::Row)?;
    let at = |name: &str| header.cells.iter().position(|cell| cell.text == name);
    let id_at = at("id").ok_or(CellProblem::Row)?;
    let rows = table::parse_rows(text, table::Separators::commas(Some(&header)));
    let is_entry_row = |row: &&Row| row.problem.is_none() && row.cells.get(id_at).is_some_and(|cell| cell.text == id);
    let row = rows.iter().skip(1).find(is_entry_row).ok_or(CellProblem::Row)?;
    let change = |(name, value): &(String, String)| -> Result<(Range<usize>, String), CellProblem> {
        let at = at(name).ok_or_else(|| CellProblem::Column(name.clone()))?;
        let short = CellProblem::Short { cells: row.cells.len(), columns: header.cells.len() };
        let cell = row.cells.get(at).ok_or(short)?;
        Ok((cell.span.start as usize..cell.span.end as usize, cell_text(value)))
    };
    let mut cells = fields.iter().map(change).collect::<Result<Vec<_>, _>>()?;
    cells.sort_by_key(|(place, _)| place.start);
    Ok(cells)
}

/// A value as the text of a cell: in quotation marks if necessary.
fn cell_text(value: &str) -> String {
    let is_bare = !value.contains(['"', ',', '\n', '\r']) && value.trim() == value;
    if is_bare { value.to_owned() } else { format!("\"{}\"", value.replace('"', "\"\"")) }
}
