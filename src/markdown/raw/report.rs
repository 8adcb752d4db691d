//! What is reported of raw HTML: each kind once for each document.

use std::collections::HashMap;

use crate::finding::reading;
use crate::markdown::reader::Reader;
use crate::place::Span;

/// Findings about raw HTML, by what they say.
#[derive(Default)]
pub(in crate::markdown) struct RawReports {
    list: Vec<Report>,
    numbers: HashMap<String, usize>,
}

struct Report {
    span: Span,
    message: String,
    help: String,
    count: usize,
}

impl RawReports {
    /// Notes a finding, or counts one more of its kind.
    pub(super) fn add(&mut self, span: Span, message: String, help: &str) {
        if let Some(report) = self.numbers.get(&message).and_then(|number| self.list.get_mut(*number)) {
            report.count += 1;
            return;
        }
        self.numbers.insert(message.clone(), self.list.len());
        self.list.push(Report { span, message, help: help.to_owned(), count: 1 });
    }
}

impl Reader<'_> {
    /// Reports what was found of raw HTML.
    pub(in crate::markdown) fn report_raw_html(&mut self) {
        for Report { span, message, help, count } in std::mem::take(&mut self.raw_reports).list {
            let message = match count {
                1 => message,
                2 => format!("{message} (and once more in this document)"),
                _ => format!("{message} (and {} more times in this document)", count - 1),
            };
            self.problem(reading::RAW_HTML_REMOVED, span, message, &help);
        }
    }
}
