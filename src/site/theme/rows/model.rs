//! Renders parts of pages from their models: rows of tables and parts of controlled documents.

use super::escape::text;
use super::layout::BuiltInRenderer;
use super::{Age, Cell, Line, Link, Mark, RowWriter};
use crate::site::model::{AgeMeter, Grid, GridCell, Page, PagePart, ValueLine};
use crate::site::theme::html::Html;

/// The approximate size of a cell in bytes, without its remark.
const TYPICAL_CELL_BYTES: usize = 120;

impl BuiltInRenderer {
    /// Renders a page's tables of entries, its other parts and those of a controlled document. Returns the size of the
    /// tables, of the other parts and of the entries that name the document in bytes.
    pub(crate) fn render_page_parts<P: Page>(&self, page: &P) -> usize {
        let root = &page.frame().root;
        if let Some(page) = page.as_document() {
            page.control.laid_out.get_or_init(|| self.control(page, root));
            page.toc.render_once(|entries| (!entries.is_empty()).then(|| BuiltInRenderer::contents(entries)));
            page.history.render_once(|entries| (!entries.is_empty()).then(|| self.history(entries)));
            page.entries.render_once(|naming| self.naming(naming.as_ref(), root));
        }
        let parts: usize = page.parts().into_iter().map(|part| self.part(part, root)).sum();
        let tables: usize = page.grids().into_iter().map(|grid| self.table(grid, root).as_str().len()).sum();
        tables + parts + page.as_document().map_or(0, |page| page.entries.html_bytes())
    }

    /// Renders a part, unless it is empty. Returns its size in bytes.
    fn part(&self, part: PagePart<'_>, root: &str) -> usize {
        match part {
            PagePart::Deadlines(list) => {
                list.render_once(|rows| (!rows.is_empty()).then(|| self.deadlines(rows, root)));
                list.html_bytes()
            }
            PagePart::Facts(list) => {
                list.render_once(|facts| (!facts.is_empty()).then(|| self.facts(facts, root)));
                list.html_bytes()
            }
        }
    }

    /// Renders the rows of a table on a page with the relative path `root` to the site's root.
    pub(super) fn table<'g>(&self, grid: &'g Grid, root: &str) -> &'g Html {
        grid.rendered_rows.get_or_init(|| {
            let columns = grid.columns.iter().map(|column| text(column)).collect();
            let remarks = grid.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.remark.as_ref());
            let size: usize = remarks.map(|remark| remark.as_str().len()).sum();
            let out = String::with_capacity(size + grid.rows.len() * grid.columns.len() * TYPICAL_CELL_BYTES);
            let mut rows = RowWriter { root: &text(root), until: &self.until, columns, out };
            for row in &grid.rows {
                rows.row(&text(&row.id), &row.cells, |rows, cell| match cell.is_plain() {
                    true => rows.text_cell(&text(&cell.text), &text(&cell.note)),
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
            day: cell.day.map(|day| self.days.date_element(day)),
            until: cell.until.map(|day| self.days.date_element(day)),
            mark: cell.mark.as_ref().map(|mark| Mark { tone: mark.tone.as_str().into(), word: text(&mark.word) }),
            links: if cell.links.is_empty() { Vec::new() } else { cell.links.iter().map(link).collect() },
            note: text(&cell.note),
            remark: cell.remark.as_ref().map(Html::as_str).unwrap_or_default().into(),
            age: cell.age.as_ref().map(age),
            line: cell.line.as_ref().map(line),
        }
    }
}

fn age(age: &AgeMeter) -> Age<'_> {
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
