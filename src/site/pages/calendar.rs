//! When documents are reviewed next.

use super::reviews;
use crate::date::Date;
use crate::handbook::{Document, DocumentIndex, ReviewRule};
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::model::{CalendarMonth, CalendarPage, DocumentLink, ReviewEntry, Shared};
use crate::site::portal::Portal;
use crate::site::reading;
use crate::source::front_matter::Status;
use crate::url::SitePath;

/// A list of reviews has at most this many entries; the register has them all.
const MAX_ENTRIES: usize = 300;

/// With more reviews than this in twelve months, each month has a page of its own.
const MAX_ON_ONE_PAGE: usize = 100;

/// The calendar of reviews: one page, or one for each month beside it.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let whole = Job::page(first(), |portal| calendar(portal, None));
    if !is_split(&months(portal, &scheduled(portal))) {
        return vec![whole];
    }
    let month = |at: usize| Job::page(path_of_month(at), move |portal| calendar(portal, Some(at)));
    std::iter::once(whole).chain((0..12).map(month)).collect()
}

fn first() -> SitePath {
    layout::own("calendar.html")
}

/// The page of a month, by how far it is ahead.
fn path_of_month(at: usize) -> SitePath {
    layout::part(&first(), at + 2)
}

/// A month with its reviews.
type Month = ((i16, i8), Vec<(Date, DocumentIndex)>);

fn is_split(months: &[Month]) -> bool {
    months.iter().map(|(_, entries)| entries.len()).sum::<usize>() > MAX_ON_ONE_PAGE
}

/// Twelve months from the build's day on, each with its reviews.
fn months(portal: &Portal<'_>, scheduled: &[(Date, DocumentIndex)]) -> Vec<Month> {
    let as_of = portal.assessment.clock.as_of;
    let in_month = |(year, month): (i16, i8)| {
        let fits = |date: &Date| {
            let (y, m, _) = date.parts();
            (y, m) == (year, month) && *date >= as_of
        };
        ((year, month), scheduled.iter().filter(|(date, _)| fits(date)).copied().collect())
    };
    (0..12).map(|ahead| in_month(month_ahead(as_of, ahead))).collect()
}

/// The calendar, or the page of one month.
fn calendar(portal: &Portal<'_>, open: Option<usize>) -> CalendarPage {
    let as_of = portal.assessment.clock.as_of;
    let scheduled = scheduled(portal);
    let months = months(portal, &scheduled);
    let shown: usize = months.iter().map(|(_, entries)| entries.len()).sum();
    let overdue: Vec<_> = scheduled.iter().filter(|(date, _)| *date < as_of).copied().collect();
    let unscheduled: Vec<_> = if open.is_none() { unscheduled(portal) } else { Vec::new() };
    let path = open.map_or_else(first, path_of_month);
    CalendarPage {
        frame: portal.frame(&path, title(portal, open.and_then(|at| months.get(at))), "calendar"),
        later: scheduled.len() - overdue.len() - shown,
        overdue_more: overdue.len().saturating_sub(MAX_ENTRIES),
        overdue: if open.is_none() { entries(portal, &overdue) } else { Vec::new() },
        months: calendar_months(portal, &months, open),
        open: open.is_some(),
        unscheduled,
        ics: reviews::link(&scheduled, &reviews::all()),
    }
}

fn title(portal: &Portal<'_>, month: Option<&Month>) -> String {
    let title = portal.labels.text("pages.calendar");
    match month {
        Some(((year, month), _)) => {
            format!("{title}: {} {year}", portal.labels.text(&format!("month.long.{month}")))
        }
        None => title.to_owned(),
    }
}

fn calendar_months(portal: &Portal<'_>, months: &[Month], open: Option<usize>) -> Vec<CalendarMonth> {
    let most = months.iter().map(|(_, entries)| entries.len()).max().unwrap_or(0).max(1);
    let is_split = is_split(months);
    let month = |(at, ((year, month), list)): (usize, &Month)| CalendarMonth {
        id: format!("m{year:04}-{month:02}"),
        year: *year,
        month: *month,
        height: (list.len() as f32 / most as f32 * 10_000.0).round() / 100.0,
        count: list.len(),
        url: is_split.then(|| url(&path_of_month(at))),
        open: if is_split { open == Some(at) } else { true },
        more: list.len().saturating_sub(MAX_ENTRIES),
        entries: if is_split && open != Some(at) { Vec::new() } else { entries(portal, list) },
    };
    months.iter().enumerate().map(month).collect()
}

/// Documents that should be reviewed and have no date for it.
fn unscheduled(portal: &Portal<'_>) -> Vec<Shared<DocumentLink>> {
    let open = |(_, document): &(DocumentIndex, &Document)| {
        document.review != ReviewRule::Never && document.status() == Some(Status::Approved)
    };
    let unscheduled = portal.reading.handbook.controlled().filter(open);
    let unscheduled = unscheduled.filter(|(index, _)| portal.assessment.life(*index).next_review.is_none());
    unscheduled.take(MAX_ENTRIES).map(|(index, _)| portal.document_link(index)).collect()
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
