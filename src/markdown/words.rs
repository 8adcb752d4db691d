//! The running text of a body, and its compact form for use after the file itself has been checked.

use std::ops::Range;

use super::body::{TextKind, TextPiece, fit, fit_text};
use super::packed::{PackedReader, PackedWriter};
use crate::place::Span;

/// Running text without markup, one line per block. Code blocks and alternative texts are omitted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The text.
    pub text: String,
    /// The source of each piece of `text`, in order; [`Words::source_span`] looks it up.
    pub pieces: Vec<TextPiece>,
}

impl Words {
    /// Frees excess capacity, because the words of each document are kept.
    pub(super) fn shrink_to_fit(&mut self) {
        fit_text(&mut self.text);
        fit(&mut self.pieces);
    }

    /// The source of a range of the text.
    ///
    /// A character written as an entity gives the place of the entity.
    pub fn source_span(&self, text: Range<usize>) -> Span {
        source_span(&self.pieces, text.into())
    }
}

/// The source of a range of the text, looked up in its pieces.
pub(crate) fn source_span(pieces: &[TextPiece], text: Span) -> Span {
    let from = pieces.partition_point(|piece| piece.text.end <= text.start);
    let to = pieces.partition_point(|piece| piece.text.start < text.end);
    let start = pieces.get(from).or(pieces.last()).map_or(0, |piece| {
        let offset = text.start.saturating_sub(piece.text.start);
        let offset = if piece.verbatim { offset } else { 0 };
        piece.source.end.min(piece.source.start + offset)
    });
    let end = to.checked_sub(1).and_then(|last| pieces.get(last)).map_or(start, |piece| {
        let beyond = if piece.verbatim { piece.text.end.saturating_sub(text.end) } else { 0 };
        piece.source.end - beyond
    });
    Span { start, end: end.max(start) }
}

/// Running text encoded as positions in its source, a tenth of the size: a few bytes per piece, and text only where it
/// differs from the source.
#[derive(Clone, Debug, Default)]
pub(crate) struct PackedWords(Box<[u8]>);

/// The piece is code.
const CODE: u8 = 1;
/// The piece is identical to its source.
const VERBATIM: u8 = 2;
/// The piece is part of what the text asserts.
const IN_TEXT: u8 = 4;
/// The text of the piece follows; otherwise it is that of the source, with line ends as spaces.
const OWN_TEXT: u8 = 8;
/// A space precedes the piece.
const SPACE: u8 = 16;
/// A line end precedes the piece.
const LINE: u8 = 32;
/// Other text that belongs to no piece follows; it precedes the piece.
const BETWEEN: u8 = 64;
/// There is no piece, only the text before it.
const END: u8 = 128;

impl PackedWords {
    /// Packs running text that was read from `source`.
    pub(crate) fn new(words: &Words, source: &str) -> PackedWords {
        let mut out = PackedWriter::with_capacity(8 + 6 * words.pieces.len());
        let (mut last_text_end, mut last_source_end) = (0, 0);
        for piece in &words.pieces {
            let text = words.text.get(piece.text.start as usize..piece.text.end as usize).unwrap_or_default();
            let is_own = !matches_source(source, piece.source, text);
            let flag = |is: bool, flag: u8| if is { flag } else { 0 };
            let flags = flag(piece.kind == TextKind::Code, CODE)
                | flag(piece.verbatim, VERBATIM)
                | flag(piece.is_asserted, IN_TEXT)
                | flag(is_own, OWN_TEXT);
            begin_piece(
                &mut out,
                flags,
                words.text.get(last_text_end as usize..piece.text.start as usize).unwrap_or_default(),
            );
            out.write_distance(last_source_end, piece.source.start);
            out.write_number(u64::from(piece.source.end.saturating_sub(piece.source.start)));
            if is_own {
                out.write_text(text);
            }
            (last_text_end, last_source_end) = (piece.text.end, piece.source.end);
        }
        let rest = words.text.get(last_text_end as usize..).unwrap_or_default();
        if !rest.is_empty() {
            begin_piece(&mut out, END, rest);
        }
        PackedWords(out.finish())
    }

    /// Unpacks the running text; `source` is the text that it was read from.
    pub(crate) fn unpack(&self, source: &str) -> Words {
        let mut words =
            Words { text: String::with_capacity(source.len()), pieces: Vec::with_capacity(self.0.len() / 4) };
        let mut packed = PackedReader::new(&self.0);
        let mut source_end = 0;
        while let Some(flags) = packed.read_byte() {
            match flags & (SPACE | LINE | BETWEEN) {
                0 => {}
                SPACE => words.text.push(' '),
                LINE => words.text.push('\n'),
                _ => words.text.push_str(packed.read_text()),
            }
            if flags & END != 0 {
                break;
            }
            let start = packed.read_position(source_end);
            let span = Span { start, end: start.saturating_add(packed.read_length()) };
            let begin = offset(&words.text);
            if flags & OWN_TEXT == 0 {
                push_source(&mut words.text, source.get(span.start as usize..span.end as usize).unwrap_or_default());
            } else {
                words.text.push_str(packed.read_text());
            }
            words.pieces.push(TextPiece {
                text: Span { start: begin, end: offset(&words.text) },
                source: span,
                kind: if flags & CODE == 0 { TextKind::Prose } else { TextKind::Code },
                verbatim: flags & VERBATIM != 0,
                is_asserted: flags & IN_TEXT != 0,
            });
            source_end = span.end;
        }
        words
    }
}

fn offset(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

/// Whether a text equals a range of the source, with line ends as spaces.
fn matches_source(source: &str, span: Span, text: &str) -> bool {
    let Some(source_text) = source.get(span.start as usize..span.end as usize) else { return false };
    let is_same = |(written, read): (u8, u8)| written == read && written != b'\n' || (written == b'\n' && read == b' ');
    source_text.len() == text.len()
        && (source_text == text && !source_text.contains('\n') || source_text.bytes().zip(text.bytes()).all(is_same))
}

/// Appends a part of the source, with line ends as spaces.
fn push_source(text: &mut String, source: &str) {
    let mut last_end = 0;
    for end in memchr::memchr_iter(b'\n', source.as_bytes()) {
        text.push_str(&source[last_end..end]);
        text.push(' ');
        last_end = end + 1;
    }
    text.push_str(&source[last_end..]);
}

/// Starts a piece, and writes the text that precedes it.
fn begin_piece(out: &mut PackedWriter, flags: u8, between: &str) {
    match between {
        "" => out.write_byte(flags),
        " " => out.write_byte(flags | SPACE),
        "\n" => out.write_byte(flags | LINE),
        other => {
            out.write_byte(flags | BETWEEN);
            out.write_text(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::markdown::parse;
    use crate::place::SourceText;

    fn check(text: &str) {
        let words = parse(&SourceText::new("content/x.md", text), 0).words;
        assert_eq!(PackedWords::new(&words, text).unpack(text), words, "{text:?}");
    }

    #[test]
    fn packed_words_round_trip() {
        check("");
        check(
            "# One *two*\n\nthree\nfour &amp; five `six  seven`\u{a0}é\n\n| a | b |\n| - | - |\n| c ~~d~~ | [[POL-001]] |\n",
        );
        check("<div>one\n&eacute; two</div>\n\n~~a *b* c~~ \\* [x](y.md) clause 8.6.1  \n`a\nb`\n");
        check("[^1]: first\n\nA note[^1], and <https://example.org> <b>x</b>.\n\nTerm\n: What\n  it is\n");
    }

    proptest! {
        #[test]
        fn words_of_random_texts_round_trip(parts in prop::collection::vec(select(&PARTS[..]), 0..40), rest in any::<String>()) {
            check(&format!("{}{rest}", parts.concat()));
        }
    }

    const PARTS: [&str; 20] = [
        "word ",
        "é\n",
        "\n\n",
        "*",
        "`",
        "~~",
        "&amp;",
        "# ",
        "- ",
        "> ",
        "| a | b |\n",
        "|-|-|\n",
        "<b>",
        "</div>",
        "[x](y)",
        "[^1]",
        "\n[^1]: ",
        "\n: ",
        "  \n",
        "\\",
    ];

    #[test]
    fn words_of_another_order_or_without_a_source_are_kept() {
        let piece = |text: (u32, u32), source: (u32, u32)| TextPiece {
            text: Span { start: text.0, end: text.1 },
            source: Span { start: source.0, end: source.1 },
            kind: TextKind::Prose,
            verbatim: false,
            is_asserted: true,
        };
        let pieces = vec![piece((1, 3), (4, 6)), piece((6, 8), (0, 2))];
        let words = Words { text: "-xy---ab end\n".to_owned(), pieces };
        assert_eq!(PackedWords::new(&words, "ab..xz").unpack("ab..xz"), words);
    }
}
