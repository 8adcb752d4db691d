//! The words used to correct misspellings.

use std::cmp::Reverse;
use std::ops::Range;

use super::fold;
use super::lists::Term;

/// The approximate size of the list of words in bytes, and the length of its words in characters.
const WORDS_BYTES: usize = 40_000;
const WORD_LETTERS: Range<usize> = 4..25;

/// The words in the most sections, as many as fit.
pub(super) fn frequent(terms: &[Term]) -> String {
    let is_word = |term: &&Term| {
        let count = term.term.chars().take(WORD_LETTERS.end).count();
        WORD_LETTERS.contains(&count) && term.term.chars().all(char::is_alphabetic) && !fold::is_unspaced(&term.term)
    };
    let mut words: Vec<&Term> = terms.iter().filter(is_word).collect();
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
