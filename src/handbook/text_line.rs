//! The lines of a running text, with what their source shows of their layout.

use std::borrow::Cow;

use super::table_source::{TableRow, html_row, markdown_header, unescaped_bars};
use crate::markdown::{TextPiece, Words};
use crate::placeholder::label;

/// Separates the cells of a row in the text of a line.
const CELL_END: char = '\u{1f}';
/// Maximum number of words in a line in bold that may be a heading.
const MAX_HEADING_WORDS: usize = 3;

/// The layout of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LineKind<'a> {
    /// A paragraph, an item, or anything else.
    Text,
    /// A short paragraph in bold, which may serve as a heading.
    Bold,
    /// The text beside a box that is not ticked.
    OpenBox,
    /// A row of a table with several columns.
    Row(TableRow<'a>),
}

/// A line of a running text: a paragraph, an item or a table row.
pub(super) struct TextLine<'a> {
    /// Its text, with line ends as in the source.
    pub(super) text: String,
    pub(super) kind: LineKind<'a>,
    /// The offset of its start in the source, in bytes.
    pub(super) start: usize,
}

impl TextLine<'_> {
    /// Whether the line may serve as a heading.
    pub(super) fn is_bold_label(&self) -> bool {
        self.kind == LineKind::Bold
    }
}

/// The text of a line without the line ends of its source. Lines that start with labels stay apart.
pub(super) fn joined(text: &str) -> Cow<'_, str> {
    match text.contains('\n') && !text.lines().all(|line| label(line).is_some()) {
        true => text.replace('\n', " ").into(),
        false => text.into(),
    }
}

/// Joins pieces of running text to lines.
pub(super) struct TextLines<'a> {
    words: &'a Words,
    source: &'a str,
    text: String,
    /// The source of the open line.
    span: Option<(usize, usize)>,
    /// The end of the open line in the running text.
    end: u32,
}

impl<'a> TextLines<'a> {
    /// Reads lines from the running text of a file with the text `source`.
    pub(super) fn new(words: &'a Words, source: &'a str) -> TextLines<'a> {
        TextLines { words, source, text: String::new(), span: None, end: 0 }
    }

    /// Adds a piece, and returns the line that ended before it.
    pub(super) fn push(&mut self, piece: &TextPiece) -> Option<TextLine<'a>> {
        let (start, end) = (piece.source.start as usize, piece.source.end as usize);
        let between = self.words.text.get(self.end as usize..piece.text.start as usize).unwrap_or_default();
        let ended = if between.contains('\n') { self.finish() } else { None };
        if let Some((_, done)) = self.span {
            let gap = self.source.get(done..start).unwrap_or_default();
            let cells = if gap.contains('\n') { 0 } else { cell_ends(gap) };
            match cells {
                0 if between.is_empty() => {}
                0 => self.text.push(' '),
                _ => self.text.extend(std::iter::repeat_n(CELL_END, cells)),
            }
        }
        let text = self.words.text.get(piece.text.start as usize..piece.text.end as usize).unwrap_or_default();
        match self.source.get(start..end).filter(|_| piece.verbatim) {
            // The running text has spaces where its source has line ends.
            Some(written) => self.text.push_str(written),
            None => self.text.push_str(text),
        }
        self.span = Some((self.span.map_or(start, |(first, _)| first.min(start)), end));
        self.end = piece.text.end;
        ended
    }

    /// Returns the open line.
    pub(super) fn finish(&mut self) -> Option<TextLine<'a>> {
        let (start, end) = self.span.take()?;
        let mut text = std::mem::take(&mut self.text);
        if text.contains(":::") {
            text = without_fences(&text);
        }
        let kind = self.kind(start, end, &text);
        if text.contains(CELL_END) {
            text = text.replace(CELL_END, " ");
        }
        Some(TextLine { text, kind, start })
    }

    fn kind(&self, start: usize, end: usize, text: &str) -> LineKind<'a> {
        let Some(written) = self.source.get(start..end) else { return LineKind::Text };
        if let Some(row) = html_row(self.source, start) {
            return LineKind::Row(row);
        }
        if written.contains('\n') {
            return LineKind::Text;
        }
        let line_start = self.source[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.source[end..].find('\n').map_or(self.source.len(), |at| end + at);
        let (before, after) = (self.source[line_start..start].trim(), self.source[end..line_end].trim());
        if self.source[line_start..line_end].contains('|') {
            let header = markdown_header(&self.source[..line_start]);
            let is_outer = before.starts_with('|') || before.trim_start_matches(['>', ' ']).starts_with('|');
            let empty = cell_ends(before).saturating_sub(usize::from(is_outer));
            let cells = std::iter::repeat_n("", empty).chain(text.split(CELL_END));
            return header.map_or(LineKind::Text, |header| {
                LineKind::Row(TableRow::in_markdown(cells, header, line_start..line_end))
            });
        }
        if before.ends_with("[ ]") {
            return LineKind::OpenBox;
        }
        let is_bold = ["**", "__"].iter().any(|mark| before == *mark && after == *mark && !written.contains(mark));
        let is_heading =
            text.split_whitespace().count() <= MAX_HEADING_WORDS && !text.ends_with(['.', '!', '?', ':', ';']);
        if is_bold && is_heading { LineKind::Bold } else { LineKind::Text }
    }
}

/// Number of cells that end in a source text: bars that are not escaped.
fn cell_ends(source: &str) -> usize {
    unescaped_bars(source).count()
}

/// The text without lines of colons, which close a block of another tool.
fn without_fences(text: &str) -> String {
    let is_fence = |line: &&str| line.trim().len() >= 3 && line.trim().bytes().all(|byte| byte == b':');
    text.lines().filter(|line| !is_fence(line)).collect::<Vec<_>>().join("\n")
}
