//! The data needed for rendering in Rust instead of templates.

use super::escape::text;
use super::words::EscapedLabels;
use crate::site::theme::dates::DateFormatter;
use crate::site::theme::labels::Labels;

/// Renders what occurs many times on many pages, if there are no custom templates.
pub(crate) struct BuiltInRenderer {
    pub(super) days: DateFormatter,
    pub(super) labels: EscapedLabels,
    /// The escaped word between two dates.
    pub(super) until: String,
}

impl BuiltInRenderer {
    /// Creates a layout with the given labels.
    pub(crate) fn new(labels: &Labels) -> BuiltInRenderer {
        let until = text(labels.text("registers.until")).into_owned();
        BuiltInRenderer { days: DateFormatter::new(labels), labels: EscapedLabels::new(labels), until }
    }
}
