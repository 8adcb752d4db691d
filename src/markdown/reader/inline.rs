//! Links and images that are open.

use pulldown_cmark::LinkType;

/// A link that is open.
pub(in crate::markdown) struct OpenLink {
    pub(crate) number: usize,
    pub(crate) kind: LinkType,
    /// Where its text begins in the running text.
    pub(crate) text_start: u32,
    /// Alternative texts of images in it.
    pub(crate) alternative: String,
}

impl OpenLink {
    /// `[[ID]]` has no text of its own.
    pub(in crate::markdown) fn is_bare(&self) -> bool {
        self.kind == LinkType::WikiLink { has_pothole: false }
    }
}

/// An image whose alternative text is being read.
pub(in crate::markdown) struct OpenImage {
    pub(crate) number: usize,
    pub(crate) kind: LinkType,
    pub(crate) alternative: String,
    /// Links and images in its alternative text that are open.
    pub(crate) depth: usize,
    pub(crate) last_end: u32,
}
