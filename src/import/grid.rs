//! The columns that a Word table declares. Pandoc cuts rows to these, so columns are added until there are as many as
//! in the widest row.

use super::xml::attribute;

/// The maximum number of cells counted in a row.
const MAX_COLUMNS: usize = 1000;

/// A table whose rows are being counted.
#[derive(Debug)]
pub(super) struct Grid {
    /// The output offset at which columns are, or could be, declared.
    declaration_offset: usize,
    prefix: String,
    has_declaration: bool,
    /// The number of declared columns.
    columns: usize,
    /// The number of cells in the open row.
    cells: usize,
    /// The number of columns that the open row skips before its first cell.
    skipped_columns: usize,
    /// The number of cells in the widest row.
    widest: usize,
}

impl Grid {
    /// Creates the grid of a table that begins with this tag. `end` is the output offset after it.
    pub(super) fn new(tag: &str, end: usize) -> Grid {
        let prefix = tag.strip_prefix('<').and_then(|tag| tag.split("tbl").next()).unwrap_or_default().to_owned();
        Grid {
            declaration_offset: end,
            prefix,
            has_declaration: false,
            columns: 0,
            cells: 0,
            skipped_columns: 0,
            widest: 0,
        }
    }

    /// Counts an element of the table.
    pub(super) fn count(&mut self, element: &str, tag: &str) {
        let value = |name: &str| attribute(tag, name).and_then(|value| value.parse::<usize>().ok());
        match element {
            // Pandoc ignores a column without a width.
            "gridCol" => self.columns += usize::from(value("w").is_some()),
            "tr" => (self.cells, self.skipped_columns) = (0, 0),
            "gridBefore" => self.skipped_columns = value("val").unwrap_or(0).min(MAX_COLUMNS),
            "tc" => self.cells += 1,
            "gridSpan" => self.cells += value("val").unwrap_or(1).clamp(1, MAX_COLUMNS) - 1,
            _ => {}
        }
        self.widest = self.widest.max(self.cells.min(MAX_COLUMNS));
    }

    /// Empty cells for the columns that the open row skips; pandoc would shift the other cells there.
    pub(super) fn skipped_cells(&mut self) -> String {
        let before = std::mem::take(&mut self.skipped_columns);
        self.cells += before;
        let prefix = &self.prefix;
        format!("<{prefix}tc><{prefix}p/></{prefix}tc>").repeat(before)
    }

    /// Records that the declaration of columns ends at this offset.
    pub(super) fn set_declaration_end(&mut self, at: usize) {
        (self.declaration_offset, self.has_declaration) = (at, true);
    }

    /// The missing columns, and the offset at which to insert them.
    pub(super) fn missing(&self) -> Option<(usize, String)> {
        let missing = self.widest.checked_sub(self.columns).filter(|missing| *missing > 0)?;
        let Grid { declaration_offset: at, prefix, .. } = self;
        let columns = format!("<{prefix}gridCol {prefix}w=\"1000\"/>").repeat(missing);
        let grid = format!("<{prefix}tblGrid>{columns}</{prefix}tblGrid>");
        Some((*at, if self.has_declaration { columns } else { grid }))
    }
}
