//! The footnotes read so far.

use std::collections::{HashMap, HashSet};

use crate::markdown::stream::Stream;

/// The footnotes of a text.
#[derive(Default)]
pub(in crate::markdown) struct Footnotes {
    /// The number of each label, in order of first reference, and its count of references.
    pub(crate) numbers: HashMap<String, (usize, usize)>,
    /// Definitions, in source order.
    pub(crate) defined: Vec<(String, Stream)>,
    /// The enclosing streams that are paused while a footnote is read, each with the label of that footnote.
    pub(crate) outer_streams: Vec<(String, Stream)>,
    /// The indexes of those footnotes, with the lengths of the running text and of the links before them.
    pub(crate) starts: Vec<(usize, u32, usize)>,
    /// Referenced labels, each with the label of the footnote that contains the reference, or `None` for the main text.
    references: Vec<(Option<String>, String)>,
}

impl Footnotes {
    /// Records a reference to a label; returns its number and its count of references so far.
    pub(in crate::markdown) fn add_reference(&mut self, label: &str) -> (usize, usize) {
        let within = self.outer_streams.last().map(|(label, _)| label.clone());
        self.references.push((within, label.to_lowercase()));
        let next = self.numbers.len() + 1;
        let entry = self.numbers.entry(label.to_lowercase()).or_insert((next, 0));
        entry.1 += 1;
        *entry
    }

    /// Labels that the text references, directly or through other footnotes.
    pub(in crate::markdown) fn referenced_labels(&self) -> HashSet<&str> {
        let mut by_footnote: HashMap<Option<&str>, Vec<&str>> = HashMap::new();
        for (within, label) in &self.references {
            by_footnote.entry(within.as_deref()).or_default().push(label);
        }
        let mut pending = by_footnote.remove(&None).unwrap_or_default();
        let mut reachable = HashSet::new();
        while let Some(label) = pending.pop() {
            if reachable.insert(label) {
                pending.extend(by_footnote.remove(&Some(label)).unwrap_or_default());
            }
        }
        reachable
    }
}
