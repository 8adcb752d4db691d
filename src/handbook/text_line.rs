//! The lines of a running text, with what their source shows of their layout.

use crate::markdown::{TextPiece, Words};
use crate::placeholder::{label, normalize_words};

/// Separates the cells of a row in the text of a line.
const CELL_END: char = '\u{1f}';
/// Maximum number of lines of a table that are read upwards to find its header.
const MAX_ROWS_ABOVE: usize = 60;
/// Maximum number of words in a line in bold that may be a heading.
const MAX_HEADING_WORDS: usize = 3;

/// The layout of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// A paragraph, an item, or anything else.
    Text,
    /// A short paragraph in bold, which may stand for a heading.
    Bold,
    /// A row of a table with several columns; `is_history` if the table lists the versions of the document.
    Row { is_history: bool },
}

/// A line of a running text: a paragraph, an item or a table row.
pub(super) struct TextLine {
    /// Its text. Lines that start with labels stay apart.
    pub(super) text: String,
    pub(super) kind: LineKind,
}

impl TextLine {
    /// Whether the line may stand for a heading.
    pub(super) fn is_bold_label(&self) -> bool {
        self.kind == LineKind::Bold
    }
}

/// The cells in the text of a row, except empty ones.
pub(super) fn cells(row: &str) -> impl Iterator<Item = &str> {
    row.split(CELL_END).map(str::trim).filter(|cell| !cell.is_empty())
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
    pub(super) fn push(&mut self, piece: &TextPiece) -> Option<TextLine> {
        let (start, end) = (piece.source.start as usize, piece.source.end as usize);
        let between = self.words.text.get(self.end as usize..piece.text.start as usize).unwrap_or_default();
        let ended = if between.contains('\n') { self.finish() } else { None };
        if let Some((_, done)) = self.span {
            let gap = self.source.get(done..start).unwrap_or_default();
            if gap.contains('|') && !gap.contains('\n') {
                self.text.push(CELL_END);
            } else if !between.is_empty() {
                self.text.push(' ');
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
    pub(super) fn finish(&mut self) -> Option<TextLine> {
        let (start, end) = self.span.take()?;
        let mut text = std::mem::take(&mut self.text);
        if text.contains('\n') && !text.lines().all(|line| label(line).is_some()) {
            text = text.replace('\n', " ");
        }
        let kind = self.kind(start, end, &text);
        if !matches!(kind, LineKind::Row { .. }) && text.contains(CELL_END) {
            text = text.replace(CELL_END, " ");
        }
        Some(TextLine { text, kind })
    }

    fn kind(&self, start: usize, end: usize, text: &str) -> LineKind {
        let Some(written) = self.source.get(start..end).filter(|written| !written.contains('\n')) else {
            return LineKind::Text;
        };
        let line_start = self.source[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.source[end..].find('\n').map_or(self.source.len(), |at| end + at);
        let (before, after) = (self.source[line_start..start].trim(), self.source[end..line_end].trim());
        let line = &self.source[line_start..line_end];
        if line.contains('|') {
            let header = header_above(&self.source[..line_start]).filter(|header| columns(header) > 1);
            return header.map_or(LineKind::Text, |header| LineKind::Row { is_history: is_history(header) });
        }
        let is_bold = ["**", "__"].iter().any(|mark| before == *mark && after == *mark && !written.contains(mark));
        let is_heading =
            text.split_whitespace().count() <= MAX_HEADING_WORDS && !text.ends_with(['.', '!', '?', ':', ';']);
        if is_bold && is_heading { LineKind::Bold } else { LineKind::Text }
    }
}

/// The header of the table whose rows end a text.
fn header_above(above: &str) -> Option<&str> {
    let mut lines = above.lines().rev().take(MAX_ROWS_ABOVE).take_while(|line| line.contains('|'));
    let is_delimiter = |line: &&str| line.contains('-') && line.chars().all(|c| " \t|:->".contains(c));
    lines.find(is_delimiter)?;
    lines.next()
}

/// Number of columns of a table with this header.
fn columns(header: &str) -> usize {
    let header = header.trim_matches(|c: char| c.is_whitespace() || c == '>');
    let inner = header.strip_prefix('|').unwrap_or(header);
    inner.strip_suffix('|').unwrap_or(inner).split('|').count()
}

/// Whether a table with this header lists the versions of a document, with who changed what and when.
fn is_history(header: &str) -> bool {
    const VERSION: [&str; 8] = ["version", "revision", "rev", "versión", "versão", "versione", "versie", "wersja"];
    const DAY: [&str; 7] = ["date", "datum", "fecha", "data", "day", "approved", "freigabe"];
    let words = normalize_words(header);
    let has = |known: &[&str]| words.split(' ').any(|word| known.contains(&word));
    has(&VERSION) && has(&DAY)
}
