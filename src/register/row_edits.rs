//! Changes of tables: one more row, or other values in cells of a row. Every other byte stays.

use std::ops::Range;

use super::kinds::Kind;
use super::rows::column;
use super::table::{self, Cell, Row};

/// A table with one more row; nothing where a key has no column, or the header cannot be read.
pub(crate) fn with_row(text: &str, kind: Kind, fields: &[(&str, String)]) -> Option<String> {
    // A mark at the start belongs to the file, not to the first column.
    let header = table::header(text.strip_prefix('\u{feff}').unwrap_or(text)).filter(|row| row.fault.is_none())?;
    let has = |name: &str| header.cells.iter().any(|cell| cell.text == name);
    if !fields.iter().all(|(name, _)| has(name) && column(kind, name).is_some()) {
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
    /// There is no row of the entry that can be read.
    Row,
    /// There is no column of this name.
    Column(String),
    /// The row has fewer cells than the header.
    Short {
        /// How many it has.
        cells: usize,
        /// How many the header has.
        columns: usize,
    },
}

/// The cells in which the row with an id is to say something else, as places of a text without its byte order mark, each
/// with what stands there then, in order. Names are those of columns: `held`, `effect.checked`.
///
/// # Errors
/// When there is no such row that can be read, no such column, or no such cell in the row.
pub(crate) fn changed_cells(
    text: &str,
    id: &str,
    fields: &[(String, String)],
) -> Result<Vec<(Range<usize>, String)>, CellProblem> {
    let header = table::header(text).filter(|row| row.fault.is_none()).ok_or(CellProblem::Row)?;
    let at = |name: &str| header.cells.iter().position(|cell| cell.text == name);
    let id_at = at("id").ok_or(CellProblem::Row)?;
    let rows = table::rows(text, header.cells.len().saturating_sub(1).max(1));
    let is_meant = |row: &&Row| row.fault.is_none() && row.cells.get(id_at).is_some_and(|cell| cell.text == id);
    let row = rows.iter().skip(1).find(is_meant).ok_or(CellProblem::Row)?;
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

/// A value as it is written in a cell: in quotation marks where it has to be.
fn cell_text(value: &str) -> String {
    let is_bare = !value.contains(['"', ',', '\n', '\r']) && value.trim() == value;
    if is_bare { value.to_owned() } else { format!("\"{}\"", value.replace('"', "\"\"")) }
}
