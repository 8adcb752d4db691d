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
    /// Where the open cell's tag begins, and where its content does.
    pub(crate) starts: (usize, usize),
}
