//! Reports about raw HTML, each kind once per document.

use std::mem;
use std::ops::Range;

use super::element::{ContentModel, Element, REMOVED_HELP};
use super::source::RawHtml;
use crate::finding::reading;
use crate::markdown::reader::{RawReport, Reader};
use crate::place::Span;

impl Reader<'_> {
    /// Reports that an element has no effect on the page.
    pub(super) fn report_raw(&mut self, span: Span, message: String, help: &str) {
        self.raw_reports.add(span, message, if help.is_empty() { REMOVED_HELP } else { help });
    }

    /// Removes a tag without a finding; its closing tag is removed, too.
    pub(super) fn drop_silently(&mut self, element: &'static Element) {
        if element.content != ContentModel::Nothing {
            *self.dropped_tags.entry(element.name).or_default() += 1;
        }
    }

    /// Removes an allowed tag from a wrong context; its closing tag is removed without a second report.
    pub(super) fn drop_tag(&mut self, element: &'static Element, span: Span, reason: &str, help: &str) {
        self.drop_silently(element);
        self.report_raw(span, format!("`<{}>` is removed from the page: {reason}", element.name), help);
    }

    /// Reports a construct that is never closed and therefore swallows everything after it.
    pub(super) fn report_unclosed(&mut self, raw: &RawHtml<'_>, range: &Range<usize>, what: &str, closing: &str) {
        let message = format!("the {what} is never closed, so nothing that follows in it is on the page");
        let help = format!("write `{closing}` where it ends");
        let line = raw.html[range.clone()].lines().next().unwrap_or_default().trim_end().len();
        self.add_problem(reading::UNCLOSED_BLOCK, raw.span(&(range.start..range.start + line)), message, &help);
    }

    /// Turns the collected reports into problems.
    pub(in crate::markdown) fn report_raw_html(&mut self) {
        for RawReport { span, message, help, count } in mem::take(&mut self.raw_reports).list {
            let message = match count {
                1 => message,
                2 => format!("{message} (and once more in this document)"),
                _ => format!("{message} (and {} more times in this document)", count - 1),
            };
            self.add_problem(reading::RAW_HTML_REMOVED, span, message, &help);
        }
    }
}
