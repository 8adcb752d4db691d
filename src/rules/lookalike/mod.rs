//! Text that was meant as a link, an image or a footnote but that Markdown reads as plain text.
//!
//! Brackets alone do not indicate a link: lawyers, programmers and forms use them. The search is for a pair of brackets
//! with a sign of a link beside it: another pair, a target, or a second bracket that is never closed.

mod brackets;
mod scan;
mod target;

use std::ops::Range;

pub(super) use brackets::{is_inserted, is_typed, source_of_words, source_offset};
pub(super) use target::ParsedTarget;

use crate::handbook::FileView;

/// Text that looks like a link but is not one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lookalike {
    pub(super) kind: LookalikeKind,
    /// The range in the running text.
    pub(super) range: Range<usize>,
    /// The range of the label between the brackets.
    pub(super) label: Range<usize>,
    /// The range of the target between the brackets; empty if there is none.
    pub(super) target: Range<usize>,
    /// Whether the target is a file or a URL, so that it can only be meant as a link.
    pub(super) is_certain: bool,
}

impl Lookalike {
    /// Whether it is meant as a link only if it names an ID that the handbook has.
    pub(super) fn needs_known_id(&self) -> bool {
        matches!(
            self.kind,
            LookalikeKind::InHtml | LookalikeKind::WideId | LookalikeKind::SpacedId | LookalikeKind::SwappedBrackets
        )
    }
}

/// The reason why a text is not a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LookalikeKind {
    /// `[text](a b.md)`.
    SpaceInTarget,
    /// `[label]: a b.md`.
    SpaceInDefinition,
    /// `[text](b.md`, or `[text(b.md)`.
    Unclosed,
    /// `[a [b](c.md) d](e.md)`.
    Nested,
    /// `[text] (b.md)`.
    SpaceBetween,
    /// `[text] [label]`.
    SpaceBeforeLabel,
    /// `(text)[b.md]`.
    SwappedBrackets,
    /// Full-width brackets.
    Wide,
    /// `[[ID`, or `[[ID]`.
    UnclosedId,
    /// `[ID]]`.
    UnopenedId,
    /// `［［ID］］`.
    WideId,
    /// `[ [ID] ]`.
    SpacedId,
    /// `text](b.md)`.
    Unopened,
    /// `(text)(b.md)`, and other brackets in place of the square ones.
    NotSquare,
    /// `[[]]`.
    EmptyId,
    /// `[[ID]]` in a block of HTML.
    InHtml,
    /// `[text](b.md "a "b" c")`.
    QuotedTitle,
    /// A link in a table whose text has a bar, which ends the cell.
    SplitByBar,
    /// `[text][label]` without a definition of the label.
    UndefinedReference,
    /// `[^1]` without a definition of the footnote.
    UndefinedFootnote,
    /// `<b.md>`, `[text]{b.md}`, `[text]<b.md>`, or anything similar.
    OtherSyntax,
}

/// Finds everything in a file's running text that looks like a link but is not one, in order.
pub(super) fn find_lookalikes(file: &FileView<'_>) -> Vec<Lookalike> {
    let text = file.words.text.as_bytes();
    let context = scan::FileContext::new(file);
    let mut lookalikes = Vec::new();
    let mut line_end = 0;
    while let Some(at) = next_sign(text, line_end) {
        let start = memchr::memrchr(b'\n', &text[..at]).map_or(0, |end| end + 1);
        line_end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |end| at + end + 1);
        scan::scan_line(file, start..line_end, &context, &mut lookalikes);
    }
    lookalikes
}

/// Whether a running text has a bracket with which something that looks like a link may begin.
pub(super) fn may_contain_lookalike(text: &str) -> bool {
    next_sign(text.as_bytes(), 0).is_some()
}

/// The offset of the next bracket that may begin a link: a square, angle or full-width one, or a round one after a
/// closing bracket.
fn next_sign(text: &[u8], from: usize) -> Option<usize> {
    const WIDE: [&str; 3] = ["\u{ff3b}", "\u{3010}", "\u{3014}"];
    let rest = text.get(from..)?;
    let mut marks = memchr::memchr3_iter(b'[', b'<', b'(', rest);
    let narrow = marks.find(|at| rest[*at] != b'(' || matches!(rest[..*at].last(), Some(b']' | b')' | b'}')));
    let before = &rest[..narrow.unwrap_or(rest.len())];
    // In UTF-8, full-width brackets begin with these bytes.
    let mut wide = memchr::memchr2_iter(0xe3, 0xef, before);
    let wide = wide.find(|at| WIDE.iter().any(|mark| rest[*at..].starts_with(mark.as_bytes())));
    wide.or(narrow).map(|at| from + at)
}
