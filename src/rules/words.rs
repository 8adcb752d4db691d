//! Search for words and phrases in running text: as whole words, outside code.

use std::ops::Range;

use crate::finding::{Problem, Severity};
use crate::handbook::{FileView, ParsedFile};
use crate::markdown::{TextKind, Words};
use crate::place::Place;
use crate::source::front_matter::Status;
use crate::text::is_one_word;

/// Phrases prepared for searching any number of texts. The comparison is exact.
pub(super) struct Phrases<'p> {
    phrases: Vec<Phrase<'p>>,
    /// The distinct first bytes of phrases.
    first_bytes: Vec<u8>,
    /// A bit set of the first two bytes of phrases; `None` if there are few enough first bytes to search for.
    pairs: Option<Box<[u64; 1024]>>,
}

/// A phrase with up to four of its first bytes. Comparing these first avoids nearly every longer comparison.
struct Phrase<'p> {
    text: &'p [u8],
    start: u32,
    /// A mask of the bits of `start` that count.
    mask: u32,
}

/// The range of a phrase in a text, and its index among the phrases.
pub(super) type PhraseMatch = (Range<usize>, usize);

impl<'p> Phrases<'p> {
    /// Prepares phrases. An empty phrase is never found.
    pub(super) fn new(phrases: &[&'p str]) -> Phrases<'p> {
        let phrases: Vec<Phrase<'p>> = phrases.iter().map(|phrase| Phrase::new(phrase.as_bytes())).collect();
        let mut firsts: Vec<u8> = phrases.iter().filter_map(|phrase| phrase.text.first().copied()).collect();
        firsts.sort_unstable();
        firsts.dedup();
        let pairs = (firsts.len() > 3).then(|| pairs(&phrases));
        Phrases { phrases, first_bytes: firsts, pairs }
    }

    /// Finds the phrases in a text as whole words, in order.
    pub(super) fn whole_words(&self, text: &str) -> Vec<PhraseMatch> {
        let bytes = text.as_bytes();
        let mut matches = Vec::new();
        let find_at = |at: usize| self.find_phrase(bytes, at, &mut matches);
        match &self.pairs {
            Some(pairs) => word_starts(pairs, bytes, find_at),
            None => self.candidates(bytes).for_each(find_at),
        }
        matches.retain(|(range, _)| is_whole(text, range));
        matches
    }

    /// The offsets of bytes that a phrase begins with.
    fn candidates<'t>(&'t self, text: &'t [u8]) -> Box<dyn Iterator<Item = usize> + 't> {
        match self.first_bytes[..] {
            [] => Box::new(std::iter::empty()),
            [one] => Box::new(memchr::memchr_iter(one, text)),
            [one, two] => Box::new(memchr::memchr2_iter(one, two, text)),
            [one, two, three] => Box::new(memchr::memchr3_iter(one, two, three, text)),
            _ => Box::new((0..text.len()).filter(|at| self.first_bytes.contains(&text[*at]))),
        }
    }

    fn find_phrase(&self, text: &[u8], at: usize, matches: &mut Vec<PhraseMatch>) {
        let rest = &text[at..];
        let start = four_bytes(rest);
        for (rank, phrase) in self.phrases.iter().enumerate() {
            if start & phrase.mask == phrase.start && !phrase.text.is_empty() && rest.starts_with(phrase.text) {
                matches.push((at..at + phrase.text.len(), rank));
            }
        }
    }
}

impl<'p> Phrase<'p> {
    fn new(text: &'p [u8]) -> Phrase<'p> {
        let mask = u32::MAX.checked_shr(32 - 8 * text.len().min(4) as u32).unwrap_or(0);
        Phrase { text, start: four_bytes(text), mask }
    }
}

/// The first four bytes of a text in little-endian order, padded with zeros.
fn four_bytes(text: &[u8]) -> u32 {
    match text.first_chunk() {
        Some(bytes) => u32::from_le_bytes(*bytes),
        None => text.iter().rev().fold(0, |bytes, byte| bytes << 8 | u32::from(*byte)),
    }
}

/// A table of ASCII letters and digits, which is faster than computing this.
static ALPHANUMERIC: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        bytes[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    bytes
};

/// Calls `visit` with every offset, in bytes, at which a phrase may begin and that does not continue a word. The tests
/// are combined without branching, because each alone would be unpredictable.
fn word_starts(pairs: &[u64; 1024], text: &[u8], mut visit: impl FnMut(usize)) {
    let mut before = false;
    for (at, pair) in text.windows(2).enumerate() {
        let is_alphanumeric = ALPHANUMERIC[usize::from(pair[0])];
        if is_set(pairs, [pair[0], pair[1]]) & !(before & is_alphanumeric) {
            visit(at);
        }
        before = is_alphanumeric;
    }
    if let Some(last) = text.len().checked_sub(1) {
        visit(last);
    }
}

/// A bit set of the first two bytes of phrases.
fn pairs(phrases: &[Phrase<'_>]) -> Box<[u64; 1024]> {
    let mut pairs = Box::new([0; 1024]);
    for phrase in phrases {
        match *phrase.text {
            [] => {}
            [one] => (0..=255).for_each(|second| set(&mut pairs, [one, second])),
            [first, second, ..] => set(&mut pairs, [first, second]),
        }
    }
    pairs
}

fn set(pairs: &mut [u64; 1024], pair: [u8; 2]) {
    let bit = usize::from(u16::from_be_bytes(pair));
    pairs[bit / 64] |= 1 << (bit % 64);
}

fn is_set(pairs: &[u64; 1024], pair: [u8; 2]) -> bool {
    let bit = usize::from(u16::from_be_bytes(pair));
    pairs[bit / 64] & (1 << (bit % 64)) != 0
}

/// A text in lower case with unchanged offsets: a character whose lower case has another length is kept.
pub(super) fn lowercase_same_length(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let small = |c: char| {
        let mut small = c.to_lowercase();
        small.next().filter(|lower| small.next().is_none() && lower.len_utf8() == c.len_utf8()).unwrap_or(c)
    };
    text.chars().map(small).collect()
}

/// Whether a range is not part of a longer word; `POL-XXX-001` is one word.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let (before, word, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let before = before.strip_suffix('-').unwrap_or(before).chars().next_back();
    let after = after.strip_prefix('-').unwrap_or(after).chars().next();
    let joins = |one: Option<char>, next: Option<char>| one.zip(next).is_some_and(|(one, next)| is_one_word(one, next));
    !joins(before, word.chars().next()) && !joins(word.chars().next_back(), after)
}

/// Whether a range of a body's text begins in prose, neither in code nor in a URL.
pub(super) fn is_prose(words: &Words, range: &Range<usize>) -> bool {
    let window_start = words.text.ceil_char_boundary(range.start.saturating_sub(MAX_URL_BYTES));
    let before = words.text[window_start..range.start].rsplit(char::is_whitespace).next().unwrap_or_default();
    if before.contains("://") {
        return false;
    }
    let at = words.pieces.partition_point(|piece| piece.text.end as usize <= range.start);
    words.pieces.get(at).is_none_or(|piece| piece.kind == TextKind::Prose)
}

/// The maximum distance in bytes to search back for the start of a URL.
const MAX_URL_BYTES: usize = 400;

/// The maximum number of findings per file; more would not add information.
pub(super) const MAX_FINDINGS: usize = 500;

/// The place of a range of a body's text.
pub(super) fn place(file: &FileView<'_>, range: Range<usize>) -> Place {
    file.place(file.words.source_span(range))
}

/// The type in a file's front matter, or an empty string if there is none.
pub(super) fn doc_type(file: &ParsedFile) -> &str {
    file.front.as_ref().and_then(|front| front.doc_type.as_ref()).map_or("", |kind| kind.value.as_str())
}

/// Reduces a problem to a note while its document is a draft, which may be unfinished.
pub(super) fn soften_in_draft(file: &ParsedFile, problem: Problem) -> Problem {
    let status = file.front.as_ref().and_then(|front| front.status.as_ref());
    if status.is_some_and(|status| status.value == Status::Draft) {
        problem.with_max_severity(Severity::Note)
    } else {
        problem
    }
}

#[cfg(test)]
mod tests {
    use super::{Phrases, lowercase_same_length};

    #[test]
    fn letters_of_all_scripts_are_folded_where_they_are() {
        assert_eq!(lowercase_same_length("Üblich ÉTÉ Ω As"), "üblich été ω as");
        for text in ["İstanbul ẞ K Å", "ÄÖÜ straße"] {
            let folded = lowercase_same_length(text);
            assert!(text.char_indices().map(|(at, _)| at).eq(folded.char_indices().map(|(at, _)| at)), "{folded}");
        }
    }

    #[test]
    fn a_word_inside_another_is_not_found() {
        let found = |text, word| Phrases::new(&[word]).whole_words(text).len();
        assert_eq!(found("TODO: write, TODO.", "TODO"), 2);
        assert_eq!(found("TODOS in POL-XXX-001 and XXXL", "TODO"), 0);
        assert_eq!(found("POL-XXX-001 and XXXL", "XXX"), 0);
        assert_eq!(found("- XXX - and éXXX", "XXX"), 1);
        assert_eq!(found("lists, letters etc. are kept", "etc."), 1);
    }
}
