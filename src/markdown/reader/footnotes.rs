//! Footnotes read so far.

use std::collections::HashMap;

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
}

impl Footnotes {
    /// The number of a label and how often it has been mentioned, this time included.
    pub(in crate::markdown) fn mention(&mut self, label: &str) -> (usize, usize) {
        let next = self.numbers.len() + 1;
        let entry = self.numbers.entry(label.to_lowercase()).or_insert((next, 0));
        entry.1 += 1;
        *entry
    }
}
