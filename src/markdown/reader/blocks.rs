//! Blocks that are open.

/// What is known of open blocks.
#[derive(Default)]
pub(in crate::markdown) struct Blocks {
    /// Where the open paragraph begins: in the HTML and in the running text.
    pub(crate) paragraph: Option<(usize, u32)>,
    /// Where the last item's tag ends in the HTML, before its `>`.
    pub(crate) item: usize,
    /// Of each open list that is numbered, the number of the next item and the one that was written before the last.
    pub(crate) numbers: Vec<Option<(u64, u64)>>,
}

/// An open definition list.
#[derive(Default)]
pub(in crate::markdown) struct Definitions {
    /// The term that the next definition belongs to.
    pub(crate) term: Option<usize>,
    /// Where the term or the definition that is open begins in the running text.
    pub(crate) start: u32,
}
