//! What is laid out from the models of pages, rows of tables among it.

use std::borrow::Cow;

use super::words::Words;
use super::{Age, Cell, Line, Link, Mark, Rows};
use crate::site::model::{Ageing, Grid, GridCell, Page, ValueLine};
use crate::site::theme::days::Days;
use crate::site::theme::html::Html;
use crate::site::theme::labels::Labels;

/// About as many bytes as a cell takes.
const USUAL_CELL: usize = 80;

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

    /// Lays out what a page has of tables of entries and of a control block.
    pub(crate) fn lay_out<P: Page>(&self, page: &P) {
        let root = &page.frame().root;
        page.grids().into_iter().for_each(|grid| self.table(grid, root));
        if let Some(page) = page.controlled() {
            page.control.laid_out.get_or_init(|| self.control(page, root));
        }
    }

    /// Lays out the rows of a table on a page from which `root` leads to the site's root.
    fn table(&self, grid: &Grid, root: &str) {
        grid.laid_out.get_or_init(|| {
            let columns = grid.columns.iter().map(|column| text(column)).collect();
            let out = String::with_capacity(grid.rows.len() * grid.columns.len() * USUAL_CELL);
            let mut rows = Rows { root: &text(root), until: &self.until, columns, out };
            for row in &grid.rows {
                rows.row(&text(&row.id), row.cells.iter().map(|cell| self.cell(cell)));
            }
            Html::new(&rows.out)
        });
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
            links: cell.links.iter().map(link).collect(),
            note: text(&cell.note),
            remark: cell.remark.as_ref().map(Html::as_str).unwrap_or_default().into(),
            age: cell.age.as_ref().map(age),
            line: cell.line.as_ref().map(line),
        }
    }
}

/// Which bytes templates escape.
static IS_ESCAPED: [bool; 256] = {
    let mut escaped = [false; 256];
    let (signs, mut at) = (b"&<>\"'", 0);
    while at < signs.len() {
        escaped[signs[at] as usize] = true;
        at += 1;
    }
    escaped
};

/// A text, escaped as templates escape it.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    // Most texts are short: a search by vectors would take longer to begin than they take to read.
    let Some(first) = text.bytes().position(|byte| IS_ESCAPED[usize::from(byte)]) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(&text[..first]);
    for letter in text[first..].chars() {
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
