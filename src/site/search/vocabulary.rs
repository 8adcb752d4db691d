//! The words that misspelt ones are corrected by.

use std::cmp::Reverse;
use std::ops::Range;

use super::fold;
use super::lists::Term;

/// The list of words holds about so many bytes, and words of so many letters.
const WORDS_BYTES: usize = 40_000;
const WORD_LETTERS: Range<usize> = 4..25;

/// Words by how many sections they are in, as many as there is room for.
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
