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
