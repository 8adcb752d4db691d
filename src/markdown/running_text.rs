//! Running text under construction, with the source of each piece.

use std::borrow::Cow;
use std::ops::Range;

use super::body::{TextKind, TextPiece};
use super::clause_owner::TextCell;
use crate::place::Span;
use crate::text::without_struck_letters;

/// The running text of a body under construction. Text after `run_start` has not been written as HTML yet.
pub(super) struct RunningText<'s> {
    /// The text of the whole file.
    source: &'s str,
    pub(crate) text: String,
    pub(crate) pieces: Vec<TextPiece>,
    pub(super) run_start: usize,
    /// The table cells, in order.
    pub(super) cells: Vec<TextCell>,
    /// Number of open containers whose words are not part of what the text asserts.
    pub(super) silent_containers: u32,
    /// Number of open containers that strike out their words.
    pub(super) struck_containers: u32,
    /// Whether a letter that is not struck out was added since the last reset.
    pub(super) has_unstruck: bool,
    /// Whether a letter or digit that is struck out was added since the last reset.
    pub(super) has_struck: bool,
    /// Number of open elements of raw HTML that show their words as code.
    pub(super) code_elements: u32,
}

impl<'s> RunningText<'s> {
    /// Creates an empty running text for a file with the text `source`.
    pub(super) fn new(source: &'s str) -> RunningText<'s> {
        RunningText {
            source,
            text: String::new(),
            pieces: Vec::new(),
            run_start: 0,
            cells: Vec::new(),
            silent_containers: 0,
            struck_containers: 0,
            has_unstruck: false,
            has_struck: false,
            code_elements: 0,
        }
    }

    /// Reserves capacity for a source of this many bytes.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.text.reserve(bytes);
        self.pieces.reserve(bytes / 64);
    }

    /// Length in bytes; it fits because source files are smaller than 4 GiB, as [`Span`] requires.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }

    /// Appends prose that comes from `source`.
    pub(super) fn push_prose(&mut self, text: &str, source: Span) {
        let kind = if self.code_elements > 0 { TextKind::Code } else { TextKind::Prose };
        self.push(text, source, kind);
    }

    /// Appends code that comes from `source`.
    pub(super) fn push_code(&mut self, text: &str, source: Span) {
        self.push(text, source, TextKind::Code);
    }

    fn push(&mut self, text: &str, source: Span, kind: TextKind) {
        if text.is_empty() {
            return;
        }
        let start = self.len();
        self.text.push_str(text);
        let valid = if self.struck_containers > 0 { Cow::Borrowed("") } else { without_struck_letters(text) };
        self.has_unstruck |= valid.contains(char::is_alphabetic);
        self.has_struck |= valid.len() < text.len() && text.contains(char::is_alphanumeric);
        let source_text = self.source.get(source.start as usize..source.end as usize);
        // A line break in the source reads as a space.
        let verbatim = source_text.is_some_and(|written| written == text || (text == " " && written == "\n"));
        let asserted = self.silent_containers == 0;
        let piece = TextPiece { text: Span { start, end: self.len() }, source, kind, verbatim, is_asserted: asserted };
        match self.pieces.last_mut() {
            Some(last) if continues(last, &piece) => {
                last.text.end = piece.text.end;
                last.source.end = piece.source.end;
            }
            _ => self.pieces.push(piece),
        }
    }

    /// Excludes the text at some places, in ascending order, from what the text asserts.
    pub(super) fn exclude(&mut self, places: &[Span]) {
        if places.is_empty() {
            return;
        }
        let mut pieces = Vec::with_capacity(self.pieces.len() + 2 * places.len());
        let mut at = 0;
        for piece in std::mem::take(&mut self.pieces) {
            at += places[at..].iter().take_while(|place| place.end <= piece.source.start).count();
            let met = places[at..].iter().take_while(|place| place.start < piece.source.end);
            let mut rest = Some(piece);
            for place in met {
                let Some((before, inner, after)) = rest.take().map(|piece| split_piece(piece, *place)) else { break };
                pieces.extend(before.into_iter().chain(inner));
                rest = after;
            }
            pieces.extend(rest);
        }
        self.pieces = pieces;
    }

    /// Ends the current line, unless it is empty, and removes trailing spaces.
    pub(super) fn end_line(&mut self) {
        while self.text.ends_with(' ') {
            self.text.pop();
            self.trim_last_piece();
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.run_start = self.text.len();
    }

    /// Removes a trailing space from the last piece, if it belonged to that piece.
    fn trim_last_piece(&mut self) {
        let end = self.len();
        let Some(last) = self.pieces.last_mut().filter(|piece| piece.text.end > end) else { return };
        if last.verbatim {
            last.source.end -= 1;
        }
        last.text.end = end;
        if last.text.start == end {
            self.pieces.pop();
        }
    }

    /// Separates two cells.
    pub(super) fn separate_cells(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
        self.run_start = self.text.len();
    }

    /// The text from `start`, trimmed and on one line.
    pub(super) fn text_since(&self, start: u32) -> String {
        let text = self.text.get(start as usize..).unwrap_or_default().trim();
        if text.contains('\n') { text.replace('\n', " ") } else { text.to_owned() }
    }

    /// Whether any text has not been written yet.
    pub(super) fn has_run(&self) -> bool {
        self.run_start < self.text.len()
    }

    /// Takes the range that has not been written yet.
    pub(super) fn take_run(&mut self) -> Range<usize> {
        let run = self.run_start..self.text.len();
        self.run_start = self.text.len();
        run
    }
}

/// Splits a piece into the parts before, inside and after an overlapping place; a piece that is not verbatim cannot be
/// split.
fn split_piece(piece: TextPiece, place: Span) -> (Option<TextPiece>, Option<TextPiece>, Option<TextPiece>) {
    if !piece.verbatim {
        let asserted = piece.is_asserted && !(place.start <= piece.source.start && piece.source.end <= place.end);
        return (None, Some(TextPiece { is_asserted: asserted, ..piece }), None);
    }
    let start = place.start.max(piece.source.start);
    let end = place.end.min(piece.source.end).max(start);
    let text = |at: u32| piece.text.start + (at - piece.source.start);
    let part = |from: u32, to: u32, is_asserted: bool| {
        let (text, source) = (Span { start: text(from), end: text(to) }, Span { start: from, end: to });
        (from < to).then_some(TextPiece { text, source, is_asserted: piece.is_asserted && is_asserted, ..piece })
    };
    (part(piece.source.start, start, true), part(start, end, false), part(end, piece.source.end, true))
}

fn continues(last: &TextPiece, next: &TextPiece) -> bool {
    last.kind == next.kind
        && last.is_asserted == next.is_asserted
        && last.text.end == next.text.start
        && last.source.end == next.source.start
        && last.verbatim
        && next.verbatim
}

/// Maximum count that fits into one byte.
const MAX_COUNT: usize = 255;

/// The number of words, separated by white space.
pub(super) fn count_words(text: &str) -> u32 {
    let count = if has_wide_space(text) {
        text.split_whitespace().count()
    } else {
        let is_space = |byte: u8| (byte == b' ') | (byte.wrapping_sub(b'\t') < 5);
        let begins = |before: u8, byte: u8| u8::from(is_space(before) & !is_space(byte));
        let bytes = text.as_bytes();
        let first = usize::from(bytes.first().is_some_and(|byte| !is_space(*byte)));
        // Counting in single bytes, in chunks that cannot overflow, lets the compiler compare many bytes at once.
        let pairs = bytes.chunks(MAX_COUNT).zip(bytes.get(1..).unwrap_or_default().chunks(MAX_COUNT));
        let in_chunk = |(before, after): (&[u8], &[u8])| {
            usize::from(before.iter().zip(after).map(|(before, byte)| begins(*before, *byte)).sum::<u8>())
        };
        first + pairs.map(in_chunk).sum::<usize>()
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Whether a text contains white space that is not ASCII. In UTF-8, its encoding starts with one of four bytes, none of
/// which is a continuation byte.
fn has_wide_space(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut starts = memchr::memchr3_iter(0xe1, 0xe2, 0xe3, bytes).chain(memchr::memchr_iter(0xc2, bytes));
    starts.any(|at| text[at..].starts_with(char::is_whitespace))
}

/// The number of characters in scripts without spaces between words: each character of Chinese and Japanese counts, and
/// every two of Thai, Lao, Khmer and Burmese, which write sounds. Korean has spaces.
pub(super) fn count_dense(text: &str) -> u32 {
    // In UTF-8, all of them start with one of these bytes. A loop without an early exit is faster.
    let begins = |byte: u8| (0xe0..=0xe9).contains(&byte) & (byte != 0xe2) | (byte == 0xf0);
    if !text.bytes().fold(false, |found, byte| found | begins(byte)) {
        return 0;
    }
    let halves: usize = text.chars().map(half_characters).sum();
    u32::try_from(halves / 2).unwrap_or(u32::MAX)
}

fn half_characters(c: char) -> usize {
    match c {
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => 2,
        '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::count_words;

    #[test]
    fn words_are_what_white_space_of_any_kind_separates() {
        for text in [
            "",
            " ",
            "one",
            " one  two\nthree\t four ",
            "a\u{b}b\u{c}c\r\nd",
            "naïve – “café” costs 5 €",
            "a\u{a0}b\u{85}c\u{2003}d\u{3000}e\u{1680}f\u{2028}g",
            "変更管理\u{3000}手順",
            "é",
            " é ",
        ] {
            assert_eq!(count_words(text) as usize, text.split_whitespace().count(), "{text:?}");
        }
        let letters: String = ('\u{1}'..'\u{4000}').flat_map(|c| ['x', c, 'y']).collect();
        assert_eq!(count_words(&letters) as usize, letters.split_whitespace().count());
        for c in '\u{1}'..='\u{ffff}' {
            let text = format!("x{c}y");
            assert_eq!(count_words(&text) as usize, text.split_whitespace().count(), "{c:?}");
        }
    }
}
