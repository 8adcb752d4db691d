//! The nearest valid spelling of a misspelt word.

mod bits;
mod dictionary;

use crate::name::fold_case;
use bits::LetterPositions;

pub(crate) use dictionary::Dictionary;

/// Returns the candidate that a misspelt word most likely means, or `None` if none is near.
///
/// Letter case is ignored, and so is whether words are joined by `-`, `_` or a space. In a tie, the first wins.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if word.len() > MAX_WORD_BYTES {
        return None;
    }
    let word = Word::new(word);
    let mut max_distance = max_edits(&word.folded);
    let mut nearest = None;
    for candidate in candidates {
        let Some(distance) = word.distance(candidate, max_distance) else { continue };
        nearest = Some(candidate);
        // The next candidate must be nearer.
        match distance.checked_sub(1) {
            Some(less) => max_distance = less,
            None => break,
        }
    }
    nearest
}

/// Returns all candidates that are equally near, and nearer than any other.
pub(crate) fn nearest_all<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    if word.len() > MAX_WORD_BYTES {
        return Vec::new();
    }
    let word = Word::new(word);
    let mut max_distance = max_edits(&word.folded);
    let mut nearest = Vec::new();
    for candidate in candidates {
        let Some(distance) = word.distance(candidate, max_distance) else { continue };
        if distance < max_distance {
            max_distance = distance;
            nearest.clear();
        }
        nearest.push(candidate);
    }
    nearest
}

/// Whether two words differ by one edit. An edit leaves either the beginning or the end of a long word as it is.
pub(crate) fn is_one_edit_away(word: &str, other: &str) -> bool {
    const END: usize = 4;
    let (a, b) = (word.as_bytes(), other.as_bytes());
    let is_long = a.len() > 2 * END && b.len() > 2 * END;
    let shares_end = || a[..END] == b[..END] || a[a.len() - END..] == b[b.len() - END..];
    word.len().abs_diff(other.len()) <= 2 && (!is_long || shares_end()) && strsim::osa_distance(word, other) == 1
}

/// Whether all numbers in two words are the same.
pub(crate) fn has_same_numbers(word: &str, other: &str) -> bool {
    numbers(&fold(word)).eq(numbers(&fold(other)))
}

/// Whether a misspelt word can only mean the nearest candidate: no other is as near, and all numbers in it are the
/// same.
pub(crate) fn is_unambiguous<'c>(word: &str, candidate: &str, candidates: impl IntoIterator<Item = &'c str>) -> bool {
    let word = Word::new(word);
    let Some(min_distance) = word.distance(candidate, usize::MAX) else { return false };
    let is_alone =
        !candidates.into_iter().any(|other| other != candidate && word.distance(other, min_distance).is_some());
    is_alone && numbers(&word.folded).eq(numbers(&fold(candidate)))
}

/// A word prepared for comparison with many others.
#[derive(Debug)]
struct Word {
    folded: String,
    /// The number of times each letter occurs; `None` unless all letters are ASCII.
    letters: Option<LetterCounts>,
}

/// Counts of letters. Letters with the same last five bits share a count.
type LetterCounts = [i32; 32];

impl Word {
    fn new(word: &str) -> Word {
        let folded = fold(word);
        let letters = folded.is_ascii().then(|| {
            let mut letters = [0; 32];
            folded.bytes().for_each(|byte| letters[usize::from(byte & 31)] += 1);
            letters
        });
        Word { folded, letters }
    }

    /// The number of edits between this word and another, or `None` if there are more than `max_distance`.
    fn distance(&self, other: &str, max_distance: usize) -> Option<usize> {
        if self.min_edits(other) > max_distance {
            return None;
        }
        let distance = strsim::osa_distance(&self.folded, &fold(other));
        (distance <= max_distance).then_some(distance)
    }

    /// The number of edits between this and another prepared word. `bits` are those of this word.
    fn distance_to(&self, bits: Option<&LetterPositions>, other: &Word, max_distance: usize) -> Option<usize> {
        let fewest = self.letters.zip(other.letters).map_or(0, |(mut left, other)| {
            left.iter_mut().zip(other).for_each(|(count, other)| *count -= other);
            min_edits(left)
        });
        if fewest > max_distance {
            return None;
        }
        let distance = match bits.zip(other.letters) {
            Some((bits, _)) => bits.distance(&other.folded),
            None => strsim::osa_distance(&self.folded, &other.folded),
        };
        (distance <= max_distance).then_some(distance)
    }

    fn min_edits(&self, other: &str) -> usize {
        let Some(mut left) = self.letters.filter(|_| other.is_ascii()) else { return 0 };
        for byte in other.bytes() {
            let byte = if matches!(byte, b'_' | b' ') { b'-' } else { byte.to_ascii_lowercase() };
            left[usize::from(byte & 31)] -= 1;
        }
        min_edits(left)
    }
}

/// A lower bound on the distance of two words, given the differences in letter counts: an edit adds, removes or
/// replaces one letter, so at least as many edits are needed as letters are missing or surplus.
fn min_edits(left: LetterCounts) -> usize {
    let missing: i32 = left.iter().map(|count| (*count).max(0)).sum();
    let more: i32 = left.iter().map(|count| (-*count).max(0)).sum();
    usize::try_from(missing.max(more)).unwrap_or(0)
}

/// The numbers in a word, without leading zeros.
fn numbers(word: &str) -> impl Iterator<Item = String> {
    let digits = word.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    digits.map(|digits| digits.trim_start_matches('0').to_owned()).collect::<Vec<_>>().into_iter()
}

/// A help text that names the nearest candidate, or otherwise lists all candidates. `None` if there are none or too
/// many to list.
pub(crate) fn suggest_help<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str> + Clone) -> Option<String> {
    if let Some(suggestion) = nearest(word, candidates.clone()) {
        return Some(format!("did you mean `{suggestion}`?"));
    }
    let all: Vec<String> =
        candidates.into_iter().take(MAX_LISTED + 1).map(|candidate| format!("`{candidate}`")).collect();
    let (last, others) = all.split_last()?;
    match others.len() {
        0 => Some(format!("write {last}")),
        1..MAX_LISTED => Some(format!("write one of {} or {last}", others.join(", "))),
        _ => None,
    }
}

/// The maximum length of a word in bytes; longer ones are not corrected.
const MAX_WORD_BYTES: usize = 60;
/// The maximum number of candidates to list.
const MAX_LISTED: usize = 16;

/// The maximum number of edits: one for every three letters, and at least one.
fn max_edits(word: &str) -> usize {
    (word.chars().count() / 3).max(1)
}

fn fold(word: &str) -> String {
    fold_case(word).replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_and_a_far_one_is_not() {
        let keys = ["owner", "approver", "approved", "depends_on"];
        for (word, expected) in [
            ("ownr", Some("owner")),
            ("Owner", Some("owner")),
            ("aproved", Some("approved")),
            ("depends-on", Some("depends_on")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, keys), expected, "{word}");
        }
    }

    #[test]
    fn no_candidate_is_passed_over_that_is_near_enough() {
        let words =
            ["", "a", "ab", "ba", "abc", "Ab-c", "a_b c", "über", "ueber", "UBER", "policy", "polciy", "p0licy"];
        for word in words {
            for other in words {
                let distance = strsim::osa_distance(&fold(word), &fold(other));
                for most in 0..8 {
                    let expected = Some(distance).filter(|distance| *distance <= most);
                    assert_eq!(Word::new(word).distance(other, most), expected, "{word} {other}");
                }
            }
        }
        assert_eq!(nearest("polici", ["policies", "policy", "police", "policy"]), Some("policy"));
    }

    #[test]
    fn a_spelling_is_beyond_doubt_only_with_the_same_numbers_and_no_rival() {
        let ids = ["POL-CHG-001", "POL-CHG-002", "PLN-CHG-001"];
        assert!(is_unambiguous("POL-CHG-01", "POL-CHG-001", ["POL-CHG-001"]));
        assert!(!is_unambiguous("POL-CHG-003", "POL-CHG-001", ["POL-CHG-001"]));
        assert!(!is_unambiguous("PL-CHG-001", "POL-CHG-001", ids));
        assert!(is_unambiguous("polcy.md", "policy.md", ["policy.md", "police.md"]));
    }

    #[test]
    fn few_candidates_are_listed_when_none_is_near() {
        assert_eq!(suggest_help("xyzzy", ["full", "partial"]).as_deref(), Some("write one of `full` or `partial`"));
        assert_eq!(suggest_help("ful", ["full", "partial"]).as_deref(), Some("did you mean `full`?"));
        assert_eq!(suggest_help("xyzzy", []), None);
    }
}
