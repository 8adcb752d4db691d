//! HTML under construction: text, and slots for what is not known yet.

use super::anchor::RawAnchor;
use super::body::{Fill, Fragment, Gap, Gaps, Heading, Html, Phrase, Term};
use super::digest::Content;
use crate::html::{escape, escape_text};

/// What stands in a slot.
#[derive(Clone, Copy)]
pub(super) enum Slot {
    /// A gap that stays one.
    Fill(Fill),
    /// The id of a heading, by its number.
    HeadingId(u32),
    /// The id of a glossary term, by its number.
    TermId(u32),
    /// The id that a tag of raw HTML sets, by its number: the whole attribute, or nothing.
    RawId(u32),
    /// Where the heading ends that the text begins with.
    LeadEnd,
}

/// A stream of HTML with its slots and its content for the digest. Footnotes have one each.
#[derive(Default)]
pub(super) struct Stream {
    pub(crate) html: String,
    pub(crate) slots: Vec<(u32, Slot)>,
    pub(crate) content: Content,
}

impl Stream {
    /// Makes room for what a text of so many bytes will need.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.html.reserve(bytes + bytes / 2);
        self.slots.reserve(bytes / 64);
        self.content.reserve(bytes);
    }

    /// Adds markup as it is.
    pub(super) fn raw(&mut self, markup: &str) {
        self.html.push_str(markup);
    }

    /// Adds text between tags.
    pub(super) fn text(&mut self, text: &str) {
        escape_text(&mut self.html, text);
    }

    /// Adds text in an attribute's value.
    pub(super) fn escaped(&mut self, text: &str) {
        escape(&mut self.html, text);
    }

    /// Leaves a gap.
    pub(super) fn gap(&mut self, fill: Fill) {
        self.slot(Slot::Fill(fill));
    }

    /// Leaves a gap for words of ours.
    pub(super) fn phrase(&mut self, phrase: Phrase) {
        self.gap(Fill::Phrase(phrase));
    }

    /// Adds an anchor that is known, as the value of an `id` or in a link to it.
    pub(super) fn anchor(&mut self, id: &str) {
        self.gap(Fill::AnchorPrefix);
        self.escaped(id);
    }

    /// Leaves a slot.
    pub(super) fn slot(&mut self, slot: Slot) {
        let at = self.offset();
        self.slots.push((at, slot));
    }

    fn offset(&self) -> u32 {
        u32::try_from(self.html.len()).unwrap_or(u32::MAX)
    }

    /// Adds markup before what was added since the HTML was `at` long.
    pub(super) fn insert(&mut self, at: usize, markup: &str) {
        self.html.insert_str(at, markup);
        let added = u32::try_from(markup.len()).unwrap_or(u32::MAX);
        for (slot, _) in self.slots.iter_mut().rev().take_while(|(slot, _)| *slot as usize > at) {
            *slot += added;
        }
    }

    /// Removes everything that was added since the HTML was `length` long.
    pub(super) fn truncate(&mut self, length: usize) {
        self.html.truncate(length);
        while self.slots.last().is_some_and(|(at, _)| *at as usize > length) {
            self.slots.pop();
        }
    }

    /// Adds another stream's HTML.
    pub(super) fn append(&mut self, other: &Stream) {
        let base = self.offset();
        self.html.push_str(&other.html);
        self.slots.extend(other.slots.iter().map(|&(at, slot)| (at + base, slot)));
    }

    /// Writes the ids that were awaited; what remains are gaps.
    pub(super) fn into_fragment(self, headings: &[Heading], terms: &[Term], raw: &[RawAnchor]) -> Fragment {
        let Stream { html, slots, .. } = self;
        let mut fragment = OpenFragment {
            html: String::with_capacity(html.len() + 24 * slots.len()),
            gaps: Vec::with_capacity(slots.len()),
            lead: 0,
        };
        let mut done = 0;
        for (at, slot) in slots {
            fragment.html.push_str(&html[done..at as usize]);
            done = at as usize;
            match slot {
                Slot::Fill(fill) => fragment.push_gap(fill),
                Slot::LeadEnd => fragment.lead = fragment.end(),
                Slot::RawId(number) => {
                    if let Some(id) = raw.get(number as usize).and_then(|anchor| anchor.id.as_deref()) {
                        fragment.html.push_str(" id=\"");
                        fragment.push_anchor(id);
                        fragment.html.push('"');
                    }
                }
                Slot::HeadingId(number) => {
                    fragment.push_anchor(headings.get(number as usize).map_or("", |heading| &heading.id));
                }
                Slot::TermId(number) => fragment.push_anchor(terms.get(number as usize).map_or("", |term| &term.id)),
            }
        }
        fragment.html.push_str(&html[done..]);
        let OpenFragment { html, gaps, lead } = fragment;
        Fragment { html: Html::Whole(html), gaps: Gaps::new(&gaps), lead }
    }
}

/// A fragment under construction.
struct OpenFragment {
    html: String,
    gaps: Vec<Gap>,
    lead: u32,
}

impl OpenFragment {
    fn end(&self) -> u32 {
        u32::try_from(self.html.len()).unwrap_or(u32::MAX)
    }

    fn push_gap(&mut self, fill: Fill) {
        self.gaps.push(Gap { at: self.end(), fill });
    }

    fn push_anchor(&mut self, id: &str) {
        self.push_gap(Fill::AnchorPrefix);
        escape(&mut self.html, id);
    }
}
