//! The anchors of a body that links can refer to.

use super::{Body, fit};
use crate::place::Span;

/// Every anchor of a body, sorted. Anchors of headings and terms are stored only with those.
#[derive(Clone, Debug, Default)]
pub(crate) struct AnchorList {
    /// The anchors of footnotes and of raw HTML.
    pub(in crate::markdown) others: Vec<String>,
    /// Numbers of all anchors, sorted by their text. Numbers count the headings first, then the terms, then `others`.
    sorted: Vec<u32>,
}

impl Body {
    /// Sorts the anchors once they are complete.
    pub(in crate::markdown) fn sort_anchors(&mut self) {
        let count = self.headings.len() + self.terms.len() + self.anchors.others.len();
        let mut sorted: Vec<u32> = (0..Span::from(0..count).end).collect();
        sorted.sort_unstable_by_key(|number| self.anchor_of(*number));
        fit(&mut self.anchors.others);
        self.anchors.sorted = sorted;
    }

    /// Every anchor that a link can refer to, sorted: the ids of headings, glossary terms, footnotes and raw HTML.
    pub fn anchors(&self) -> impl ExactSizeIterator<Item = &str> {
        self.anchors.sorted.iter().map(|number| self.anchor_of(*number))
    }

    /// The index of an anchor in sorted order.
    pub(crate) fn find_anchor(&self, id: &str) -> Option<usize> {
        self.anchors.sorted.binary_search_by(|number| self.anchor_of(*number).cmp(id)).ok()
    }

    /// The anchor at an index in sorted order.
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
