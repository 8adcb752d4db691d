//! Brackets in a line that an author typed as such, neither escaped nor in code.

use std::ops::Range;

use crate::handbook::FileView;
use crate::markdown::{TextKind, TextPiece};
use crate::place::SourceText;

/// A bracket in running text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bracket {
    /// The offset in the text, in bytes.
    pub(super) at: usize,
    pub(super) character: char,
    pub(super) shape: Shape,
    pub(super) opens: bool,
    /// The index of the bracket that closes this one; `None` for a closing bracket or one that is never closed.
    pub(super) partner: Option<usize>,
    /// Whether it closes another.
    closes_another: bool,
}

/// The shape of a bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Square,
    Round,
    Angle,
    Curly,
}

/// Every bracket to look for, including full-width ones.
const BRACKETS: [(char, Shape, bool); 16] = [
    ('[', Shape::Square, true),
    (']', Shape::Square, false),
    ('(', Shape::Round, true),
    (')', Shape::Round, false),
    ('<', Shape::Angle, true),
    ('>', Shape::Angle, false),
    ('{', Shape::Curly, true),
    ('}', Shape::Curly, false),
    ('\u{ff3b}', Shape::Square, true),
    ('\u{ff3d}', Shape::Square, false),
    ('\u{3010}', Shape::Square, true),
    ('\u{3011}', Shape::Square, false),
    ('\u{3014}', Shape::Square, true),
    ('\u{3015}', Shape::Square, false),
    ('\u{ff08}', Shape::Round, true),
    ('\u{ff09}', Shape::Round, false),
];

impl Bracket {
    /// The end offset in the text.
    pub(super) fn end(&self) -> usize {
        self.at + self.character.len_utf8()
    }

    /// Whether it is full-width.
    pub(super) fn is_wide(&self) -> bool {
        !self.character.is_ascii()
    }

    fn matches(&self, shape: Shape, opens: bool) -> bool {
        self.shape == shape && self.opens == opens
    }
}

/// The brackets of a line of running text, each with its partner.
#[derive(Debug)]
pub(super) struct Brackets(Vec<Bracket>);

impl Brackets {
    /// Finds the brackets of a range of a file's running text.
    pub(super) fn find(file: &FileView<'_>, line: Range<usize>) -> Brackets {
        let letters = file.words.text[line.clone()].char_indices();
        let symbols = letters.filter(|(_, letter)| !letter.is_ascii() || letter.is_ascii_punctuation());
        let bracket_chars = symbols.filter_map(|(at, c)| {
            let (sign, shape, opens) = BRACKETS.into_iter().find(|(sign, ..)| *sign == c)?;
            Some(Bracket { at: line.start + at, character: sign, shape, opens, partner: None, closes_another: false })
        });
        let mut brackets: Vec<Bracket> = bracket_chars.filter(|bracket| is_typed(file, bracket.at)).collect();
        for shape in [Shape::Square, Shape::Round, Shape::Angle, Shape::Curly] {
            pair(&mut brackets, shape);
        }
        Brackets(brackets)
    }

    /// The opening brackets of a shape, each with its index.
    pub(super) fn opening(&self, shape: Shape) -> impl Iterator<Item = (usize, Bracket)> + '_ {
        self.0.iter().copied().enumerate().filter(move |(_, bracket)| bracket.matches(shape, true))
    }

    /// The bracket that closes another.
    pub(super) fn partner(&self, bracket: Bracket) -> Option<Bracket> {
        bracket.partner.and_then(|number| self.0.get(number).copied())
    }

    /// The brackets after another, in order.
    pub(super) fn following(&self, bracket: Bracket) -> impl Iterator<Item = Bracket> + '_ {
        let next = self.0.partition_point(|other| other.at <= bracket.at);
        self.0[next..].iter().copied()
    }

    /// Closing square brackets without an opening one.
    pub(super) fn strays(&self) -> impl Iterator<Item = Bracket> + '_ {
        self.0.iter().copied().filter(|bracket| bracket.matches(Shape::Square, false) && !bracket.closes_another)
    }

    /// Whether there is a closing square bracket without an opening one at an offset.
    pub(super) fn is_stray(&self, at: usize) -> bool {
        let number = self.0.binary_search_by_key(&at, |bracket| bracket.at).ok();
        let bracket = number.and_then(|number| self.0.get(number));
        bracket.is_some_and(|bracket| bracket.matches(Shape::Square, false) && !bracket.closes_another)
    }

    /// The opening bracket at an offset.
    pub(super) fn opening_at(&self, at: usize) -> Option<Bracket> {
        let number = self.0.binary_search_by_key(&at, |bracket| bracket.at).ok()?;
        self.0.get(number).copied().filter(|bracket| bracket.opens)
    }
}

fn pair(brackets: &mut [Bracket], shape: Shape) {
    let mut open = Vec::new();
    for at in 0..brackets.len() {
        if brackets[at].matches(shape, true) {
            open.push(at);
        } else if brackets[at].matches(shape, false)
            && let Some(first) = open.pop()
        {
            brackets[first].partner = Some(at);
            brackets[at].closes_another = true;
        }
    }
}

/// The text from which a file's words were read, including inserted files, and the pieces of its words in it.
pub(in crate::rules) fn source_of_words<'f>(file: &'f FileView<'_>) -> (&'f SourceText, &'f [TextPiece]) {
    match &file.body.included.whole_text {
        Some(whole_text) => (&whole_text.text, &whole_text.pieces),
        None => (&file.source, &file.words.pieces),
    }
}

/// Whether a character of running text was inserted from another file, where no fix can reach it.
pub(in crate::rules) fn is_inserted(file: &FileView<'_>, at: usize) -> bool {
    let (text, pieces) = source_of_words(file);
    text.origin().is_some_and(|origin| piece_at(pieces, at).is_some_and(|piece| origin.is_inserted(piece.source)))
}

/// Whether a character of running text was written as it reads, outside code and without a backslash before it.
pub(in crate::rules) fn is_typed(file: &FileView<'_>, at: usize) -> bool {
    source_offset(file, at).is_some_and(|source| {
        let before = &source_of_words(file).0.as_str().as_bytes()[..source];
        before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 0
    })
}

fn piece_at(pieces: &[TextPiece], at: usize) -> Option<&TextPiece> {
    pieces.get(pieces.partition_point(|piece| piece.text.end as usize <= at))
}

/// The source offset of a character of running text, if it is prose that was written as it reads.
pub(in crate::rules) fn source_offset(file: &FileView<'_>, at: usize) -> Option<usize> {
    let piece = piece_at(source_of_words(file).1, at)?;
    let offset = at.checked_sub(piece.text.start as usize)?;
    (piece.kind == TextKind::Prose && piece.verbatim).then_some(piece.source.start as usize + offset)
}
