//! Tables of registers in the documents that own them: where a block places them, otherwise at the end of the document.

mod cells;
mod row;

use std::fmt::Write;

use super::entries::tone;
use super::portal::Portal;
use crate::assess::EntryState;
use crate::handbook::{BlockSource, DocumentIndex};
use crate::html::{escape, escape_text, pieces};
use crate::markdown::CodeBlock;
use crate::register::{
    Block, BlockContent, Condition, ENTRY_COLUMN, PagePlace, STATE_COLUMN, Value, column_key, read_block,
};
use crate::url::SitePath;
pub(super) use cells::CellWriter;
use row::{TableRow, indicator_of};

/// A cell with more visible characters than this is shown wide.
const WIDE_CELL_CHARS: usize = 60;

/// The maximum number of rows of a table.
const MAX_ROWS: usize = 200;
/// The maximum number of rows of all tables in a document.
const MAX_DOCUMENT_ROWS: usize = 300;

/// Parses a block; `None` if it cannot be shown.
fn parse_block(portal: &Portal<'_>, code: &CodeBlock) -> Option<Block> {
    let block = read_block(&code.arguments, &code.source, portal.reading.settings.register_terms()).ok()?;
    portal.reading.impossible_values(&block).is_empty().then_some(block)
}

/// Writes the table of a block, or a notice that it is left out. Returns `false` without writing anything if the block
/// is to be shown as written.
pub(super) fn write_block(
    portal: &Portal<'_>,
    out: &mut String,
    document: DocumentIndex,
    page: &SitePath,
    code: &CodeBlock,
    name: &str,
) -> bool {
    if !code.is_register() {
        return false;
    }
    let handbook = &portal.reading.handbook;
    match parse_block(portal, code).map(|block| (handbook.block_source(document, &block), block)) {
        Some((BlockSource::Owned(owner), block)) => {
            let number = count_earlier(portal, document, block.content, code.span.start) + 1;
            RegisterTable { portal, owner, page, name, number, max_rows: max_rows(portal, document) }
                .write(out, &block);
            return true;
        }
        Some((BlockSource::LeftOut, _)) => {}
        _ if handbook.block_names_withheld(&code.arguments, &code.source) => {}
        _ => return false,
    }
    out.push_str("<p class=\"register-table\">");
    escape_text(out, portal.labels.text("entries.left_out"));
    out.push_str("</p>");
    true
}

/// Writes the registers that a document owns and none of its blocks shows.
pub(super) fn write_unshown(portal: &Portal<'_>, out: &mut String, owner: DocumentIndex, page: &SitePath, name: &str) {
    let row_limit = max_rows(portal, owner);
    for kind in unshown_registers(portal, owner) {
        let number = count_earlier(portal, owner, kind, u32::MAX) + 1;
        RegisterTable { portal, owner, page, name, number, max_rows: row_limit }
            .write(out, &Block::with_defaults(kind));
    }
}

/// The blocks of a document that can be shown.
fn blocks(portal: &Portal<'_>, document: DocumentIndex) -> impl Iterator<Item = Block> {
    let code = portal.document(document).file.body.code.iter().filter(|code| code.is_register());
    code.filter_map(|code| parse_block(portal, code))
}

/// The number of blocks before a position that show the same register.
fn count_earlier(portal: &Portal<'_>, document: DocumentIndex, shown: BlockContent, place: u32) -> usize {
    let code = portal.document(document).file.body.code.iter();
    let earlier = code.take_while(|code| code.span.start < place).filter(|code| code.is_register());
    earlier.filter_map(|code| parse_block(portal, code)).filter(|block| block.content == shown).count()
}

/// The registers that a document owns and none of its blocks shows.
fn unshown_registers(portal: &Portal<'_>, owner: DocumentIndex) -> Vec<BlockContent> {
    let handbook = &portal.reading.handbook;
    let is_own = |block: &Block| handbook.block_source(owner, block) == BlockSource::Owned(owner);
    let shown: Vec<BlockContent> = blocks(portal, owner).filter(is_own).map(|block| block.content).collect();
    handbook
        .registers
        .kinds_of(owner)
        .into_iter()
        .map(BlockContent::Kind)
        .filter(|kind| !shown.contains(kind))
        .collect()
}

/// The maximum number of rows per table, so that all tables of a document stay within [`MAX_DOCUMENT_ROWS`].
fn max_rows(portal: &Portal<'_>, document: DocumentIndex) -> usize {
    let tables = blocks(portal, document).count() + unshown_registers(portal, document).len();
    (MAX_DOCUMENT_ROWS / tables.max(1)).min(MAX_ROWS)
}

/// The number of characters in a cell's markup that are visible, with each entity as several.
fn visible_chars(cell: &str) -> usize {
    pieces(cell).map(|(text, _)| text.chars().count()).sum()
}

/// A table of entries.
struct RegisterTable<'a> {
    portal: &'a Portal<'a>,
    owner: DocumentIndex,
    page: &'a SitePath,
    /// The escaped prefix of its name on a page with several documents.
    name: &'a str,
    /// The number among the document's tables of the same register, from 1.
    number: usize,
    /// The maximum number of rows.
    max_rows: usize,
}

impl<'a> RegisterTable<'a> {
    fn write(&self, out: &mut String, block: &Block) {
        let labels = self.portal.labels;
        let key = format!("entries.kind.{}", block.content.as_str());
        let title = labels.text(&key);
        let mut rows = self.rows(block.content);
        let is_empty = rows.is_empty();
        rows.retain(|row| self.fits(block, row));
        // States and conditions on them refer to the build's day.
        let is_of_day = block.columns.contains(&STATE_COLUMN)
            || block.conditions.iter().any(|condition| condition.column == STATE_COLUMN);
        out.extend(["<div class=\"register-table\"", if is_of_day { " data-day=\"build\">" } else { ">" }]);
        if rows.is_empty() {
            out.push_str("<p>");
            escape_text(out, &labels.fill(self.empty_label(block, is_empty), &[("kind", title)]));
            out.push_str("</p>");
        } else {
            out.push_str("<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"");
            out.push_str(self.name);
            escape(out, title);
            // Each region of a page needs a different name.
            if self.number > 1 {
                let _ = write!(out, " {}", self.number);
            }
            out.push_str("\"><table class=\"cards\"><caption>");
            escape_text(out, title);
            out.push_str("</caption>");
            self.write_rows(out, block, &rows);
            out.push_str("</table></div>");
            self.write_unreadable(out, block.content, title);
        }
        out.push_str("<p class=\"fine\">");
        if rows.len() > self.max_rows {
            self.write_more(out, block.content, &labels.count("count.more", rows.len() - self.max_rows));
        }
        escape_text(out, labels.text("entries.outside"));
        if is_of_day {
            out.push(' ');
            let date = labels.day(self.portal.assessment.clock.as_of);
            escape_text(out, &labels.fill("day.build", &[("date", &date)]));
        }
        out.push_str("</p></div>\n");
    }

    /// Writes that the table lacks entries that cannot be read, if there are any.
    fn write_unreadable(&self, out: &mut String, content: BlockContent, title: &str) {
        if self.portal.reading.handbook.registers.has_unreadable(self.owner, content) {
            out.push_str("<p>");
            escape_text(out, &self.portal.labels.fill("entries.unreadable", &[("kind", title)]));
            out.push_str("</p>");
        }
    }

    /// Writes the number of omitted rows, with a link to the page that lists all, if there is one.
    fn write_more(&self, out: &mut String, content: BlockContent, words: &str) {
        let (key, page) = match content {
            BlockContent::Kind(kind) => match kind.row().page {
                PagePlace::Each(folder) => (kind.row().name, format!("{folder}/index")),
                PagePlace::List(name) => (kind.row().name, name.to_owned()),
            },
            BlockContent::Actions => ("actions", "actions".to_owned()),
            BlockContent::Decisions => ("management_reviews", "management-reviews".to_owned()),
        };
        if self.portal.has_navigation_item(key) {
            out.push_str("<a href=\"");
            escape(out, &SitePath::page(&page).relative_to(self.page));
            out.push_str("\">");
            escape_text(out, words);
            out.push_str("</a>. ");
        } else {
            escape_text(out, words);
            out.push_str(". ");
        }
    }

    /// The label of a table without rows. Entries that could not be read and states that an edition does not show are
    /// unknown, so the label does not say that there are none.
    fn empty_label(&self, block: &Block, is_empty: bool) -> &'static str {
        let registers = &self.portal.reading.handbook.registers;
        let asks_state = block.conditions.iter().any(|condition| condition.column == STATE_COLUMN);
        match () {
            () if registers.has_unreadable(self.owner, block.content) => "entries.unreadable",
            () if asks_state && !self.portal.shows_figures() => "entries.no_states",
            () if is_empty => "entries.none",
            () => "entries.no_match",
        }
    }

    fn write_rows(&self, out: &mut String, block: &Block, rows: &[TableRow<'_>]) {
        let head = |column: &&'static str| self.portal.labels.text(&format!("entries.column.{column}")).to_owned();
        let columns: Vec<(&str, String)> = block.columns.iter().map(|column| (*column, head(column))).collect();
        let mut cell = String::new();
        out.push_str("<thead><tr>");
        for (_, head) in &columns {
            out.push_str("<th scope=\"col\">");
            escape_text(out, head);
            out.push_str("</th>");
        }
        out.push_str("</tr></thead><tbody>\n");
        for row in rows.iter().take(self.max_rows) {
            out.push_str("<tr>");
            for (column, head) in &columns {
                cell.clear();
                self.cell(&mut cell, row, column);
                out.push_str(if visible_chars(&cell) > WIDE_CELL_CHARS {
                    "<td class=\"long\" data-label=\""
                } else {
                    "<td data-label=\""
                });
                escape(out, head);
                out.extend(["\">", &cell, "</td>"]);
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>");
    }

    /// The document's entries that are known on the build's day, or their actions.
    fn rows(&self, content: BlockContent) -> Vec<TableRow<'a>> {
        let Portal { reading, assessment, .. } = *self.portal;
        let mut rows = Vec::new();
        for (index, placed_entry) in
            reading.handbook.registers.indexed().filter(|(_, placed)| placed.owner == self.owner)
        {
            let Some(life) = assessment.entry(index).copied() else { continue };
            let row = TableRow { index, placed_entry, life, action: None };
            let actions = |decisions: bool| {
                let actions = placed_entry.entry.actions().filter(move |action| action.is_decision == decisions);
                actions.map(move |action| TableRow { action: Some(action), ..row })
            };
            match content {
                BlockContent::Kind(kind) => rows.extend((placed_entry.entry.kind == kind).then_some(row)),
                BlockContent::Actions => rows.extend(actions(false)),
                BlockContent::Decisions => rows.extend(actions(true)),
            }
        }
        rows
    }

    /// Whether a row matches all conditions of a block.
    fn fits(&self, block: &Block, row: &TableRow<'_>) -> bool {
        let has_value = |condition: &Condition, text: &str| condition.values().any(|value| value == text);
        block.conditions.iter().all(|condition| match condition.column {
            STATE_COLUMN => has_value(condition, self.state(row).as_str()),
            ENTRY_COLUMN => has_value(condition, row.placed_entry.id()),
            // The date that the column shows, even if it comes from the grade or was postponed.
            "due" if row.action.is_none() && row.life.due.is_some() => {
                row.life.due.is_some_and(|due| has_value(condition, &due.to_string()))
            }
            column => {
                let value = row.record().get(column_key(column));
                value.is_some_and(|value| self.portal.reading.matches(condition, &value.value))
            }
        })
    }

    fn state(&self, row: &TableRow<'_>) -> EntryState {
        row.action.map_or(row.life.state, |action| self.portal.action_state(action))
    }

    fn cell(&self, out: &mut String, row: &TableRow<'_>, column: &str) {
        match column {
            STATE_COLUMN => {
                let state = self.state(row).as_str();
                let tone = tone(self.state(row)).as_str();
                let _ = write!(out, "<span class=\"mark\" data-state=\"{tone}\">");
                match row.action {
                    None => escape_text(out, self.portal.state_word(row.index)),
                    Some(_) => escape_text(out, self.portal.labels.text(&format!("entries.state.{state}"))),
                }
                out.push_str("</span>");
            }
            ENTRY_COLUMN => self.cell_writer().entry_link(out, row.index, row.placed_entry.id()),
            "due" if row.action.is_none() && row.life.due.is_some() => {
                let due = row.life.due.map(|due| due.to_string());
                escape_text(out, &due.unwrap_or_default());
            }
            "id" if row.action.is_none() => self.cell_writer().entry_link(out, row.index, row.placed_entry.id()),
            "note" if row.action.is_none() && row.placed_entry.note.is_some() => {
                self.portal.write_note(out, row.index, self.page);
            }
            "values" if row.action.is_none() => self.values(out, row),
            "target" if row.action.is_none() => {
                match (self.portal.entry_target(row.index), row.record().text("target")) {
                    (Some(target), _) => escape_text(out, &self.portal.target(&target)),
                    (None, written) => escape_text(out, written.unwrap_or("–")),
                }
            }
            column => match (row.record().get(column_key(column)).map(|value| &value.value), row.action) {
                (Some(Value::Text(text)), None) => {
                    escape_text(out, self.portal.word(row.placed_entry.entry.kind, column_key(column), text));
                }
                (Some(value), _) => self.cell_writer().value(out, value),
                (None, _) => out.push('–'),
            },
        }
    }
}
