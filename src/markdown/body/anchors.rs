//! The anchors of a body that links may name.

use super::{Body, fit};
use crate::place::Span;

/// Every anchor of a body, sorted; those of headings and terms stand there alone.
#[derive(Clone, Debug, Default)]
pub(crate) struct AnchorList {
    /// Those that neither a heading nor a term has: of footnotes and of raw HTML.
    pub(in crate::markdown) others: Vec<String>,
    /// All of them by their text: numbers of headings, then of terms, then of others.
    sorted: Vec<u32>,
}

impl Body {
    /// Sorts the anchors, once all of them are there.
    pub(in crate::markdown) fn sort_anchors(&mut self) {
        let count = self.headings.len() + self.terms.len() + self.anchors.others.len();
        let mut sorted: Vec<u32> = (0..Span::from(0..count).end).collect();
        sorted.sort_unstable_by_key(|number| self.anchor_of(*number));
        fit(&mut self.anchors.others);
        self.anchors.sorted = sorted;
    }

    /// Every anchor that a link may name: ids of headings, of glossary terms and of footnotes; sorted.
    pub fn anchors(&self) -> impl ExactSizeIterator<Item = &str> {
        self.anchors.sorted.iter().map(|number| self.anchor_of(*number))
    }

    /// The place of an anchor among all of them.
    pub(crate) fn find_anchor(&self, id: &str) -> Option<usize> {
        self.anchors.sorted.binary_search_by(|number| self.anchor_of(*number).cmp(id)).ok()
    }

    /// The anchor at a place among all of them.
    pub(crate) fn anchor_at(&self, place: usize) -> Option<&str> {
        self.anchors.sorted.get(place).map(|number| self.anchor_of(*number))
    }

    fn anchor_of(&self, number: u32) -> &str {
        let number = number as usize;
        let (headings, terms) = (self.headings.len(), self.terms.len());
        match number.checked_sub(headings) {
            None => &self.headings[number].id,
            Some(number) if number < terms => &self.terms[number].id,
            Some(number) => &self.anchors.others[number - terms],
        }
    }
}
