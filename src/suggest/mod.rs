//! Suggests which clauses a text may be about, with reasons; suggestions are never claims.
//!
//! The words of a clause are those of its title, its summary and its items, with rarer words counting more. A text is
//! compared with each clause by the words that both contain, those in its title counting most. Nothing is learnt and
//! nothing is looked up elsewhere: the same text always gets the same suggestions.

mod profile;
mod words;

use ahash::AHashMap;

use crate::id::ClauseKey;
use crate::standard::Standards;
use profile::Profile;
use words::{Word, words};

/// The parts of a text that suggestions depend on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SubjectText<'t> {
    /// Its title.
    pub(crate) title: &'t str,
    /// Its headings, one per line.
    pub(crate) headings: &'t str,
    /// Its running text.
    pub(crate) text: &'t str,
}

/// A clause that a text may be about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Suggestion {
    /// The clause, a coverage unit.
    pub(crate) clause: ClauseKey,
    /// Words of the clause that occur in the title, as written there, the most significant first.
    pub(crate) in_title: Vec<String>,
    /// The same for words that occur only in the headings and the text.
    pub(crate) in_text: Vec<String>,
}

/// The clauses that texts are compared with.
#[derive(Debug)]
pub(crate) struct Suggester {
    profiles: Vec<Profile>,
    /// The significance of each word: the fewer clauses contain it, the higher.
    weights: AHashMap<Box<str>, f64>,
}

/// Maximum number of suggestions for a document.
const MAX_SUGGESTIONS: usize = 3;
/// Maximum number of words in a reason, for the title and for the text.
const MAX_WORDS: usize = 6;
/// The weight of a word in the title, in a heading and in the text.
const PLACES: (f64, f64, f64) = (4.0, 1.0, 1.0);
/// The strength above which further occurrences of a word count less and less.
const SATURATION: f64 = 8.0;
/// Minimum score of a suggestion, as a share of the best one.
const MIN_SHARE: f64 = 0.25;
/// Minimum number of different words that a clause and a text must share, unless the title contains one of them.
const MIN_SHARED_WORDS: usize = 4;

impl Suggester {
    /// Prepares the coverage units of the standards that must be covered.
    pub(crate) fn new(standards: &Standards) -> Suggester {
        let units = standards.to_cover().flat_map(|standard| standards.clauses(standard));
        let units: Vec<ClauseKey> = units.filter(|key| standards.is_unit(*key)).collect();
        let mut profiles: Vec<Profile> = units.iter().map(|key| Profile::new(standards, *key)).collect();
        let mut counts: AHashMap<Box<str>, f64> = AHashMap::new();
        for word in profiles.iter().flat_map(|profile| profile.words.keys()) {
            *counts.entry(word.clone()).or_default() += 1.0;
        }
        let all = profiles.len() as f64;
        let weigh = |(word, count): (Box<str>, f64)| (word, (1.0 + (all - count + 0.5) / (count + 0.5)).ln());
        let weights: AHashMap<Box<str>, f64> = counts.into_iter().map(weigh).collect();
        profiles.iter_mut().for_each(|profile| profile.apply_weights(&weights));
        Suggester { profiles, weights }
    }

    /// The clauses that a text may be about, the most likely first.
    pub(crate) fn suggest(&self, subject: SubjectText<'_>) -> Vec<Suggestion> {
        let word_index = WordIndex::new(subject);
        let mut scored: Vec<(f64, &Profile)> =
            self.profiles.iter().map(|profile| (self.score(profile, &word_index), profile)).collect();
        // Clauses with the same score stay in the standard's order.
        scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let best = scored.first().map_or(0.0, |(score, _)| *score);
        let strong = scored.into_iter().take(MAX_SUGGESTIONS).filter(|(score, _)| *score > best * MIN_SHARE);
        strong.filter_map(|(_, profile)| self.explain(profile, &word_index)).collect()
    }

    fn weight(&self, word: &str) -> f64 {
        self.weights.get(word).copied().unwrap_or_default()
    }

    fn score(&self, profile: &Profile, word_index: &WordIndex) -> f64 {
        let part = |(word, own): &(Box<str>, f64)| {
            let strength = word_index.words.get(word)?.strength();
            Some(own * self.weight(word) * strength / (strength + SATURATION))
        };
        profile.sorted.iter().filter_map(part).sum::<f64>() / profile.length.max(f64::MIN_POSITIVE)
    }

    /// A suggestion with its reasons; `None` if there are too few.
    fn explain(&self, profile: &Profile, word_index: &WordIndex) -> Option<Suggestion> {
        let mut shared: Vec<(&str, f64, &WordCounts)> = profile
            .sorted
            .iter()
            .filter_map(|(word, own_weight)| {
                Some((&**word, own_weight * self.weight(word), word_index.words.get(word)?))
            })
            .collect();
        shared.sort_by(|(word, one, _), (other_word, other, _)| other.total_cmp(one).then(word.cmp(other_word)));
        let is_titled = shared.iter().any(|(.., counts)| counts.title > 0);
        if !is_titled && shared.len() < MIN_SHARED_WORDS {
            return None;
        }
        let spellings = |in_title: bool| -> Vec<String> {
            let those = shared.iter().filter(|(.., counts)| (counts.title > 0) == in_title);
            those.take(MAX_WORDS).map(|(.., counts)| counts.spelling.to_string()).collect()
        };
        Some(Suggestion { clause: profile.clause, in_title: spellings(true), in_text: spellings(false) })
    }
}

/// The words of a text with their numbers of occurrences.
struct WordIndex {
    words: AHashMap<Box<str>, WordCounts>,
}

/// The occurrences of a word, and its first spelling.
struct WordCounts {
    spelling: Box<str>,
    title: u32,
    headings: u32,
    text: u32,
}

impl WordIndex {
    fn new(subject: SubjectText<'_>) -> WordIndex {
        let mut word_index = WordIndex { words: AHashMap::new() };
        word_index.note(subject.title, |counts| counts.title += 1);
        word_index.note(subject.headings, |counts| counts.headings += 1);
        word_index.note(subject.text, |counts| counts.text += 1);
        word_index
    }

    fn note(&mut self, text: &str, count: impl Fn(&mut WordCounts)) {
        for Word { stem, spelling } in words(text) {
            let new = || WordCounts { spelling: spelling.into(), title: 0, headings: 0, text: 0 };
            count(self.words.entry(stem).or_insert_with(new));
        }
    }
}

impl WordCounts {
    fn strength(&self) -> f64 {
        let often = f64::from(self.text);
        let (title, headings, text) = PLACES;
        f64::from(self.title) * title + f64::from(self.headings) * headings + text * often / (often + 1.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::built_in;

    fn suggested(title: &str, text: &str) -> Vec<String> {
        let catalogue = built_in(&"iso20000-1".parse().expect("a name")).expect("a catalogue");
        let standards = Standards::new([catalogue]);
        let subject = SubjectText { title, headings: "", text };
        let suggestions = Suggester::new(&standards).suggest(subject);
        suggestions.iter().map(|one| standards.clause(one.clause).id.to_string()).collect()
    }

    #[test]
    fn titles_weigh_most() {
        assert_eq!(suggested("Incident management process", "")[0], "8.6.1");
        assert_eq!(suggested("Service continuity plan", "How we recover.")[0], "8.7.2");
    }

    #[test]
    fn text_unlike_any_clause_gets_no_suggestion() {
        assert_eq!(suggested("Canteen", "Soup on Monday, fish on Friday."), Vec::<String>::new());
        assert_eq!(suggested("", ""), Vec::<String>::new());
    }
}
