//! A list of words for comparing many misspelt ones with.

use ahash::AHashMap;

use super::bits::LetterPositions;
use super::{MAX_WORD_BYTES, Word, max_edits, numbers};

/// In a longer list, a misspelt word is compared only with words that have the same first letters.
const MAX_FULL_COMPARISON: usize = 1_000;
/// The number of those letters.
const HEAD_LETTERS: usize = 3;
/// Maximum number of words compared, the alphabetically nearest on either side.
const MAX_NEIGHBOURS: usize = 1_000;

/// Known words, each prepared once, so that checking many misspelt ones does not take quadratic time.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    words: Vec<DictionaryWord>,
    /// Words by their first letters, in alphabetical order.
    by_head: AHashMap<String, Vec<u32>>,
}

/// A word of the dictionary.
#[derive(Debug)]
struct DictionaryWord {
    text: Box<str>,
    word: Word,
}

impl Dictionary {
    /// Prepares words; of two equally near ones the first wins or, in a long list, the alphabetically first.
    pub(crate) fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Dictionary {
        let dictionary_word = |text: &'w str| DictionaryWord { text: text.into(), word: Word::new(text) };
        let words: Vec<DictionaryWord> = words.into_iter().map(dictionary_word).collect();
        if words.len() <= MAX_FULL_COMPARISON {
            return Dictionary { words, by_head: AHashMap::new() };
        }
        let mut by_head: AHashMap<String, Vec<u32>> = AHashMap::new();
        for (at, entry) in (0..).zip(&words) {
            by_head.entry(head(&entry.word)).or_default().push(at);
        }
        by_head.values_mut().for_each(|list| list.sort_by_key(|at| &words[*at as usize].word.folded));
        Dictionary { words, by_head }
    }

    /// The known word that a misspelt one most likely means, other than `except`; `None` if none is close enough.
    pub(crate) fn nearest(&self, word: &str, except: Option<&str>) -> Option<&str> {
        if word.len() > MAX_WORD_BYTES {
            return None;
        }
        let word = Word::new(word);
        let bits = LetterPositions::new(&word.folded);
        let mut max_distance = max_edits(&word.folded);
        let mut nearest = None;
        for known in self.candidates(&word).filter(|known| Some(&*known.text) != except) {
            let Some(distance) = word.distance_to(bits.as_ref(), &known.word, max_distance) else { continue };
            nearest = Some(&*known.text);
            // The next one must be nearer.
            match distance.checked_sub(1) {
                Some(less) => max_distance = less,
                None => break,
            }
        }
        nearest
    }

    /// Whether a misspelt word can only mean `candidate`: no other word is as close, and all numbers in both are equal.
    pub(crate) fn is_unambiguous(&self, word: &str, candidate: &str) -> bool {
        let (word, target) = (Word::new(word), Word::new(candidate));
        let bits = LetterPositions::new(&word.folded);
        let distance = |other: &Word, max_distance| word.distance_to(bits.as_ref(), other, max_distance);
        let Some(min_distance) = distance(&target, usize::MAX) else { return false };
        let is_rival =
            |entry: &DictionaryWord| &*entry.text != candidate && distance(&entry.word, min_distance).is_some();
        !self.candidates(&word).any(is_rival) && numbers(&word.folded).eq(numbers(&target.folded))
    }

    /// The words that a word is compared with.
    fn candidates(&self, word: &Word) -> impl Iterator<Item = &DictionaryWord> {
        let (all, same_head) = match self.by_head.is_empty() {
            true => (&self.words[..], &[][..]),
            false => (&[][..], self.by_head.get(&head(word)).map_or(&[][..], Vec::as_slice)),
        };
        let place = same_head.partition_point(|at| self.words[*at as usize].word.folded < word.folded);
        let start = place.saturating_sub(MAX_NEIGHBOURS / 2).min(same_head.len().saturating_sub(MAX_NEIGHBOURS));
        let neighbours = &same_head[start..same_head.len().min(start + MAX_NEIGHBOURS)];
        all.iter().chain(neighbours.iter().map(|at| &self.words[*at as usize]))
    }
}

fn head(word: &Word) -> String {
    word.folded.chars().take(HEAD_LETTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spelling::{is_unambiguous, nearest};

    fn ids(count: usize) -> Vec<String> {
        (0..count).map(|at| format!("POL-{}-{at:04}", ["CHG", "INC", "SLM"][at % 3])).collect()
    }

    #[test]
    fn a_short_list_gives_what_each_comparison_gives() {
        let ids = ids(300);
        let words = || ids.iter().map(String::as_str);
        let dictionary = Dictionary::new(words());
        for word in ["POL-CHG-0001", "pol_inc-001", "POL-SLM-9999", "PLO-CHG-0030", "xyz", "", "ＰＯＬ-CHG-0003"] {
            let near = dictionary.nearest(word, None);
            assert_eq!(near, nearest(word, words()), "{word}");
            if let Some(near) = near {
                assert_eq!(dictionary.is_unambiguous(word, near), is_unambiguous(word, near, words()), "{word}");
            }
        }
        assert_ne!(dictionary.nearest("POL-CHG-0003", Some("POL-CHG-0003")), Some("POL-CHG-0003"));
    }

    #[test]
    fn in_a_long_list_the_word_that_was_meant_is_found_wherever_it_stands() {
        let ids = ids(9_000);
        let dictionary = Dictionary::new(ids.iter().map(String::as_str));
        for (word, meant) in [
            ("POL-CHG-0003x", "POL-CHG-0003"),
            ("pol-slm-8999", "POL-SLM-8999"),
            ("POL-INC-4501x", "POL-INC-4501"),
            ("POL-INC 8998", "POL-INC-8998"),
        ] {
            assert_eq!(dictionary.nearest(word, None), Some(meant), "{word}");
        }
        assert_eq!(dictionary.nearest("XYZ-CHG-0003", None), None);
    }
}
