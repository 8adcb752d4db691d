//! The words used to correct misspellings.

use std::cmp::Reverse;
use std::ops::Range;

use super::fold;
use super::lists::IndexedTerm;

/// The approximate size of the list of words in bytes, and the length of its words in characters.
const WORDS_BYTES: usize = 40_000;
const WORD_LENGTHS: Range<usize> = 4..25;

/// The words in the most sections, as many as fit.
pub(super) fn frequent(terms: &[IndexedTerm]) -> String {
    let is_word = |term: &&IndexedTerm| {
        let count = term.term.chars().take(WORD_LENGTHS.end).count();
        WORD_LENGTHS.contains(&count) && term.term.chars().all(char::is_alphabetic) && !fold::is_unspaced(&term.term)
    };
    let mut words: Vec<&IndexedTerm> = terms.iter().filter(is_word).collect();
    words.sort_by_key(|term| Reverse(term.list.count));
    let mut out = String::new();
    for word in words {
        if out.len() + word.term.len() > WORDS_BYTES {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word.term);
    }
    out
}
