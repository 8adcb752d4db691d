//! The distance of a word from many others, one column of the table of edits in one step.

/// The longest word whose letters have a bit each.
const LONGEST: usize = 64;

/// Where each letter stands in a word, one bit a place.
#[derive(Debug)]
pub(super) struct LetterPositions {
    places: [u64; 128],
    length: usize,
}

impl LetterPositions {
    /// Prepares a word; `None` when it is empty, too long or not of ASCII letters alone.
    pub(super) fn of(word: &str) -> Option<LetterPositions> {
        if !word.is_ascii() || !(1..=LONGEST).contains(&word.len()) {
            return None;
        }
        let mut places = [0; 128];
        word.bytes().enumerate().for_each(|(at, byte)| places[usize::from(byte & 127)] |= 1 << at);
        Some(LetterPositions { places, length: word.len() })
    }

    /// How many letters have to be added, removed, replaced or exchanged with the next to make the word of another one of
    /// ASCII letters, as [`strsim::osa_distance`] counts them.
    ///
    /// By H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003: a bit tells whether
    /// two neighbours in the table of edits differ by one, which they do at most.
    pub(super) fn distance(&self, other: &str) -> usize {
        let last = 1_u64 << (self.length - 1);
        let (mut more_below, mut less_below) = (u64::MAX, 0_u64);
        let (mut same_across, mut places_before) = (0_u64, 0_u64);
        let mut distance = self.length;
        for byte in other.bytes() {
            let places = self.places[usize::from(byte & 127)];
            let exchanged = ((!same_across & places) << 1) & places_before;
            let carried = (places & more_below).wrapping_add(more_below) ^ more_below;
            same_across = carried | places | less_below | exchanged;
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
            let bits = LetterPositions::of(&word).expect("it is short");
            prop_assert_eq!(bits.distance(&other), strsim::osa_distance(&word, &other));
        });
        assert!(["", "\u{fc}ber", &"a".repeat(65)].into_iter().all(|word| LetterPositions::of(word).is_none()));
    }
}
