//! Running text as it grows, with the place of every stretch.

use std::ops::Range;

use super::body::{TextKind, TextPiece};
use crate::place::Span;

/// The text of a body under construction. What stands after `run_start` has not been written as HTML yet.
#[derive(Default)]
pub(super) struct RunningText {
    pub text: String,
    pub pieces: Vec<TextPiece>,
    pub run_start: usize,
}

impl RunningText {
    /// Length in bytes; texts are shorter than 4 GiB, as [`Span`] demands.
    pub fn len(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }

    /// Adds prose that was written at `source`.
    pub fn prose(&mut self, text: &str, source: Span) {
        self.push(text, source, TextKind::Prose);
    }

    /// Adds code that was written at `source`.
    pub fn code(&mut self, text: &str, source: Span) {
        self.push(text, source, TextKind::Code);
    }

    fn push(&mut self, text: &str, source: Span, kind: TextKind) {
        if text.is_empty() {
            return;
        }
        let start = self.len();
        self.text.push_str(text);
        let piece = TextPiece { text: Span { start, end: self.len() }, source, kind };
        match self.pieces.last_mut() {
            Some(last) if continues(last, &piece) => {
                last.text.end = piece.text.end;
                last.source.end = piece.source.end;
            }
            _ => self.pieces.push(piece),
        }
    }

    /// Ends a line, unless one has just ended. Space at its end goes.
    pub fn end_line(&mut self) {
        while self.text.ends_with(' ') {
            self.text.pop();
            self.shorten_pieces();
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.run_start = self.text.len();
    }

    /// Takes a removed space out of the last piece, if it belonged to one.
    fn shorten_pieces(&mut self) {
        let end = self.len();
        let Some(last) = self.pieces.last_mut().filter(|piece| piece.text.end > end) else { return };
        if last.is_verbatim() {
            last.source.end -= 1;
        }
        last.text.end = end;
        if last.text.start == end {
            self.pieces.pop();
        }
    }

    /// Keeps two cells apart.
    pub fn separate(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
        self.run_start = self.text.len();
    }

    /// The text from `start` on, without white space around it and on one line.
    pub fn since(&self, start: u32) -> String {
        let text = self.text.get(start as usize..).unwrap_or_default().trim();
        if text.contains('\n') { text.replace('\n', " ") } else { text.to_owned() }
    }

    /// Takes the stretch that has not been written yet.
    pub fn take_run(&mut self) -> Range<usize> {
        let run = self.run_start..self.text.len();
        self.run_start = self.text.len();
        run
    }
}

fn continues(last: &TextPiece, next: &TextPiece) -> bool {
    last.kind == next.kind
        && last.text.end == next.text.start
        && last.source.end == next.source.start
        && last.is_verbatim()
        && next.is_verbatim()
}

/// The number of words, as white space separates them.
pub(super) fn count_words(text: &str) -> u32 {
    let count = if text.is_ascii() {
        text.as_bytes().split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count()
    } else {
        text.split_whitespace().count()
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}
