//! Open and expected alerts.

use crate::markdown::dialect::Alert;
use crate::place::Span;

/// The state of alerts.
#[derive(Default)]
pub(in crate::markdown) struct Alerts {
    /// Quotes that are alerts in another dialect, in order of their start in the file.
    pub(crate) expected: Vec<(u32, Alert)>,
    /// The closing tags of open quotes.
    pub(crate) open: Vec<&'static str>,
    /// The place of each open quote that is an alert, and how long the page was before its content.
    pub(crate) contents: Vec<Option<(Span, (usize, usize))>>,
    /// The opening and closing tags for the title of the alert that has just started; the title is the next heading.
    pub(crate) title: Option<(&'static str, &'static str)>,
    /// The closing tag of the open title.
    pub(crate) open_title: Option<&'static str>,
}

impl Alerts {
    /// Sets the quotes that are alerts, in a body that starts at byte `base` of its file.
    pub(in crate::markdown) fn expect(&mut self, alerts: Vec<Alert>, base: usize) {
        self.expected = alerts.into_iter().map(|alert| (Span::from(0..base + alert.at).end, alert)).collect();
    }

    /// Whether the next heading is the title of an alert.
    pub(in crate::markdown) fn expects_title(&self) -> bool {
        self.title.is_some()
    }

    /// Whether the title of an alert is open.
    pub(in crate::markdown) fn has_open_title(&self) -> bool {
        self.open_title.is_some()
    }

    /// The alert that starts at a byte of the file.
    pub(in crate::markdown) fn alert_at(&self, start: u32) -> Option<Alert> {
        let number = self.expected.binary_search_by_key(&start, |(at, _)| *at).ok()?;
        self.expected.get(number).map(|(_, alert)| alert.clone())
    }
}
