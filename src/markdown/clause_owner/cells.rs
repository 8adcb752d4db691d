//! Table cells: a name in one cell does not apply to the clauses in another, unless it labels their row or column.

use std::borrow::Cow;
use std::ops::Range;

use super::designation::designation;
use super::fold::fold;
use super::owner::is_document;
use crate::markdown::body::ClauseOwner;

/// A cell of a table in running text.
#[derive(Clone, Copy, Debug)]
pub(in crate::markdown) struct TextCell {
    /// Start and end of the words of the cell.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Index of the cell in its row.
    pub(crate) column: usize,
    /// Index of the first cell of the table, which is the first of its header.
    pub(crate) first_header_cell: usize,
}

/// The cells of a text.
pub(super) struct Cells<'t> {
    pub(super) text: &'t str,
    pub(super) cells: &'t [TextCell],
}

impl Cells<'_> {
    /// The index of the cell at a position.
    pub(super) fn at(&self, place: usize) -> Option<usize> {
        let next = self.cells.partition_point(|cell| cell.start as usize <= place);
        next.checked_sub(1).filter(|last| place < self.cells[*last].end as usize)
    }

    /// The range of a cell's words.
    pub(super) fn range(&self, number: usize) -> Range<usize> {
        let cell = self.cells[number];
        cell.start as usize..cell.end as usize
    }

    /// The owner named by the cells around one: the first of its row, its neighbours, and the header of its column.
    pub(super) fn owner_around(&self, number: usize) -> Option<ClauseOwner> {
        let cell = self.cells[number];
        let first = number - cell.column.min(number);
        let is_in_row = |other: &usize| self.cells.get(*other).is_some_and(|one| *other - first == one.column);
        let beside = [Some(first), number.checked_sub(1), Some(number + 1)];
        let row = beside.into_iter().flatten().filter(|other| *other != number && *other >= first).filter(is_in_row);
        let head = Some(cell.first_header_cell + cell.column)
            .filter(|head| *head < first && self.cells[*head].column == cell.column);
        row.chain(head).find_map(|other| self.named_owner(other))
    }

    /// The owner that a cell names, if it contains nothing else.
    fn named_owner(&self, number: usize) -> Option<ClauseOwner> {
        let written = self.text.get(self.range(number)).unwrap_or_default().trim();
        if written.is_empty() || written.len() > MAX_NAME_BYTES {
            return None;
        }
        let words: Cow<'_, str> = fold(written, &mut []);
        if let Some((length, name)) = designation(&words) {
            return words[length..].trim().is_empty().then_some(ClauseOwner::Named(name));
        }
        let is_one = words.split_whitespace().count() == 1;
        (!is_one && is_document(&words)).then_some(ClauseOwner::Foreign)
    }
}

/// Maximum length of a name in a cell, in bytes.
const MAX_NAME_BYTES: usize = 100;
