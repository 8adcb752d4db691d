//! Alerts that are open or announced.

use crate::markdown::dialect::Alert;
use crate::place::Span;

/// What is known of alerts.
#[derive(Default)]
pub(in crate::markdown) struct Alerts {
    /// Quotes that are alerts in another dialect, by where they begin in the file.
    pub(crate) expected: Vec<(u32, Alert)>,
    /// What closes the quotes that are open.
    pub(crate) open: Vec<&'static str>,
    /// What opens and closes the title of the alert that has just begun, which is the next heading.
    pub(crate) title: Option<(&'static str, &'static str)>,
    /// What closes the title that is open.
    pub(crate) open_title: Option<&'static str>,
}

impl Alerts {
    /// Says which quotes of a body that begins at byte `base` of its file are alerts.
    pub(in crate::markdown) fn expect(&mut self, alerts: Vec<Alert>, base: usize) {
        self.expected = alerts.into_iter().map(|alert| (Span::from(0..base + alert.at).end, alert)).collect();
    }

    /// Whether the next heading is the title of an alert.
    pub(in crate::markdown) fn expects_title(&self) -> bool {
        self.title.is_some()
    }

    /// Whether the title of an alert is being read.
    pub(in crate::markdown) fn has_open_title(&self) -> bool {
        self.open_title.is_some()
    }

    /// The alert that begins at a byte of the file.
    pub(in crate::markdown) fn at(&self, start: u32) -> Option<Alert> {
        let number = self.expected.binary_search_by_key(&start, |(at, _)| *at).ok()?;
        self.expected.get(number).map(|(_, alert)| alert.clone())
    }
}
