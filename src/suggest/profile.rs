//! The words of a clause with their weights.

use std::collections::BTreeMap;

use ahash::AHashMap;

use super::words::words;
use crate::id::ClauseKey;
use crate::standard::{PRACTICES, Standards};

/// A clause, represented by its words.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) clause: ClauseKey,
    /// The weight of each word, depending on where the catalogue contains it.
    pub(super) words: AHashMap<Box<str>, f64>,
    /// The same in a fixed order, so that sums are reproducible.
    pub(super) sorted: Vec<(Box<str>, f64)>,
    /// The norm of all its weights, so that clauses with many words are not favoured.
    pub(super) length: f64,
}

/// The weights of words in titles, item names, practice names and summaries.
const TITLE_WEIGHT: f64 = 3.0;
const ITEM_WEIGHT: f64 = 2.0;
const PRACTICE_WEIGHT: f64 = 1.5;
const SUMMARY_WEIGHT: f64 = 1.0;

impl Profile {
    pub(super) fn new(standards: &Standards, key: ClauseKey) -> Profile {
        let clause = standards.clause(key);
        let mut profile = Profile { clause: key, words: AHashMap::new(), sorted: Vec::new(), length: 0.0 };
        profile.add(clause.title.as_deref().unwrap_or_default(), TITLE_WEIGHT);
        profile.add(clause.summary.as_deref().unwrap_or_default(), SUMMARY_WEIGHT);
        clause.documented_information.iter().for_each(|item| profile.add(&item.name, ITEM_WEIGHT));
        clause.crosswalk.get(PRACTICES).into_iter().flatten().for_each(|name| profile.add(name, PRACTICE_WEIGHT));
        profile
    }

    fn add(&mut self, text: &str, weight: f64) {
        for word in words(text) {
            let max_weight = self.words.entry(word.stem).or_default();
            *max_weight = max_weight.max(weight);
        }
    }

    /// Applies the significance of each word among all clauses.
    pub(super) fn apply_weights(&mut self, weights: &AHashMap<Box<str>, f64>) {
        let sorted: BTreeMap<&Box<str>, f64> = self.words.iter().map(|(word, own)| (word, *own)).collect();
        self.sorted = sorted.into_iter().map(|(word, own_weight)| (word.clone(), own_weight)).collect();
        let weight = |(word, own_weight): &(Box<str>, f64)| own_weight * weights.get(word).copied().unwrap_or_default();
        self.length = self.sorted.iter().map(|entry| weight(entry).powi(2)).sum::<f64>().sqrt();
    }
}
