//! Text that was meant as a link, an image or a footnote, and that Markdown reads as plain text.
//!
//! Brackets alone mean nothing: lawyers, programmers and forms use them. What is looked for is a pair of brackets with
//! the sign of a link beside it: another pair, a target, or a second bracket that is never closed.

mod brackets;
mod scan;
mod target;

use std::ops::Range;

pub(super) use brackets::{is_typed, written_at};
pub(super) use target::Written;

use crate::handbook::ParsedFile;

/// Text that looks like a link and is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lookalike {
    pub(super) kind: Kind,
    /// Where it is in the running text.
    pub(super) range: Range<usize>,
    /// What is shown, between the brackets.
    pub(super) label: Range<usize>,
    /// What it was to lead to, between the brackets; empty when nothing is there.
    pub(super) target: Range<usize>,
    /// Whether the target names a file or an address, so that nothing but a link can be meant.
    pub(super) certain: bool,
}

/// What keeps a text from being a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `[text](a b.md)`.
    SpaceInTarget,
    /// `[text](b.md`, or `[text(b.md)`.
    Unclosed,
    /// `[a [b](c.md) d](e.md)`.
    Nested,
    /// `[text] (b.md)`.
    Gap,
    /// `(text)[b.md]`.
    Exchanged,
    /// Brackets of a wide keyboard.
    Wide,
    /// `[[ID`, or `[[ID]`.
    UnclosedId,
    /// `[text][label]`, and no such label.
    UndefinedReference,
    /// `[^1]`, and no such footnote.
    UndefinedFootnote,
    /// `<b.md>`, `[text]{b.md}`, `[text]<b.md>`, or anything else of that look.
    Unread,
}

/// Everything in a file's running text that looks like a link and is none, in order.
pub(super) fn lookalikes(file: &ParsedFile) -> Vec<Lookalike> {
    let text = file.body.text.as_str();
    let may_hold = |line: &str| line.contains(['[', '<', '\u{ff3b}', '\u{3010}', '\u{3014}']);
    if !may_hold(text) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if may_hold(line) {
            scan::line(file, start..start + line.len(), &mut found);
        }
        start += line.len();
    }
    found
}
