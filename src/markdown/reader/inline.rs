//! Open links and images.

use pulldown_cmark::LinkType;

/// An open link.
pub(in crate::markdown) struct OpenLink {
    pub(crate) number: usize,
    pub(crate) kind: LinkType,
    /// Start of the link's text in the running text.
    pub(crate) text_start: u32,
    /// Alternative texts of the images in the link.
    pub(crate) alternative: String,
}

impl OpenLink {
    /// Whether the link is `[[ID]]`, which has no text.
    pub(in crate::markdown) fn is_bare(&self) -> bool {
        self.kind == LinkType::WikiLink { has_pothole: false }
    }
}

/// An open image, whose alternative text is being read.
pub(in crate::markdown) struct OpenImage {
    pub(crate) number: usize,
    pub(crate) kind: LinkType,
    pub(crate) alternative: String,
    /// Number of open links and images within the alternative text.
    pub(crate) depth: usize,
    pub(crate) last_end: u32,
}
