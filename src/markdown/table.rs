//! Tables.

use pulldown_cmark::{Alignment, Tag, TagEnd};

use super::belonging::TextCell;
use super::body::{Fill, Phrase};
use super::digest::Mark;
use super::fit;
use super::raw::ContentModel;
use super::reader::Reader;
use crate::html::{decode_references, pieces};
use crate::text::shortened;

/// Maximum length of the label that precedes a cell in print.
const MAX_LABEL: usize = 60;

impl Reader<'_> {
    /// Writes the frame in which a wide table scrolls, named after the table's number and section.
    ///
    /// Returns the position at the end of the frame's class.
    pub(super) fn open_table_frame(&mut self) -> usize {
        self.tables.count += 1;
        self.out.raw("<div class=\"table-wrap");
        let class_end = self.out.html.len();
        self.out.raw("\" tabindex=\"0\" role=\"region\" aria-label=\"");
        self.out.gap(Fill::NamePrefix);
        self.out.phrase(Phrase::Table);
        self.out.raw(&format!(" {}", self.tables.count));
        if let Some(heading) = self.body.headings.last() {
            self.out.raw(": ");
            self.out.escaped(&heading.text);
        }
        self.out.raw("\"><table>");
        class_end
    }

    /// Opens a table.
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.tables.alignments = alignments;
        self.out.content.block(Mark::Table);
        self.tables.class_end = self.open_table_frame();
        self.tables.is_open = true;
        self.tables.columns.clear();
        self.tables.heads.clear();
        self.containers.push(ContentModel::Parts);
    }

    /// Closes a table before a block that the parser places directly inside it. This happens to everything after a
    /// table with more empty cells than the parser is willing to fill in.
    pub(super) fn leave_table(&mut self) {
        if self.tables.is_open {
            self.close_table();
            if let Some(table) = self.containers.last_mut() {
                *table = ContentModel::Blocks;
            }
        }
    }

    fn close_table(&mut self) {
        if self.tables.is_open {
            self.tables.is_open = false;
            self.out.insert(self.tables.class_end, fit::class(&self.tables.columns));
            self.out.raw("</tbody></table></div>\n");
            self.out.content.block(Mark::End);
        }
    }

    /// Opens a table header, a row or a cell.
    pub(super) fn start_table_part(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::TableHead | Tag::TableRow => {
                self.tables.in_head = matches!(tag, Tag::TableHead);
                self.running.silence += u32::from(self.tables.in_head);
                self.tables.cell = 0;
                self.out.content.block(Mark::Row);
                self.open(if self.tables.in_head { "<thead><tr>" } else { "<tr>" }, ContentModel::Parts);
            }
            _ => self.start_cell(),
        }
    }

    fn start_cell(&mut self) {
        self.out.content.block(Mark::Cell);
        let start = self.out.html.len();
        self.out.raw(if self.tables.in_head { "<th scope=\"col\"" } else { "<td" });
        self.out.raw(match self.tables.alignments.get(self.tables.cell) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        });
        if !self.tables.in_head && self.tables.heads.len() > fit::MAX_COLUMNS {
            self.out.raw(" data-label=\"");
            self.out.escaped(self.tables.heads.get(self.tables.cell).map_or("", String::as_str));
            self.out.raw("\"");
        }
        self.open(">", ContentModel::Blocks);
        self.tables.starts = (start, self.out.html.len());
        self.tables.text_start = self.running.len();
        self.tables.cell += 1;
    }

    fn end_cell(&mut self) {
        let (start, inside) = self.tables.starts;
        let is_empty =
            self.out.html.len() == inside && self.out.slots.last().is_none_or(|slot| (slot.0 as usize) < inside);
        self.fit_cell(start, inside);
        if self.tables.in_head && is_empty {
            // An empty cell is not a column header.
            self.out.truncate(start);
            self.out.raw("<td></td>");
        } else {
            self.out.raw(if self.tables.in_head { "</th>" } else { "</td>" });
        }
        let column = self.tables.cell.saturating_sub(1);
        if self.tables.in_head && column == 0 {
            self.tables.first_cell = self.running.cells.len();
        }
        let (start, end) = (self.tables.text_start, self.running.len());
        self.running.cells.push(TextCell { start, end, column, head: self.tables.first_cell });
        self.running.separate();
    }

    /// Records the width that a cell needs, and adds the matching class.
    fn fit_cell(&mut self, start: usize, inside: usize) {
        let cell = fit::measure(&self.out.html[inside..]);
        let at = self.tables.cell.saturating_sub(1);
        match self.tables.columns.get_mut(at) {
            Some(least) => *least = cell.least.max(*least),
            None => self.tables.columns.push(cell.least),
        }
        if self.tables.in_head {
            self.tables.heads.push(label(&self.out.html[inside..]));
        }
        let Some(class) = cell.class else { return };
        match self.out.html[start..inside].find(" class=\"") {
            Some(before) => self.out.insert(start + before + " class=\"".len(), &format!("{class} ")),
            None => self.out.insert(start + "<td".len(), &format!(" class=\"{class}\"")),
        }
    }

    /// Closes a table, its header, a row or a cell.
    pub(super) fn end_table_part(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableCell => return self.end_cell(),
            TagEnd::TableHead => {
                self.running.silence = self.running.silence.saturating_sub(1);
                self.out.raw("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.out.raw("</tr>\n"),
            _ => self.close_table(),
        }
        self.running.end_line();
    }
}

/// The text of a column header, shortened because it is repeated in each row.
fn label(html: &str) -> String {
    let text: String = pieces(html).map(|(text, _)| text).collect();
    shortened(&decode_references(text.trim()), MAX_LABEL).into_owned()
}
