//! The grid of a table in raw HTML, so that its cells are known as those of Markdown tables are.

use crate::markdown::clause_owner::TextCell;
use crate::markdown::reader::{OpenCell, Reader};

/// Maximum number of columns that a cell covers here.
const MAX_SPAN: usize = 20;

impl Reader<'_> {
    /// Notes the start of a table, a row or a cell; `span` reads the number of columns or rows that a cell covers.
    pub(super) fn open_grid_part(&mut self, name: &str, span: impl Fn(&str) -> u32) {
        match name {
            "table" => {
                self.grid.depth += 1;
                if self.grid.depth == 1 {
                    self.grid.first_cell = self.running.cells.len();
                    self.grid.column = 0;
                    self.grid.covered_rows.clear();
                }
            }
            "tr" if self.grid.depth == 1 => self.grid.column = 0,
            "td" | "th" if self.grid.depth == 1 => {
                self.push_covered_cells();
                let columns = (span("colspan") as usize).clamp(1, MAX_SPAN);
                self.grid.open_cell = Some(OpenCell { start: self.running.len(), columns, rows: span("rowspan") });
            }
            _ => {}
        }
    }

    /// Notes the end of a table, a row or a cell.
    pub(super) fn close_grid_part(&mut self, name: &str) {
        match name {
            "table" => self.grid.depth = self.grid.depth.saturating_sub(1),
            "td" | "th" if self.grid.depth == 1 => {
                if let Some(cell) = self.grid.open_cell.take() {
                    self.push_grid_cell(&cell);
                }
            }
            "tr" if self.grid.depth == 1 => {
                self.push_covered_cells();
                let column = self.grid.column;
                let rest = self.grid.covered_rows.iter_mut().skip(column);
                rest.for_each(|rows| *rows = rows.saturating_sub(1));
            }
            _ => {}
        }
    }

    fn push_grid_cell(&mut self, cell: &OpenCell) {
        let end = self.running.len();
        for _ in 0..cell.columns {
            self.push_text_cell(cell.start, end);
            let column = self.grid.column;
            if self.grid.covered_rows.len() <= column {
                self.grid.covered_rows.resize(column + 1, 0);
            }
            self.grid.covered_rows[column] = cell.rows.saturating_sub(1);
            self.grid.column += 1;
        }
    }

    /// Adds an empty cell for each next column that a cell of a row above covers.
    fn push_covered_cells(&mut self) {
        while let Some(rows) = self.grid.covered_rows.get_mut(self.grid.column).filter(|rows| **rows > 0) {
            *rows -= 1;
            let at = self.running.len();
            self.push_text_cell(at, at);
            self.grid.column += 1;
        }
    }

    fn push_text_cell(&mut self, start: u32, end: u32) {
        // Cells are in order; a Markdown table within this cell has added its own.
        if self.running.cells.last().is_none_or(|last| last.start <= start) {
            let (column, first_header_cell) = (self.grid.column, self.grid.first_cell);
            self.running.cells.push(TextCell { start, end, column, first_header_cell });
        }
    }
}
