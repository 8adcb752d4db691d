//! The calendar of deadlines: overdue items, the next twelve months, and a list per kind and later month.

use std::collections::BTreeMap;

use super::reviews;
use crate::assess::{Deadline, DeadlineKind, DeadlineState};
use crate::date::Date;
use crate::handbook::{DocumentIndex, ReviewRule};
use crate::site::frames::ListSlice;
use crate::site::job::Job;
use crate::site::layout;
use crate::site::links::url;
use crate::site::model::{
    CalendarMonth, CalendarPage, DeadlineGroup, DeadlineListPage, DeadlineRow, Link, ReviewEntry,
};
use crate::site::portal::Portal;
use crate::site::reading;
use crate::source::front_matter::Status;
use crate::url::SitePath;

/// The maximum number of entries in a list on the calendar; the lists by kind and month contain all.
const MAX_ENTRIES: usize = 40;
/// The maximum number of entries per part of a list by kind or month.
const MAX_PART_ENTRIES: usize = 200;
/// The number of months on the calendar.
const MONTHS: i16 = 12;

/// A year and a month.
type Month = (i16, i8);

/// The calendar, and the lists by kind and by month.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let mut jobs = vec![Job::page(path(), calendar)];
    for (kind, count) in kinds(portal) {
        jobs.extend(list_jobs(kind_path(kind), count, move |deadline| deadline.kind == kind));
    }
    for (month, count) in months(portal) {
        jobs.extend(list_jobs(month_path(month), count, move |deadline| deadline.day.map(month_of) == Some(month)));
    }
    jobs
}

fn list_jobs(
    first: SitePath,
    count: usize,
    fits: impl Fn(&Deadline) -> bool + Copy + Send + Sync + 'static,
) -> Vec<Job> {
    let parts = ListSlice::split(count, MAX_PART_ENTRIES);
    let job = |part: ListSlice| {
        let first = first.clone();
        Job::page(part.path(&first), move |portal| list(portal, &first, &part, fits))
    };
    parts.into_iter().map(job).collect()
}

/// The address of the calendar.
fn path() -> SitePath {
    layout::own_path("calendar.html")
}

fn kind_path(kind: DeadlineKind) -> SitePath {
    layout::own_path(&format!("calendar/{}.html", kind.as_str()))
}

fn month_path((year, month): Month) -> SitePath {
    layout::own_path(&format!("calendar/{year:04}-{month:02}.html"))
}

fn month_of(day: Date) -> Month {
    let (year, month, _) = day.year_month_day();
    (year, month)
}

/// The kinds with open deadlines, and the number of these.
fn kinds(portal: &Portal<'_>) -> BTreeMap<DeadlineKind, usize> {
    let mut counts = BTreeMap::new();
    portal.open_deadlines().for_each(|deadline| *counts.entry(deadline.kind).or_default() += 1);
    counts
}

/// The months with their own page: those after the calendar's, and those with too many deadlines for it.
fn months(portal: &Portal<'_>) -> BTreeMap<Month, usize> {
    let as_of = portal.assessment.clock.as_of;
    let mut counts: BTreeMap<Month, usize> = BTreeMap::new();
    let upcoming = portal.open_deadlines().filter(|deadline| deadline.state != DeadlineState::Overdue);
    upcoming.filter_map(|deadline| deadline.day).for_each(|day| *counts.entry(month_of(day)).or_default() += 1);
    let beyond = month_ahead(as_of, MONTHS);
    counts.retain(|month, count| *month >= beyond || *count > MAX_ENTRIES);
    counts
}

fn calendar(portal: &Portal<'_>) -> CalendarPage {
    let as_of = portal.assessment.clock.as_of;
    let is_late = |deadline: &&Deadline| deadline.state == DeadlineState::Overdue;
    let late: Vec<&Deadline> = portal.open_deadlines().filter(is_late).collect();
    let mut ahead: BTreeMap<Month, Vec<&Deadline>> = BTreeMap::new();
    let not_late = portal.open_deadlines().filter(|deadline| !is_late(deadline));
    let dated = not_late.filter_map(|deadline| Some((deadline.day?, deadline)));
    dated.for_each(|(day, deadline)| ahead.entry(month_of(day.max(as_of))).or_default().push(deadline));
    let shown: Vec<Month> = (0..MONTHS).map(|months| month_ahead(as_of, months)).collect();
    let no_deadlines = Vec::new();
    let by_month: Vec<(Month, &Vec<&Deadline>)> =
        shown.iter().map(|month| (*month, ahead.get(month).unwrap_or(&no_deadlines))).collect();
    let max_count = by_month.iter().map(|(_, list)| list.len()).max().unwrap_or(0).max(1);
    let unscheduled = unscheduled_documents(portal);
    CalendarPage {
        frame: portal.frame(&path(), portal.labels.text("pages.calendar"), "calendar"),
        kinds: kinds(portal).into_iter().map(|(kind, count)| kind_link(portal, kind, count)).collect(),
        overdue: rows(portal, &late),
        overdue_more: late.len().saturating_sub(MAX_ENTRIES),
        months: by_month.iter().map(|(month, list)| calendar_month(portal, *month, list, max_count)).collect(),
        later: ahead
            .iter()
            .filter(|(month, _)| !shown.contains(month))
            .map(|(month, list)| month_link(portal, *month, list))
            .collect(),
        unscheduled: unscheduled.iter().take(MAX_ENTRIES).map(|index| portal.document_link(*index)).collect(),
        ics: portal.open_deadlines().any(|deadline| deadline.day.is_some()).then(|| url(&reviews::calendar_path())),
        roles: reviews::role_files(portal)
            .iter()
            .map(|(name, file)| Link { text: name.to_string(), url: url(file) })
            .collect(),
        csv: "deadlines.csv".to_owned(),
    }
}

fn kind_link(portal: &Portal<'_>, kind: DeadlineKind, count: usize) -> DeadlineGroup {
    let name = portal.labels.text(&format!("deadlines_of.{}", kind.as_str())).to_owned();
    DeadlineGroup { link: Link { text: name, url: url(&kind_path(kind)) }, count }
}

fn rows(portal: &Portal<'_>, list: &[&Deadline]) -> Vec<DeadlineRow> {
    list.iter().take(MAX_ENTRIES).map(|deadline| portal.deadline_row(deadline)).collect()
}

fn calendar_month(portal: &Portal<'_>, (year, month): Month, list: &[&Deadline], max_count: usize) -> CalendarMonth {
    CalendarMonth {
        id: format!("m{year:04}-{month:02}"),
        year,
        month,
        height: (list.len() as f32 / max_count as f32 * 10_000.0).round() / 100.0,
        count: list.len(),
        entries: rows(portal, list),
        more: list.len().saturating_sub(MAX_ENTRIES),
        url: url(&month_path((year, month))),
    }
}

fn month_link(portal: &Portal<'_>, month: Month, list: &[&Deadline]) -> DeadlineGroup {
    DeadlineGroup { link: Link { text: month_name(portal, month), url: url(&month_path(month)) }, count: list.len() }
}

fn month_name(portal: &Portal<'_>, (year, month): Month) -> String {
    format!("{} {year}", portal.labels.text(&format!("month.long.{month}")))
}

/// Approved documents that require a review but have no date for it.
fn unscheduled_documents(portal: &Portal<'_>) -> Vec<DocumentIndex> {
    let open = |(_, document): &(DocumentIndex, &crate::handbook::Document)| {
        document.review != ReviewRule::Never && document.status() == Some(Status::Approved)
    };
    let documents = portal.reading.handbook.controlled().filter(open).map(|(index, _)| index);
    documents.filter(|index| portal.assessment.life(*index).next_review.is_none()).collect()
}

fn list(portal: &Portal<'_>, first: &SitePath, part: &ListSlice, fits: impl Fn(&Deadline) -> bool) -> DeadlineListPage {
    let fitting: Vec<&Deadline> = portal.open_deadlines().filter(|deadline| fits(deadline)).collect();
    let kind = fitting.first().map(|deadline| deadline.kind).filter(|kind| kind_path(*kind) == *first);
    let title = match (kind, fitting.first()) {
        (Some(kind), _) => portal.labels.text(&format!("deadlines_of.{}", kind.as_str())).to_owned(),
        (None, Some(deadline)) => deadline.day.map(|day| month_name(portal, month_of(day))).unwrap_or_default(),
        (None, None) => String::new(),
    };
    let calendar = Link { text: portal.labels.text("pages.calendar").to_owned(), url: url(&path()) };
    let title = format!("{}: {title}", calendar.text);
    let entries = fitting.get(part.range.clone()).unwrap_or_default();
    DeadlineListPage {
        frame: crate::site::model::Frame {
            crumbs: vec![calendar.into()],
            ..portal.part_frame((part, first), title, "calendar")
        },
        entries: entries.iter().map(|deadline| portal.deadline_row(deadline)).collect(),
        pagination: part.pagination(first),
    }
}

/// The next reviews of documents that were approved and are not retired, by date and then by ID.
pub(super) fn scheduled_reviews(portal: &Portal<'_>) -> Vec<(Date, DocumentIndex)> {
    let mut list: Vec<(Date, DocumentIndex)> =
        portal.reading.handbook.controlled().filter_map(|(index, _)| next_review(portal, index)).collect();
    let id = |index: DocumentIndex| portal.document(index).id().map(|id| id.as_str());
    list.sort_by_key(|(day, index)| (*day, id(*index), *index));
    list
}

/// The next review of a document, if it has a date and the document was approved and is not retired.
fn next_review(portal: &Portal<'_>, index: DocumentIndex) -> Option<(Date, DocumentIndex)> {
    let next = portal.assessment.life(index).next_review.filter(|_| reading::applies(portal.assessed(), index))?;
    Some((next, index))
}

/// The month a number of months after a date.
fn month_ahead(day: Date, offset: i16) -> Month {
    let (year, month, _) = day.year_month_day();
    let months = year * 12 + i16::from(month) - 1 + offset;
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
