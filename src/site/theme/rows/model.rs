//! What is laid out from the models of pages, rows of tables among it.

use std::borrow::Cow;

use super::words::Words;
use super::{Age, Cell, Line, Link, Mark, Rows};
use crate::site::model::{Ageing, Grid, GridCell, Page, ValueLine};
use crate::site::theme::days::Days;
use crate::site::theme::html::Html;
use crate::site::theme::labels::Labels;

/// About as many bytes as a cell takes.
const USUAL_CELL: usize = 120;

/// Lays out what many pages have much of, where no template of a handbook's own does.
pub(crate) struct Layout {
    pub(super) days: Days,
    pub(super) words: Words,
    /// The word between two days, escaped.
    until: String,
}

impl Layout {
    /// A layout in the words of a handbook.
    pub(crate) fn new(labels: &Labels) -> Layout {
        let until = text(labels.text("registers.until")).into_owned();
        Layout { days: Days::new(labels), words: Words::of(labels), until }
    }

    /// Lays out what a page has of tables of entries and of a control block; the bytes that its tables take.
    pub(crate) fn lay_out<P: Page>(&self, page: &P) -> usize {
        let root = &page.frame().root;
        if let Some(page) = page.controlled() {
            page.control.laid_out.get_or_init(|| self.control(page, root));
        }
        page.grids().into_iter().map(|grid| self.table(grid, root).as_str().len()).sum()
    }

    /// Lays out the rows of a table on a page from which `root` leads to the site's root.
    fn table<'g>(&self, grid: &'g Grid, root: &str) -> &'g Html {
        grid.laid_out.get_or_init(|| {
            let columns = grid.columns.iter().map(|column| text(column)).collect();
            let out = String::with_capacity(grid.rows.len() * grid.columns.len() * USUAL_CELL);
            let mut rows = Rows { root: &text(root), until: &self.until, columns, out };
            for row in &grid.rows {
                rows.row(&text(&row.id), &row.cells, |rows, cell| match cell.is_plain() {
                    true => rows.plain(&text(&cell.text), &text(&cell.note)),
                    false => rows.cell(&self.cell(cell)),
                });
            }
            Html::new(&rows.out)
        })
    }

    fn cell<'v>(&self, cell: &'v GridCell) -> Cell<'v> {
        let link = |link: &'v crate::site::model::Link| Link { text: text(&link.text), url: text(&link.url) };
        Cell {
            text: text(&cell.text),
            url: text(&cell.url),
            code: cell.code,
            day: cell.day.map(|day| self.days.of(day)),
            until: cell.until.map(|day| self.days.of(day)),
            mark: cell.mark.as_ref().map(|mark| Mark { tone: mark.tone.as_str().into(), word: text(&mark.word) }),
            links: if cell.links.is_empty() { Vec::new() } else { cell.links.iter().map(link).collect() },
            note: text(&cell.note),
            remark: cell.remark.as_ref().map(Html::as_str).unwrap_or_default().into(),
            age: cell.age.as_ref().map(age),
            line: cell.line.as_ref().map(line),
        }
    }
}

/// Whether a text has any sign that templates escape. All bytes are looked at, which is quicker than to stop at the first,
/// and short texts take less time than a search takes to begin.
fn needs_escape(text: &[u8]) -> bool {
    let is_escaped = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    let (chunks, rest) = text.as_chunks::<16>();
    let any = |bytes: &[u8]| bytes.iter().fold(false, |found, byte| found | is_escaped(byte));
    chunks.iter().any(|chunk| any(chunk)) || any(rest)
}

/// A text, escaped as templates escape it.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    if !needs_escape(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    Cow::Owned(out)
}

fn age(age: &Ageing) -> Age<'_> {
    Age {
        words: text(&age.words),
        tone: age.tone.as_str().into(),
        given: age.given,
        used: age.used,
        limit: age.limit.filter(|limit| *limit != 0),
    }
}

fn line(line: &ValueLine) -> Line<'_> {
    Line {
        words: text(&line.words),
        points: text(&line.points),
        targets: line.targets.clone(),
        values: line.values.iter().map(|value| (value.x, value.y, value.met)).collect(),
    }
}
