//! HTML under construction: text with slots for parts that are not known yet.

use super::anchor::RawAnchor;
use super::body::{Fill, Fragment, Gap, Gaps, Heading, Html, Phrase, Term};
use super::digest::DigestContent;
use crate::html::{escape, escape_text};

/// The content of a slot.
#[derive(Clone, Copy)]
pub(super) enum Slot {
    /// A gap that remains in the fragment.
    Fill(Fill),
    /// The id of the heading with this number.
    HeadingId(u32),
    /// The id of the glossary term with this number.
    TermId(u32),
    /// The `id` attribute for the raw anchor with this number; empty if the anchor was refused.
    RawId(u32),
    /// End of the heading at the start of the text.
    LeadEnd,
}

/// HTML with its slots and its content for the digest. Each footnote has its own stream.
#[derive(Default)]
pub(super) struct Stream {
    pub(crate) html: String,
    pub(crate) slots: Vec<(u32, Slot)>,
    pub(crate) content: DigestContent,
}

impl Stream {
    /// Reserves capacity for a source of this many bytes.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.html.reserve(bytes + bytes / 2);
        self.slots.reserve(bytes / 64);
        self.content.reserve(bytes);
    }

    /// Adds markup without escaping it.
    pub(super) fn push_markup(&mut self, markup: &str) {
        self.html.push_str(markup);
    }

    /// Adds text between tags, escaped.
    pub(super) fn push_text(&mut self, text: &str) {
        escape_text(&mut self.html, text);
    }

    /// Adds text within an attribute value, escaped.
    pub(super) fn push_escaped(&mut self, text: &str) {
        escape(&mut self.html, text);
    }

    /// Adds a gap.
    pub(super) fn push_gap(&mut self, fill: Fill) {
        self.push_slot(Slot::Fill(fill));
    }

    /// Adds a gap for a phrase of the interface.
    pub(super) fn push_phrase(&mut self, phrase: Phrase) {
        self.push_gap(Fill::Phrase(phrase));
    }

    /// Adds a known anchor, as the value of an `id` or in a link to it.
    pub(super) fn push_anchor(&mut self, id: &str) {
        self.push_gap(Fill::AnchorPrefix);
        self.push_escaped(id);
    }

    /// Adds a slot.
    pub(super) fn push_slot(&mut self, slot: Slot) {
        let at = self.offset();
        self.slots.push((at, slot));
    }

    /// The length of the HTML and the number of slots: code and pictures are slots alone.
    pub(super) fn lengths(&self) -> (usize, usize) {
        (self.html.len(), self.slots.len())
    }

    fn offset(&self) -> u32 {
        u32::try_from(self.html.len()).unwrap_or(u32::MAX)
    }

    /// Inserts markup at byte `at` of the HTML.
    pub(super) fn insert(&mut self, at: usize, markup: &str) {
        self.html.insert_str(at, markup);
        let added = u32::try_from(markup.len()).unwrap_or(u32::MAX);
        for (slot, _) in self.slots.iter_mut().rev().take_while(|(slot, _)| *slot as usize > at) {
            *slot += added;
        }
    }

    /// Removes everything after the first `length` bytes of the HTML.
    pub(super) fn truncate(&mut self, length: usize) {
        self.html.truncate(length);
        while self.slots.last().is_some_and(|(at, _)| *at as usize > length) {
            self.slots.pop();
        }
    }

    /// Appends another stream's HTML.
    pub(super) fn append(&mut self, other: &Stream) {
        let base = self.offset();
        self.html.push_str(&other.html);
        self.slots.extend(other.slots.iter().map(|&(at, slot)| (at + base, slot)));
    }

    /// Fills in the pending ids; the remaining slots become gaps.
    pub(super) fn into_fragment(self, headings: &[Heading], terms: &[Term], raw: &[RawAnchor]) -> Fragment {
        let Stream { html, slots, .. } = self;
        let mut fragment = FragmentBuilder {
            html: String::with_capacity(html.len() + 24 * slots.len()),
            gaps: Vec::with_capacity(slots.len()),
            lead: 0,
        };
        let mut last_end = 0;
        for (at, slot) in slots {
            fragment.html.push_str(&html[last_end..at as usize]);
            last_end = at as usize;
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
        fragment.html.push_str(&html[last_end..]);
        let FragmentBuilder { html, gaps, lead } = fragment;
        Fragment { html: Html::Plain(html), gaps: Gaps::new(&gaps), heading_end: lead }
    }
}

/// A fragment under construction.
struct FragmentBuilder {
    html: String,
    gaps: Vec<Gap>,
    lead: u32,
}

impl FragmentBuilder {
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
