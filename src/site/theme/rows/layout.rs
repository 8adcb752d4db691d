//! What is needed to lay anything out.

use super::escape::text;
use super::words::Words;
use crate::site::theme::days::Days;
use crate::site::theme::labels::Labels;

/// Lays out what many pages have much of, where no template of a handbook's own does.
pub(crate) struct Layout {
    pub(super) days: Days,
    pub(super) words: Words,
    /// The word between two days, escaped.
    pub(super) until: String,
}

impl Layout {
    /// A layout in the words of a handbook.
    pub(crate) fn new(labels: &Labels) -> Layout {
        let until = text(labels.text("registers.until")).into_owned();
        Layout { days: Days::new(labels), words: Words::of(labels), until }
    }
}
