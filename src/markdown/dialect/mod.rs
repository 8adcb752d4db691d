//! Markdown of other dialects, rewritten so that the parser reads it as its author meant it.
//!
//! Teams bring texts from MkDocs, Docusaurus, GitBook, Obsidian and GitHub. Their alerts become quotes that are known to be alerts, a colon
//! makes a definition only where one is meant, and links by id stand in tables. A text is rewritten in rounds: the parser says what
//! is code, the outermost marks outside it are rewritten, and what was inside of them comes next. All places are kept,
//! and a text without such marks, as nearly all are, is not even copied.

mod alert;
mod attributes;
mod definition;
mod kind;
mod line;
mod opening;
mod outline;
mod wiki;

use std::ops::Range;

use super::body::Size;
use super::rewrite::{Edits, Shifts};
use outline::Outline;

pub(super) use alert::{Alert, Title};
pub(super) use kind::Look;
pub(super) use opening::Fold;

/// A text as the parser shall read it.
pub(super) struct Rewritten {
    pub(crate) text: String,
    shifts: Vec<Shifts>,
    /// Quotes that are alerts, by where they begin.
    pub(crate) alerts: Vec<Alert>,
    /// Sizes of images, with where each image ends.
    pub(crate) sizes: Vec<(usize, Size)>,
    /// What the author has to know, at its place.
    pub(crate) remarks: Vec<(Remark, Range<usize>)>,
}

/// What was not read as its author meant it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// An alert that is opened and never closed.
    Unclosed,
    /// Attributes that were dropped.
    Attributes,
    /// Attributes that ask for a table of contents.
    Contents,
}

/// Most rounds, which is how deep alerts may nest.
const ROUNDS: usize = 16;

/// Rewrites a text; `None` when there is nothing to rewrite.
pub(super) fn rewrite(text: &str) -> Option<Rewritten> {
    if !may_hold_marks(text) {
        return None;
    }
    let mut rewritten = Rewritten {
        text: text.to_owned(),
        shifts: Vec::new(),
        alerts: Vec::new(),
        sizes: Vec::new(),
        remarks: Vec::new(),
    };
    for _ in 0..ROUNDS {
        if !rewritten.round() {
            break;
        }
    }
    rewritten.alerts.sort_by_key(|alert| alert.at);
    (!rewritten.shifts.is_empty()).then_some(rewritten)
}

impl Rewritten {
    /// Where a stretch of the rewritten text was before.
    pub(crate) fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_start(range.start);
        let end = self.shifts.iter().rev().fold(range.end, |at, shifts| shifts.end(at));
        start..end.max(start)
    }

    /// What was taken out, in order, in the text before any rewriting.
    pub(crate) fn marks(&self) -> Vec<Range<usize>> {
        let before = |rounds: usize, range: &Range<usize>| {
            let shifts = self.shifts.get(..rounds).unwrap_or_default();
            let start = shifts.iter().rev().fold(range.start, |at, shifts| shifts.start(at));
            start..shifts.iter().rev().fold(range.end, |at, shifts| shifts.end(at))
        };
        let rounds = self.shifts.iter().enumerate();
        let mut marks: Vec<Range<usize>> =
            rounds.flat_map(|(round, shifts)| shifts.removed().map(move |range| before(round, range))).collect();
        marks.sort_by_key(|mark| mark.start);
        marks
    }

    fn source_start(&self, at: usize) -> usize {
        self.shifts.iter().rev().fold(at, |at, shifts| shifts.start(at))
    }

    /// Rewrites what is outermost; false when there was nothing.
    fn round(&mut self) -> bool {
        let lines = line::lines(&self.text);
        let outline = Outline::of(&self.text);
        let mut edits = Edits::default();
        let found = alert::rewrite(&self.text, &lines, &outline, &mut edits);
        let mut taken = Vec::new();
        if found.blocks.is_empty() {
            // What is within an alert has its turn when the alert is a quote.
            wiki::rewrite(&self.text, &lines, &outline, &mut edits);
            definition::rewrite(&self.text, &outline, &mut edits);
            taken = attributes::rewrite(&self.text, &lines, &outline, &mut edits);
        }
        if edits.is_empty() {
            return false;
        }
        self.keep(found, taken);
        let (text, shifts) = edits.apply(&self.text);
        self.text = text;
        self.shifts.push(shifts);
        true
    }

    /// Keeps what was found, at its place in the text before any rewriting.
    fn keep(&mut self, found: alert::Found, taken: Vec<attributes::Taken>) {
        for alert in found.alerts {
            let at = self.source_start(alert.at);
            self.alerts.push(Alert { at, ..alert });
        }
        for range in found.unclosed {
            self.remarks.push((Remark::Unclosed, self.source(range)));
        }
        for attributes::Taken { range, size, end, is_contents } in taken {
            match size {
                Some(size) => self.sizes.push((self.source(end..end).end, size)),
                None => {
                    let remark = if is_contents { Remark::Contents } else { Remark::Attributes };
                    self.remarks.push((remark, self.source(range)));
                }
            }
        }
    }
}

/// Whether a text may hold marks that are rewritten; quick, and true too often rather than too rarely.
fn may_hold_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    let has = |mark: &[u8]| memchr::memmem::find(bytes, mark).is_some();
    [&b"]{"[..], b"){", b"`{", b"*{", b"_{", b"]](", b"]]["].iter().any(|mark| has(mark))
        || memchr::memmem::find_iter(bytes, b"[!").any(|at| !is_known_alert(&bytes[at..]))
        || byte_lines(bytes).any(|line| starts_with_mark(line) || has_links_by_id(line))
}

/// Whether a link by id stands in a row of a table or within another link.
fn has_links_by_id(line: &[u8]) -> bool {
    let Some(first) = memchr::memmem::find(line, b"[[") else { return false };
    has_bars(line) || memchr::memrchr2(b'[', b']', &line[..first]).is_some_and(|at| line[at] == b'[') || {
        memchr::memmem::find_iter(line, b"[[")
            .skip(1)
            .any(|at| memchr::memrchr2(b'[', b']', &line[..at]).is_some_and(|before| line[before] == b'['))
    }
}

/// Whether the parser knows the mark of an alert.
fn is_known_alert(mark: &[u8]) -> bool {
    [&b"[!NOTE]"[..], b"[!TIP]", b"[!IMPORTANT]", b"[!WARNING]", b"[!CAUTION]"]
        .iter()
        .any(|known| mark.strip_prefix(*known).is_some_and(|rest| matches!(rest.first(), None | Some(b'\n' | b'\r'))))
}

/// Lines without their ends.
fn byte_lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends = memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]);
    ends.scan(0, move |start, end| {
        let line = &bytes[*start..end];
        *start = end + 1;
        Some(line)
    })
}

/// Whether a line has two bars: one of a table's row and one of a label.
fn has_bars(line: &[u8]) -> bool {
    memchr::memchr_iter(b'|', line).nth(1).is_some()
}

/// Whether a line begins with a mark, after white space and marks of quotes and lists.
fn starts_with_mark(line: &[u8]) -> bool {
    let is_outer = |byte: &u8| matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'.' | b')' | b'0'..=b'9');
    let line = line.trim_ascii_start();
    let line = &line[line.iter().take_while(|byte| is_outer(byte)).count()..];
    match line.first() {
        Some(b':' | b'{') => true,
        Some(b'!') => line.starts_with(b"!!!"),
        Some(b'?') => line.starts_with(b"???"),
        _ => false,
    }
}
