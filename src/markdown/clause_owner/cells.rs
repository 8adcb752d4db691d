//! Table cells: a name in one cell does not apply to the clauses in another, unless it labels their row or column.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use super::fold::fold;
use super::label::{
    Label, column_owner, contract_owner, document_owner, edition_year, is_clause_header, number_label, standard_label,
};
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
    text: &'t str,
    cells: &'t [TextCell],
    /// For each cell, the cell whose words apply to it: itself, or one above that it repeats.
    sources: OnceCell<Vec<usize>>,
}

impl<'t> Cells<'t> {
    pub(super) fn new(text: &'t str, cells: &'t [TextCell]) -> Cells<'t> {
        Cells { text, cells, sources: OnceCell::new() }
    }

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

    /// The owner named by the cells around one: the header of its column, its neighbours, or the first of its row.
    pub(super) fn owner_around(&self, number: usize) -> Option<ClauseOwner> {
        let header = self.header(number);
        let words = header.and_then(|head| self.words(head));
        let head = words.as_deref().and_then(column_owner).or_else(|| self.owner_by_edition(header?));
        // In a list of clauses, what is beside one is evidence of it.
        let is_listed = self.cells[number].column == 0 && words.as_deref().is_some_and(is_clause_header);
        let beside = self.label_beside(number).filter(|label| label.is_bare || !is_listed);
        match (head, beside) {
            (Some(ClauseOwner::Main), Some(beside)) if beside.is_bare => Some(beside.owner),
            (Some(head), Some(beside)) if beside.is_bare && contradict(&head, &beside.owner) => {
                Some(ClauseOwner::Foreign)
            }
            (None, Some(beside)) => Some(beside.owner),
            (None, None) => self.contract_of_row(number),
            (head, _) => head,
        }
    }

    /// The contract that a cell's row is about, if the table has a column of contracts to the left.
    fn contract_of_row(&self, number: usize) -> Option<ClauseOwner> {
        let first = number.checked_sub(self.cells[number].column)?;
        (first..number).find_map(|left| contract_owner(&self.words(self.header(left)?)?))
    }

    /// Clauses of an earlier edition, if the headers of two columns differ by their years: `Clause (2011)` beside
    /// `Clause (2018)`.
    fn owner_by_edition(&self, head: usize) -> Option<ClauseOwner> {
        let year = edition_year(&self.words(head)?)?;
        let first = self.cells[head].first_header_cell;
        let row = (first..self.cells.len()).take_while(|at| self.cells[*at].column == at - first);
        let latest = row.filter_map(|at| edition_year(&self.words(at)?)).max()?;
        (year < latest).then_some(ClauseOwner::Foreign)
    }

    /// The header of a cell's column.
    fn header(&self, number: usize) -> Option<usize> {
        let cell = self.cells[number];
        let head = cell.first_header_cell + cell.column;
        let is_above = head < number.saturating_sub(cell.column);
        (is_above && self.cells[head].column == cell.column).then_some(head)
    }

    /// The label in the cells beside one. Where both neighbours name a standard, labels are on the side of the first
    /// cell of the row.
    fn label_beside(&self, number: usize) -> Option<Label> {
        let cell = self.cells[number];
        let first = number.checked_sub(cell.column)?;
        let label = |other: usize| {
            let one =
                self.cells.get(other).filter(|one| other != number && other >= first && one.column == other - first)?;
            (one.first_header_cell == cell.first_header_cell).then(|| self.label(self.source(other))).flatten()
        };
        let left = number.checked_sub(1).and_then(label);
        let right = label(number + 1);
        match (left, right) {
            (Some(left), Some(right)) if contradict(&left.owner, &right.owner) && label(first).is_none() => {
                Some(Label { owner: ClauseOwner::Foreign, is_bare: true })
            }
            (Some(left), _) => Some(left),
            (None, right) => label(first).or(right),
        }
    }

    fn label(&self, number: usize) -> Option<Label> {
        let words = self.words(number)?;
        let by_number = || number_label(&words, &self.words(self.header(number)?)?);
        standard_label(&words)
            .or_else(by_number)
            .or_else(|| document_owner(&words).map(|owner| Label { owner, is_bare: false }))
    }

    /// The words of a cell that is short enough for a label.
    fn words(&self, number: usize) -> Option<Cow<'t, str>> {
        let text = self.text.get(self.range(number)).unwrap_or_default().trim();
        (!text.is_empty() && text.len() <= MAX_LABEL_BYTES).then(|| fold(text, &mut []))
    }

    /// The cell whose words apply to a cell.
    fn source(&self, number: usize) -> usize {
        let sources = self.sources.get_or_init(|| self.find_sources());
        sources.get(number).copied().unwrap_or(number)
    }

    fn find_sources(&self) -> Vec<usize> {
        let mut sources: Vec<usize> = Vec::with_capacity(self.cells.len());
        let (mut row, mut row_above) = (0, 0);
        for (number, cell) in self.cells.iter().enumerate() {
            if cell.column == 0 {
                row_above = row;
                row = number;
            }
            let above = row_above + cell.column;
            let is_below_row = row_above > cell.first_header_cell
                && above < row
                && self.cells[above].column == cell.column
                && self.cells[above].first_header_cell == cell.first_header_cell;
            let source = if is_below_row && self.repeats_above(number) { sources[above] } else { number };
            sources.push(source);
        }
        sources
    }

    /// Whether a cell only repeats the one above it.
    fn repeats_above(&self, number: usize) -> bool {
        let written = self.text.get(self.range(number)).unwrap_or_default().trim();
        written.is_empty()
            || written.len() <= MAX_DITTO_BYTES && DITTO_MARKS.iter().any(|mark| written.eq_ignore_ascii_case(mark))
    }
}

/// Whether two owners are different standards.
fn contradict(one: &ClauseOwner, other: &ClauseOwner) -> bool {
    let number = |name: &str| name.rsplit(' ').next().map(str::to_owned);
    match (one, other) {
        (ClauseOwner::Named(one), ClauseOwner::Named(other)) => number(one) != number(other),
        _ => false,
    }
}

/// Maximum length of a label in a cell, in bytes.
const MAX_LABEL_BYTES: usize = 100;

/// Marks that repeat the words of the cell above.
const DITTO_MARKS: [&str; 16] = [
    "\"", "''", "″", "〃", "“", "”", "„", "ditto", "dito", "idem", "id.", "same", "as above", "s. o.", "s.o.",
    "wie oben",
];

/// Maximum length of such a mark, in bytes.
const MAX_DITTO_BYTES: usize = 10;
