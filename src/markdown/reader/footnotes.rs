//! Footnotes read so far.

use std::collections::{HashMap, HashSet};

use crate::markdown::stream::Stream;

/// The footnotes of a text.
#[derive(Default)]
pub(in crate::markdown) struct Footnotes {
    /// Number of each label, in the order of their first mention, and how often it was mentioned.
    pub(crate) numbers: HashMap<String, (usize, usize)>,
    /// Definitions in the order in which they stand.
    pub(crate) defined: Vec<(String, Stream)>,
    /// The streams that are waiting while a footnote is read, with its label.
    pub(crate) waiting: Vec<(String, Stream)>,
    /// The numbers of those footnotes, with the lengths of the running text and of the links before them.
    pub(crate) starts: Vec<(usize, u32, usize)>,
    /// Labels that are mentioned, each with that of the footnote that does so; none for the text itself.
    mentions: Vec<(Option<String>, String)>,
}

impl Footnotes {
    /// The number of a label and how often it has been mentioned, this time included.
    pub(in crate::markdown) fn mention(&mut self, label: &str) -> (usize, usize) {
        let within = self.waiting.last().map(|(label, _)| label.clone());
        self.mentions.push((within, label.to_lowercase()));
        let next = self.numbers.len() + 1;
        let entry = self.numbers.entry(label.to_lowercase()).or_insert((next, 0));
        entry.1 += 1;
        *entry
    }

    /// Labels to which the text leads, through other footnotes, too.
    pub(in crate::markdown) fn reached(&self) -> HashSet<&str> {
        let mut by_footnote: HashMap<Option<&str>, Vec<&str>> = HashMap::new();
        for (within, label) in &self.mentions {
            by_footnote.entry(within.as_deref()).or_default().push(label);
        }
        let mut waiting = by_footnote.remove(&None).unwrap_or_default();
        let mut reached = HashSet::new();
        while let Some(label) = waiting.pop() {
            if reached.insert(label) {
                waiting.extend(by_footnote.remove(&Some(label)).unwrap_or_default());
            }
        }
        reached
    }
}
