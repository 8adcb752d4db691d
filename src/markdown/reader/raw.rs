//! Open raw HTML, and pending reports about it.

use std::collections::HashMap;

use crate::markdown::raw::Element;
use crate::place::Span;

/// An open raw tag.
pub(in crate::markdown) struct OpenTag {
    pub(crate) element: &'static Element,
    /// Number of open Markdown containers around the tag.
    pub(crate) depth: usize,
    pub(crate) span: Span,
    /// For a heading, the index of its pending anchor and the start of its words in the running text.
    pub(crate) anchor: Option<(usize, u32)>,
    /// Whether the digest has a mark for the tag.
    pub(crate) is_marked: bool,
    /// Whether its words are not part of what the text asserts.
    pub(crate) is_silent: bool,
    /// Whether its words are struck out.
    pub(crate) is_struck: bool,
}

/// Content that authors hide, as positions in the file.
#[derive(Default)]
pub(in crate::markdown) struct HiddenRanges {
    /// Closing tags of elements that are removed with their content, each with its name and end, in order.
    pub(crate) closing: Vec<(String, u32)>,
    /// The content of the last removed element, including its closing tag.
    pub(crate) removed: Span,
    /// Comments, and words struck out beyond their paragraph, that are visible on the page nevertheless.
    pub(crate) visible: Vec<Span>,
    /// Position of the last closing tag in the file for each element that was looked up.
    pub(crate) last_closers: HashMap<String, Option<usize>>,
    /// Start of the last striking element that was closed by the end of its paragraph.
    pub(crate) strike: Option<u32>,
}

/// Findings about raw HTML, grouped by message.
#[derive(Default)]
pub(in crate::markdown) struct RawReports {
    pub(crate) list: Vec<RawReport>,
    pub(crate) numbers: HashMap<String, usize>,
}

/// A finding and its number of occurrences.
pub(in crate::markdown) struct RawReport {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) help: String,
    pub(crate) count: usize,
}

impl RawReports {
    /// Records a finding, or counts another one with the same message.
    pub(in crate::markdown) fn add(&mut self, span: Span, message: String, help: &str) {
        if let Some(report) = self.numbers.get(&message).and_then(|number| self.list.get_mut(*number)) {
            report.count += 1;
            return;
        }
        self.numbers.insert(message.clone(), self.list.len());
        self.list.push(RawReport { span, message, help: help.to_owned(), count: 1 });
    }
}
