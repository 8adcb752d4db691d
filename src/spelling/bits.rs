//! Computes the edit distance of a word to many others, one column of the edit table per step.

/// Maximum length of a word, one bit for each letter.
const MAX_WORD_LETTERS: usize = 64;

/// The positions of each letter in a word, one bit per position.
#[derive(Debug)]
pub(super) struct LetterPositions {
    places: [u64; 128],
    length: usize,
}

impl LetterPositions {
    /// Prepares a word; `None` if it is empty, too long or not ASCII.
    pub(super) fn new(word: &str) -> Option<LetterPositions> {
        if !word.is_ascii() || !(1..=MAX_WORD_LETTERS).contains(&word.len()) {
            return None;
        }
        let mut places = [0; 128];
        word.bytes().enumerate().for_each(|(at, byte)| places[usize::from(byte & 127)] |= 1 << at);
        Some(LetterPositions { places, length: word.len() })
    }

    /// The number of letters that must be inserted, deleted, replaced or swapped with the next one to turn the word
    /// into another ASCII word, as computed by [`strsim::osa_distance`].
    ///
    /// Based on H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003:
    /// neighbouring cells of the edit table differ by at most one, so a bit is enough for each difference.
    pub(super) fn distance(&self, other: &str) -> usize {
        let last = 1_u64 << (self.length - 1);
        let (mut more_below, mut less_below) = (u64::MAX, 0_u64);
        let (mut same_across, mut places_before) = (0_u64, 0_u64);
        let mut distance = self.length;
        for byte in other.bytes() {
            let places = self.places[usize::from(byte & 127)];
            let exchanged = ((!same_across & places) << 1) & places_before;
            let carry = (places & more_below).wrapping_add(more_below) ^ more_below;
            same_across = carry | places | less_below | exchanged;
            let more_beside = less_below | !(same_across | more_below);
            let less_beside = same_across & more_below;
            distance += usize::from(more_beside & last != 0);
            distance -= usize::from(less_beside & last != 0);
            let more_beside = more_beside << 1 | 1;
            more_below = less_beside << 1 | !(same_across | more_beside);
            less_below = more_beside & same_across;
            places_before = places;
        }
        distance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_is_that_of_the_whole_table() {
        use proptest::prelude::*;
        proptest!(|(word in "[a-d-]{1,64}", other in "[a-d-]{0,80}")| {
            let bits = LetterPositions::new(&word).expect("it is short");
            prop_assert_eq!(bits.distance(&other), strsim::osa_distance(&word, &other));
        });
        assert!(["", "\u{fc}ber", &"a".repeat(65)].into_iter().all(|word| LetterPositions::new(word).is_none()));
    }
}
