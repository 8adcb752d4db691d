//! Headings read so far.

use crate::place::Span;

/// What is known of headings so far.
#[derive(Default)]
pub(in crate::markdown) struct Headings {
    pub(crate) open: Option<OpenHeading>,
    /// The anchor that each heading asks for.
    pub(crate) wanted: Vec<HeadingAnchor>,
    /// Sections that are open.
    pub(crate) sections: Vec<OpenSection>,
    /// Lines of attributes that may limit the claims of a heading beside them.
    pub(crate) limits: Vec<Span>,
}

/// A section that is open.
pub(in crate::markdown) struct OpenSection {
    /// Number of its heading.
    pub(crate) number: usize,
    pub(crate) level: u8,
    /// The substance that there was when its heading ended.
    pub(crate) substance: u32,
    /// Whether its heading stands in a quote, a list, a table or a footnote.
    pub(crate) is_inside: bool,
}

/// A heading whose text is being read, with where it begins.
pub(in crate::markdown) struct OpenHeading {
    pub(crate) html_start: usize,
    pub(crate) inside_start: usize,
    pub(crate) text_start: u32,
    pub(crate) alternative: String,
}

/// The anchor that a heading asks for.
pub(in crate::markdown) struct HeadingAnchor {
    pub(crate) anchor: String,
    pub(crate) chosen: bool,
    /// Where the heading begins in the running text.
    pub(crate) text_start: u32,
}

impl Headings {
    /// Whether a heading's text is being read.
    pub(in crate::markdown) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The anchor that the author chose for a heading.
    pub(in crate::markdown) fn chosen(&self, number: usize) -> Option<&str> {
        self.wanted.get(number).filter(|wanted| wanted.chosen).map(|wanted| wanted.anchor.as_str())
    }

    /// The anchor that is made of a heading's text because its author chose none.
    pub(in crate::markdown) fn made(&self, number: usize) -> Option<&str> {
        self.wanted.get(number).filter(|wanted| !wanted.chosen).map(|wanted| wanted.anchor.as_str())
    }

    /// Where a heading begins in the running text.
    pub(in crate::markdown) fn text_start(&self, number: usize) -> u32 {
        self.wanted.get(number).map_or(0, |wanted| wanted.text_start)
    }

    /// Adds the alternative text of an image in a heading.
    pub(in crate::markdown) fn add_alternative(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            open.alternative.push_str(text);
        }
    }
}
