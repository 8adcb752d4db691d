//! The tables read so far.

use pulldown_cmark::Alignment;

/// The state of tables.
#[derive(Default)]
pub(in crate::markdown) struct Tables {
    pub(crate) count: usize,
    pub(crate) is_open: bool,
    pub(crate) alignments: Vec<Alignment>,
    pub(crate) in_head: bool,
    pub(crate) cell: usize,
    /// Index of the open table's first cell in the text, and the start of the open cell's words.
    pub(crate) first_cell: usize,
    pub(crate) text_start: u32,
    /// Start of the open cell's tag, and of its content.
    pub(crate) starts: (usize, usize),
    /// End of the class of the open table's frame.
    pub(crate) class_end: usize,
    /// Minimum width of each column of the open table.
    pub(crate) columns: Vec<usize>,
    /// Header of each column of the open table.
    pub(crate) headers: Vec<String>,
}

/// The table of raw HTML that is being read.
#[derive(Default)]
pub(in crate::markdown) struct RawGrid {
    /// Number of open tables; the cells of tables within cells are not recorded.
    pub(crate) depth: usize,
    /// Index of the first cell of the table in the text.
    pub(crate) first_cell: usize,
    /// Column of the next cell.
    pub(crate) column: usize,
    /// For each column, the number of further rows that a cell covers.
    pub(crate) covered_rows: Vec<u32>,
    pub(crate) open_cell: Option<OpenCell>,
}

/// The cell that is being read.
pub(in crate::markdown) struct OpenCell {
    pub(crate) start: u32,
    pub(crate) columns: usize,
    pub(crate) rows: u32,
}
