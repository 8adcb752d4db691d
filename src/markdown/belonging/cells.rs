//! Cells of tables: what is named in one says nothing of the clauses in another, but it may name a row or a column.

use std::borrow::Cow;
use std::ops::Range;

use super::designation::designation;
use super::fold::fold;
use super::owner::is_document;
use crate::markdown::body::Belonging;

/// A cell in running text.
#[derive(Clone, Copy, Debug)]
pub(in crate::markdown) struct TextCell {
    /// Where its words begin and end.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Its number in its row.
    pub(crate) column: usize,
    /// The number of the first cell of its table, which is the first of its head.
    pub(crate) head: usize,
}

/// The cells of a text.
pub(super) struct Cells<'t> {
    pub(super) text: &'t str,
    pub(super) cells: &'t [TextCell],
}

impl Cells<'_> {
    /// The number of the cell that holds a place.
    pub(super) fn at(&self, place: usize) -> Option<usize> {
        let next = self.cells.partition_point(|cell| cell.start as usize <= place);
        next.checked_sub(1).filter(|last| place < self.cells[*last].end as usize)
    }

    /// Where a cell's words are.
    pub(super) fn range(&self, number: usize) -> Range<usize> {
        let cell = self.cells[number];
        cell.start as usize..cell.end as usize
    }

    /// What the cells around one say it is about: the first of its row, those beside it, and the head of its column.
    pub(super) fn around(&self, number: usize) -> Option<Belonging> {
        let cell = self.cells[number];
        let first = number - cell.column.min(number);
        let is_in_row = |other: &usize| self.cells.get(*other).is_some_and(|one| *other - first == one.column);
        let beside = [Some(first), number.checked_sub(1), Some(number + 1)];
        let row = beside.into_iter().flatten().filter(|other| *other != number && *other >= first).filter(is_in_row);
        let head =
            Some(cell.head + cell.column).filter(|head| *head < first && self.cells[*head].column == cell.column);
        row.chain(head).find_map(|other| self.name(other))
    }

    /// What a cell names, if it does nothing else.
    fn name(&self, number: usize) -> Option<Belonging> {
        let written = self.text.get(self.range(number)).unwrap_or_default().trim();
        if written.is_empty() || written.len() > LONGEST {
            return None;
        }
        let words: Cow<'_, str> = fold(written, &mut []);
        if let Some((length, name)) = designation(&words) {
            return words[length..].trim().is_empty().then_some(Belonging::Named(name));
        }
        let is_one = words.split_whitespace().count() == 1;
        (!is_one && is_document(&words)).then_some(Belonging::Foreign)
    }
}

/// Longest name in a cell, in bytes.
const LONGEST: usize = 100;
