//! Retention periods of records.

use crate::date::{Date, Interval};
use crate::handbook::{Document, is_dated_by_content};
use crate::source::front_matter::FrontMatter;

/// Returns the day until which a record or report is kept: its date plus its retention period.
///
/// Returns `None` if the period runs from another day, or if the document describes records kept elsewhere, each with
/// its own date.
pub(super) fn disposal_day(document: &Document) -> Option<Date> {
    let front =
        document.front().filter(|front| is_dated_by_content(&document.doc_type) && !front.is_kept_elsewhere())?;
    let is_unclear = ["retention", "date", "type"].iter().any(|key| front.is_unclear(key)) || front.has_unread_rest;
    let retention = front.retention.as_ref().filter(|_| !is_unclear)?;
    Some(record_date(front)?.plus(retention_period(&retention.value)?))
}

fn record_date(front: &FrontMatter) -> Option<Date> {
    front.date.as_ref().map(|date| date.value)
}

/// Returns the retention period if it counts from the record's own date: `3 years`, or `3 years, then deleted`.
fn retention_period(retention: &str) -> Option<Interval> {
    let (time, rest) = retention.split_once([',', ';']).unwrap_or((retention, ""));
    let rest = rest.trim();
    let is_plain = rest.is_empty() || rest.split_whitespace().next() == Some("then");
    time.trim().parse().ok().filter(|_| is_plain && time.trim().starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_time_that_runs_from_the_date_of_the_record_is_counted() {
        let years = |count: u16| Some(Interval::Months(12 * count));
        for (text, expected) in [
            ("3 years", years(3)),
            ("3 years, then deleted", years(3)),
            ("90 days; then archived", Some(Interval::Days(90))),
            ("6 years after the end of the contract, then deleted", None),
            ("6 years, after the end of the contract", None),
            ("Employment plus 2 years, then deleted", None),
            ("annual, then deleted", None),
            ("Three years, then deleted", None),
            ("0 years", None),
            ("", None),
        ] {
            assert_eq!(retention_period(text), expected, "{text}");
        }
    }
}
