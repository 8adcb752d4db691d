//! The data needed for rendering in Rust instead of templates.

use super::escape::text;
use super::words::Words;
use crate::site::theme::days::Days;
use crate::site::theme::labels::Labels;

/// Renders what occurs many times on many pages, if there are no custom templates.
pub(crate) struct Layout {
    pub(super) days: Days,
    pub(super) words: Words,
    /// The escaped word between two dates.
    pub(super) until: String,
}

impl Layout {
    /// Creates a layout with the given labels.
    pub(crate) fn new(labels: &Labels) -> Layout {
        let until = text(labels.text("registers.until")).into_owned();
        Layout { days: Days::new(labels), words: Words::of(labels), until }
    }
}
