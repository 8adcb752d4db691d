//! Tables read so far.

use pulldown_cmark::Alignment;

/// What is known of tables so far.
#[derive(Default)]
pub(in crate::markdown) struct Tables {
    pub(crate) count: usize,
    pub(crate) is_open: bool,
    pub(crate) alignments: Vec<Alignment>,
    pub(crate) in_head: bool,
    pub(crate) cell: usize,
    /// The number of the open table's first cell among those of the text, and where the open cell's words begin.
    pub(crate) first_cell: usize,
    pub(crate) text_start: u32,
    /// Where the open cell's tag begins, and where its content does.
    pub(crate) starts: (usize, usize),
    /// Where the class of the open table's frame ends.
    pub(crate) class_end: usize,
    /// Width that each column of the open table needs at least.
    pub(crate) columns: Vec<usize>,
    /// What heads each column of the open table.
    pub(crate) heads: Vec<String>,
}
