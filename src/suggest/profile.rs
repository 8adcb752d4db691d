//! The words of a clause, and how much each says about it.

use std::collections::BTreeMap;

use ahash::AHashMap;

use super::words::words;
use crate::id::ClauseKey;
use crate::standard::{PRACTICES, Standards};

/// A clause by its words.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) clause: ClauseKey,
    /// How much a word says, by the place where the catalogue has it.
    pub(super) words: AHashMap<Box<str>, f64>,
    /// The same in a fixed order, so that sums are the same on every run.
    pub(super) sorted: Vec<(Box<str>, f64)>,
    /// What its words weigh together: a clause with many words is no likelier than one with few.
    pub(super) length: f64,
}

/// How much words of the title, of names of items, of the names of practices and of the summary say.
const TITLE: f64 = 3.0;
const ITEM: f64 = 2.0;
const PRACTICE: f64 = 1.5;
const SUMMARY: f64 = 1.0;

impl Profile {
    pub(super) fn of(standards: &Standards, key: ClauseKey) -> Profile {
        let clause = standards.clause(key);
        let mut profile = Profile { clause: key, words: AHashMap::new(), sorted: Vec::new(), length: 0.0 };
        profile.add(clause.title.as_deref().unwrap_or_default(), TITLE);
        profile.add(clause.summary.as_deref().unwrap_or_default(), SUMMARY);
        clause.documented_information.iter().for_each(|item| profile.add(&item.name, ITEM));
        clause.crosswalk.get(PRACTICES).into_iter().flatten().for_each(|name| profile.add(name, PRACTICE));
        profile
    }

    fn add(&mut self, text: &str, weight: f64) {
        for word in words(text) {
            let known = self.words.entry(word.stem).or_default();
            *known = known.max(weight);
        }
    }

    /// Takes in how telling each word is among all clauses.
    pub(super) fn apply_weights(&mut self, weights: &AHashMap<Box<str>, f64>) {
        let sorted: BTreeMap<&Box<str>, f64> = self.words.iter().map(|(word, own)| (word, *own)).collect();
        self.sorted = sorted.into_iter().map(|(word, own)| (word.clone(), own)).collect();
        let weight = |(word, own): &(Box<str>, f64)| own * weights.get(word).copied().unwrap_or_default();
        self.length = self.sorted.iter().map(|entry| weight(entry).powi(2)).sum::<f64>().sqrt();
    }
}
