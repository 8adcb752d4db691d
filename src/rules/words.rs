//! Words and phrases in running text: where they stand, as whole words, outside of code.

use std::ops::Range;

use crate::finding::{Fault, Severity};
use crate::handbook::ParsedFile;
use crate::markdown::{Body, TextKind};
use crate::place::Place;
use crate::source::front_matter::Status;

/// Where phrases stand in a text as whole words, in one pass, each with its rank among the phrases; in the order of
/// places. Text and phrases are compared as they are.
pub(super) fn whole_words(text: &str, phrases: &[&str]) -> Vec<(Range<usize>, usize)> {
    let mut found = Phrases::of(phrases).find(text.as_bytes(), Where::WordStarts);
    found.retain(|(range, _)| is_whole(text, range));
    found
}

/// Where phrases stand in a text, whether or not they are whole words.
pub(super) fn starts_of(text: &str, phrases: &[&str]) -> Vec<(Range<usize>, usize)> {
    Phrases::of(phrases).find(text.as_bytes(), Where::Anywhere)
}

/// Where a phrase may begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Anywhere,
    /// Not after a letter or digit of ASCII, unless it begins with another sign.
    WordStarts,
}

/// Phrases by their first bytes.
struct Phrases<'p> {
    by_first: [Vec<(usize, &'p [u8])>; 256],
    /// For each byte whether a phrase begins with it.
    begins: [bool; 256],
}

impl<'p> Phrases<'p> {
    fn of(phrases: &[&'p str]) -> Phrases<'p> {
        let mut by_first = [const { Vec::new() }; 256];
        for (rank, phrase) in phrases.iter().enumerate() {
            if let Some(first) = phrase.bytes().next() {
                by_first[usize::from(first)].push((rank, phrase.as_bytes()));
            }
        }
        let begins = std::array::from_fn(|byte| !by_first[byte].is_empty());
        Phrases { by_first, begins }
    }

    fn find(&self, text: &[u8], place: Where) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        let firsts: Vec<u8> = (0..=255).filter(|first| self.begins[usize::from(*first)]).collect();
        let look = |at: usize| self.look(text, at, &mut found);
        match firsts[..] {
            [] => {}
            [one] => memchr::memchr_iter(one, text).for_each(look),
            [one, two] => memchr::memchr2_iter(one, two, text).for_each(look),
            [one, two, three] => memchr::memchr3_iter(one, two, three, text).for_each(look),
            _ => self.likely(text, place).for_each(look),
        }
        found
    }

    /// Places where a phrase may begin. The tests are joined without a branch: each by itself would be a toss-up.
    fn likely(&self, text: &[u8], place: Where) -> impl Iterator<Item = usize> {
        let inside = move |before: u8, byte: u8| {
            (place == Where::WordStarts) & before.is_ascii_alphanumeric() & byte.is_ascii_alphanumeric()
        };
        let before = std::iter::once(b' ').chain(text.iter().copied());
        let places = before.zip(text.iter().copied()).enumerate();
        places.filter_map(move |(at, (before, byte))| {
            (self.begins[usize::from(byte)] & !inside(before, byte)).then_some(at)
        })
    }

    fn look(&self, text: &[u8], at: usize, found: &mut Vec<(Range<usize>, usize)>) {
        let rest = &text[at..];
        for (rank, phrase) in &self.by_first[usize::from(text[at])] {
            // The second byte settles most of it.
            if phrase.get(1).is_none_or(|second| rest.get(1) == Some(second)) && rest.starts_with(phrase) {
                found.push((at..at + phrase.len(), *rank));
            }
        }
    }
}

/// Whether a range is not part of a longer word; `POL-XXX-001` is one word.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let (before, word, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let before = before.strip_suffix('-').unwrap_or(before);
    let after = after.strip_prefix('-').unwrap_or(after);
    let continues = before.ends_with(is_letter) && word.starts_with(is_letter);
    let goes_on = after.starts_with(is_letter) && word.ends_with(is_letter);
    !continues && !goes_on
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Whether a range of a body's text begins in prose: neither in code nor in an address.
pub(super) fn is_prose(body: &Body, range: &Range<usize>) -> bool {
    let near = body.text.ceil_char_boundary(range.start.saturating_sub(LONGEST_ADDRESS));
    let before = body.text[near..range.start].rsplit(char::is_whitespace).next().unwrap_or_default();
    if before.contains("://") {
        return false;
    }
    let at = body.pieces.partition_point(|piece| piece.text.end as usize <= range.start);
    body.pieces.get(at).is_none_or(|piece| piece.kind == TextKind::Prose)
}

/// No address is looked for further back than this.
const LONGEST_ADDRESS: usize = 400;

/// More findings than these in one file say nothing new.
pub(super) const MOST_FINDINGS: usize = 500;

/// The place of a range of a body's text.
pub(super) fn place(file: &ParsedFile, range: Range<usize>) -> Place {
    file.place(file.body.source_span(range))
}

/// The type that a file gives itself; empty when it gives none.
pub(super) fn kind(file: &ParsedFile) -> &str {
    file.front.as_ref().and_then(|front| front.kind.as_ref()).map_or("", |kind| kind.value.as_str())
}

/// A fault that weighs no more than a note while its document is a draft: a draft may be unfinished.
pub(super) fn lighter_in_a_draft(file: &ParsedFile, fault: Fault) -> Fault {
    let status = file.front.as_ref().and_then(|front| front.status.as_ref());
    if status.is_some_and(|status| status.value == Status::Draft) { fault.at_most(Severity::Note) } else { fault }
}

#[cfg(test)]
mod tests {
    use super::whole_words;

    #[test]
    fn a_word_inside_another_is_not_found() {
        let found = |text, word| whole_words(text, &[word]).len();
        assert_eq!(found("TODO: write, TODO.", "TODO"), 2);
        assert_eq!(found("TODOS in POL-XXX-001 and XXXL", "TODO"), 0);
        assert_eq!(found("POL-XXX-001 and XXXL", "XXX"), 0);
        assert_eq!(found("- XXX - and éXXX", "XXX"), 1);
        assert_eq!(found("lists, letters etc. are kept", "etc."), 1);
    }
}
