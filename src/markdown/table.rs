//! Tables.

use pulldown_cmark::{Alignment, Tag, TagEnd};

use super::body::{Fill, Phrase};
use super::clause_owner::TextCell;
use super::digest::Mark;
use super::raw::ContentModel;
use super::reader::Reader;
use super::table_width;
use crate::html::{decode_references, pieces};
use crate::text::shorten;

/// Maximum length of the label that precedes a cell in print.
const MAX_LABEL_CHARS: usize = 60;

impl Reader<'_> {
    /// Writes the frame in which a wide table scrolls, named after the table's number and section.
    ///
    /// Returns the position at the end of the frame's class.
    pub(super) fn open_table_frame(&mut self) -> usize {
        self.tables.count += 1;
        self.out.push_markup("<div class=\"table-wrap");
        let class_end = self.out.html.len();
        self.out.push_markup("\" tabindex=\"0\" role=\"region\" aria-label=\"");
        self.out.push_gap(Fill::NamePrefix);
        self.out.push_phrase(Phrase::Table);
        self.out.push_markup(&format!(" {}", self.tables.count));
        if let Some(heading) = self.body.headings.last() {
            self.out.push_markup(": ");
            self.out.push_escaped(&heading.text);
        }
        self.out.push_markup("\"><table>");
        class_end
    }

    /// Opens a table.
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.tables.alignments = alignments;
        self.out.content.block(Mark::Table);
        self.tables.class_end = self.open_table_frame();
        self.tables.is_open = true;
        self.tables.columns.clear();
        self.tables.headers.clear();
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
            self.out.insert(self.tables.class_end, table_width::class(&self.tables.columns));
            self.out.push_markup("</tbody></table></div>\n");
            self.out.content.block(Mark::End);
        }
    }

    /// Opens a table header, a row or a cell.
    pub(super) fn start_table_part(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::TableHead | Tag::TableRow => {
                self.tables.in_head = matches!(tag, Tag::TableHead);
                self.running.silent_containers += u32::from(self.tables.in_head);
                self.tables.cell = 0;
                self.out.content.block(Mark::Row);
                self.open_container(if self.tables.in_head { "<thead><tr>" } else { "<tr>" }, ContentModel::Parts);
            }
            _ => self.start_cell(),
        }
    }

    fn start_cell(&mut self) {
        self.out.content.block(Mark::Cell);
        let start = self.out.html.len();
        self.out.push_markup(if self.tables.in_head { "<th scope=\"col\"" } else { "<td" });
        self.out.push_markup(match self.tables.alignments.get(self.tables.cell) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        });
        if !self.tables.in_head && self.tables.headers.len() > table_width::MAX_COLUMNS {
            self.out.push_markup(" data-label=\"");
            self.out.push_escaped(self.tables.headers.get(self.tables.cell).map_or("", String::as_str));
            self.out.push_markup("\"");
        }
        self.open_container(">", ContentModel::Blocks);
        self.tables.starts = (start, self.out.html.len());
        self.tables.text_start = self.running.len();
        self.tables.cell += 1;
    }

    fn end_cell(&mut self) {
        let (start, content_start) = self.tables.starts;
        let is_empty = self.out.html.len() == content_start
            && self.out.slots.last().is_none_or(|slot| (slot.0 as usize) < content_start);
        self.measure_cell(start, content_start);
        if self.tables.in_head && is_empty {
            // An empty cell is not a column header.
            self.out.truncate(start);
            self.out.push_markup("<td></td>");
        } else {
            self.out.push_markup(if self.tables.in_head { "</th>" } else { "</td>" });
        }
        let column = self.tables.cell.saturating_sub(1);
        if self.tables.in_head && column == 0 {
            self.tables.first_cell = self.running.cells.len();
        }
        let (start, end) = (self.tables.text_start, self.running.len());
        self.running.cells.push(TextCell { start, end, column, first_header_cell: self.tables.first_cell });
        self.running.separate_cells();
    }

    /// Records the width that a cell needs, and adds the matching class.
    fn measure_cell(&mut self, start: usize, content_start: usize) {
        let cell = table_width::measure(&self.out.html[content_start..]);
        let at = self.tables.cell.saturating_sub(1);
        match self.tables.columns.get_mut(at) {
            Some(min_width) => *min_width = cell.min_width.max(*min_width),
            None => self.tables.columns.push(cell.min_width),
        }
        if self.tables.in_head {
            self.tables.headers.push(column_label(&self.out.html[content_start..]));
        }
        let Some(class) = cell.class else { return };
        match self.out.html[start..content_start].find(" class=\"") {
            Some(before) => self.out.insert(start + before + " class=\"".len(), &format!("{class} ")),
            None => self.out.insert(start + "<td".len(), &format!(" class=\"{class}\"")),
        }
    }

    /// Closes a table, its header, a row or a cell.
    pub(super) fn end_table_part(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableCell => return self.end_cell(),
            TagEnd::TableHead => {
                self.running.silent_containers = self.running.silent_containers.saturating_sub(1);
                self.out.push_markup("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.out.push_markup("</tr>\n"),
            _ => self.close_table(),
        }
        self.running.end_line();
    }
}

/// The text of a column header, shortened because it is repeated in each row.
fn column_label(html: &str) -> String {
    let text: String = pieces(html).map(|(text, _)| text).collect();
    shorten(&decode_references(text.trim()), MAX_LABEL_CHARS).into_owned()
}
