//! Two brackets that belong together.

use std::ops::Range;

use crate::rules::lookalike::brackets::Bracket;

/// A pair of square brackets.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) open: Bracket,
    pub(super) close: Bracket,
}

impl Pair {
    pub(super) fn inside(&self) -> Range<usize> {
        self.open.end()..self.close.at
    }
}

/// The range between two brackets, unless it is too long for a part of a link.
pub(super) fn between(open: Bracket, close: Bracket) -> Option<Range<usize>> {
    let range = open.end()..close.at;
    (range.len() <= super::MAX_PART_BYTES).then_some(range)
}
