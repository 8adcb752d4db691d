//! Decides whether a row of a table says anything.

use super::columns::{Column, Subject, column, is_numbered, subject};
use super::quantities::is_blank_amount;
use super::{Placeholders, is_answer};

/// Maximum number of words in a cell that only names what the other cells of its row say.
const MAX_LABEL_WORDS: usize = 3;
/// Maximum number of words in the name of a field of a form.
const MAX_FIELD_WORDS: usize = 8;

/// A row of a table: its cells by column, with the heads of the columns.
pub(crate) struct Row<'r> {
    /// The cells; those that say nothing more than the document's own data are empty.
    pub(crate) cells: Vec<&'r str>,
    /// The heads.
    pub(crate) heads: Vec<&'r str>,
    /// Whether a cell that repeats the document's own data has been emptied.
    pub(crate) repeats_data: bool,
}

impl<'r> Row<'r> {
    /// The index of the cell that names what the others say: the first, apart from a number.
    pub(crate) fn label_index(&self) -> usize {
        let first = self.cells.first().copied().unwrap_or_default();
        usize::from(self.heads.len() > 1 && is_numbered(self.head(0), first))
    }

    fn head(&self, column: usize) -> &'r str {
        self.heads.get(column).copied().unwrap_or_default()
    }

    fn cell(&self, column: usize) -> &'r str {
        self.cells.get(column).copied().unwrap_or_default()
    }
}

impl Placeholders {
    /// Whether a table row in language `lang` says anything.
    ///
    /// A cell of a few words only names what the empty cells beside it should say, unless these are for ticks.
    pub(crate) fn row_has_content(&self, row: &Row<'_>, lang: &str) -> bool {
        let label = row.label_index();
        let says = |cell: &str| {
            is_answer(cell) || is_mark(cell) || !is_blank_amount(cell) && self.has_enough_words(1, cell, lang)
        };
        let mut others = row.cells.iter().skip(label + 1);
        if others.any(|cell| !cell.is_empty() && says(cell)) {
            return true;
        }
        let text = row.cell(label);
        self.has_enough_words(1, text, lang) && (row.heads.len() <= label + 1 || is_complete(row, label))
    }
}

/// Whether a row says something although only its label has words.
fn is_complete(row: &Row<'_>, label: usize) -> bool {
    let text = row.cell(label);
    let words = text.split_whitespace().count();
    let mut columns = row.heads.iter().skip(label + 1).map(|head| column(head));
    if row.repeats_data {
        return words > MAX_LABEL_WORDS;
    }
    let is_for = |kind| columns.clone().any(|column| column == kind);
    if is_for(Column::Entry) {
        return words > MAX_FIELD_WORDS || words > MAX_LABEL_WORDS && text.ends_with('.');
    }
    if words > MAX_LABEL_WORDS {
        return true;
    }
    match subject(row.head(label)) {
        Subject::Person | Subject::Field => false,
        Subject::Step => columns.all(|column| column != Column::Other),
        Subject::Item if !is_for(Column::Tick) => false,
        _ if is_for(Column::Tick) => columns.all(|column| column != Column::Other),
        _ => columns.all(|column| column == Column::Remark),
    }
}

/// Whether a cell is a mark that answers a question: a tick, a cross or a traffic light.
fn is_mark(cell: &str) -> bool {
    const MARKS: &str = "☐☑☒✓✔✅✗✘❌●○■□◯xX🟢🟡🟠🔴🔵⚪⚫🟩🟨🟧🟥👍👎⛔➕➖";
    let mut letters = cell.trim().chars().filter(|c| *c != '\u{fe0f}');
    letters.next().is_some_and(|c| MARKS.contains(c)) && letters.next().is_none()
}
