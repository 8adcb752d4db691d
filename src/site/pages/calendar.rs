//! When documents are reviewed next.

use super::reviews;
use crate::date::Date;
use crate::handbook::{DocumentIndex, ReviewRule};
use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::{CalendarMonth, CalendarPage, ReviewEntry};
use crate::site::portal::Portal;
use crate::site::reading;

/// A list of reviews on the page has at most this many entries; the register has them all.
const MAX_ENTRIES: usize = 200;

/// The calendar of reviews.
pub(super) fn jobs(_: &Portal<'_>) -> Vec<Job> {
    vec![Job::page(layout::own("calendar.html"), calendar)]
}

fn calendar(portal: &Portal<'_>) -> CalendarPage {
    let as_of = portal.assessment.clock.as_of;
    let scheduled = scheduled(portal);
    let months: Vec<(i16, i8)> = (0..12).map(|ahead| month_ahead(as_of, ahead)).collect();
    let in_month = |(year, month): (i16, i8)| -> Vec<(Date, DocumentIndex)> {
        let fits = |date: &Date| {
            let (y, m, _) = date.parts();
            (y, m) == (year, month) && *date >= as_of
        };
        scheduled.iter().filter(|(date, _)| fits(date)).copied().collect()
    };
    let by_month: Vec<_> = months.iter().map(|month| (*month, in_month(*month))).collect();
    let most = by_month.iter().map(|(_, entries)| entries.len()).max().unwrap_or(0).max(1);
    let shown: usize = by_month.iter().map(|(_, entries)| entries.len()).sum();
    let overdue: Vec<_> = scheduled.iter().filter(|(date, _)| *date < as_of).copied().collect();
    let open = |(_, document): &(DocumentIndex, &crate::handbook::Document)| {
        document.review != ReviewRule::Never && document.status() == Some(crate::source::front_matter::Status::Approved)
    };
    let unscheduled = portal.reading.handbook.controlled().filter(open);
    let unscheduled = unscheduled.filter(|(index, _)| portal.assessment.life(*index).next_review.is_none());
    CalendarPage {
        frame: portal.frame(&layout::own("calendar.html"), portal.labels.text("pages.calendar"), "calendar"),
        later: scheduled.len() - overdue.len() - shown,
        overdue: entries(portal, &overdue),
        months: by_month
            .into_iter()
            .map(|((year, month), list)| CalendarMonth {
                id: format!("m{year:04}-{month:02}"),
                year,
                month,
                height: (list.len() as f32 / most as f32 * 10_000.0).round() / 100.0,
                entries: entries(portal, &list),
            })
            .collect(),
        unscheduled: unscheduled.take(MAX_ENTRIES).map(|(index, _)| portal.document_link(index)).collect(),
        ics: reviews::link(&scheduled, &reviews::all()),
    }
}

/// Reviews of documents that are approved and not retired, by date.
pub(super) fn scheduled(portal: &Portal<'_>) -> Vec<(Date, DocumentIndex)> {
    let mut list: Vec<(Date, DocumentIndex)> =
        portal.reading.handbook.controlled().filter_map(|(index, _)| next_review(portal, index)).collect();
    list.sort();
    list
}

/// The next review of a document that is approved and not retired.
pub(super) fn next_review(portal: &Portal<'_>, index: DocumentIndex) -> Option<(Date, DocumentIndex)> {
    let next = portal.assessment.life(index).next_review.filter(|_| reading::applies(portal.assessed(), index))?;
    Some((next, index))
}

/// Year and month some months after a day.
fn month_ahead(day: Date, ahead: i16) -> (i16, i8) {
    let (year, month, _) = day.parts();
    let months = year * 12 + i16::from(month) - 1 + ahead;
    (months.div_euclid(12), (months.rem_euclid(12) + 1) as i8)
}

/// Reviews as pages show them.
pub(super) fn entries(portal: &Portal<'_>, list: &[(Date, DocumentIndex)]) -> Vec<ReviewEntry> {
    let entry = |(on, index): &(Date, DocumentIndex)| ReviewEntry {
        on: *on,
        document: portal.document_link(*index),
        owner: portal.people(&portal.document(*index).owners),
    };
    list.iter().take(MAX_ENTRIES).map(entry).collect()
}
