//! Raw HTML that is open, and what is to be reported of it.

use std::collections::HashMap;

use crate::markdown::raw::Element;
use crate::place::Span;

/// A raw tag that is open.
pub(in crate::markdown) struct OpenTag {
    pub(crate) element: &'static Element,
    /// How many containers of Markdown were open around it.
    pub(crate) depth: usize,
    pub(crate) span: Span,
    /// Number of the anchor that a heading gets when its words are known, and where they begin in the running text.
    pub(crate) anchor: Option<(usize, u32)>,
    /// Whether the digest has a mark where it was opened.
    pub(crate) is_marked: bool,
    /// Whether its words are no part of what the text says.
    pub(crate) is_silent: bool,
    /// Whether they are struck out.
    pub(crate) is_struck: bool,
}

/// What authors hide, by places in the file.
#[derive(Default)]
pub(in crate::markdown) struct HiddenRanges {
    /// Closing tags of elements that are removed with their content: each with its name and where it ends, in order.
    pub(crate) closing: Vec<(String, u32)>,
    /// The content of the last element that was removed, with its closing tag.
    pub(crate) removed: Span,
    /// Comments and words struck out beyond their paragraph, which are on the page all the same.
    pub(crate) shown: Vec<Span>,
    /// Where the file has the last closing tag of each element that was asked for.
    pub(crate) last_closers: HashMap<String, Option<usize>>,
    /// Where the last element began that strikes words out and was closed by the end of its paragraph.
    pub(crate) strike: Option<u32>,
}

/// Findings about raw HTML, by what they say.
#[derive(Default)]
pub(in crate::markdown) struct RawReports {
    pub(crate) list: Vec<RawReport>,
    pub(crate) numbers: HashMap<String, usize>,
}

/// What is reported, and how often.
pub(in crate::markdown) struct RawReport {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) help: String,
    pub(crate) count: usize,
}

impl RawReports {
    /// Notes a finding, or counts one more of its kind.
    pub(in crate::markdown) fn add(&mut self, span: Span, message: String, help: &str) {
        if let Some(report) = self.numbers.get(&message).and_then(|number| self.list.get_mut(*number)) {
            report.count += 1;
            return;
        }
        self.numbers.insert(message.clone(), self.list.len());
        self.list.push(RawReport { span, message, help: help.to_owned(), count: 1 });
    }
}
