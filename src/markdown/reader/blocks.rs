//! Open blocks.

/// The state of open blocks.
#[derive(Default)]
pub(in crate::markdown) struct Blocks {
    /// Start of the open paragraph, in the HTML and in the running text.
    pub(crate) paragraph: Option<(usize, u32)>,
    /// End of the last item's tag in the HTML, before its `>`.
    pub(crate) item: usize,
    /// For each open list, if it is numbered: the next number on the page, and the number written on the last item.
    pub(crate) numbers: Vec<Option<(u64, u64)>>,
}

/// An open definition list.
#[derive(Default)]
pub(in crate::markdown) struct Definitions {
    /// Index of the term that the next definition belongs to.
    pub(crate) term: Option<usize>,
    /// Start of the open term or definition in the running text.
    pub(crate) start: u32,
}
