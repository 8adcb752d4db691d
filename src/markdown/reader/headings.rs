//! The headings read so far.

use crate::place::Span;

/// The state of headings.
#[derive(Default)]
pub(in crate::markdown) struct Headings {
    pub(crate) open: Option<OpenHeading>,
    /// The requested anchor of each heading.
    pub(crate) anchors: Vec<HeadingAnchor>,
    /// Open sections.
    pub(crate) sections: Vec<OpenSection>,
    /// Lines of attributes that may limit the claims of a heading beside them.
    pub(crate) limits: Vec<Span>,
}

/// An open section.
pub(in crate::markdown) struct OpenSection {
    /// Index of the heading.
    pub(crate) number: usize,
    pub(crate) level: u8,
    /// The value of the reader's content counter at the end of the heading.
    pub(crate) substance: u32,
    /// Whether the heading is in a quote, a list, a table or a footnote.
    pub(crate) is_inside: bool,
}

/// An open heading, with the positions at which it starts.
pub(in crate::markdown) struct OpenHeading {
    pub(crate) html_start: usize,
    pub(crate) inside_start: usize,
    pub(crate) text_start: u32,
    pub(crate) alternative: String,
}

/// The anchor requested for a heading.
pub(in crate::markdown) struct HeadingAnchor {
    pub(crate) anchor: String,
    pub(crate) is_chosen: bool,
    /// Start of the heading in the running text.
    pub(crate) text_start: u32,
}

impl Headings {
    /// Whether a heading is open.
    pub(in crate::markdown) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The anchor that the author chose for a heading.
    pub(in crate::markdown) fn chosen_anchor(&self, number: usize) -> Option<&str> {
        self.anchors.get(number).filter(|wanted| wanted.is_chosen).map(|wanted| wanted.anchor.as_str())
    }

    /// The anchor derived from a heading's text, if its author chose none.
    pub(in crate::markdown) fn derived_anchor(&self, number: usize) -> Option<&str> {
        self.anchors.get(number).filter(|wanted| !wanted.is_chosen).map(|wanted| wanted.anchor.as_str())
    }

    /// Start of a heading in the running text.
    pub(in crate::markdown) fn text_start(&self, number: usize) -> u32 {
        self.anchors.get(number).map_or(0, |anchor| anchor.text_start)
    }

    /// Adds the alternative text of an image in a heading.
    pub(in crate::markdown) fn add_alternative(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            open.alternative.push_str(text);
        }
    }
}
