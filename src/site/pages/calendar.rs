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
    CalendarMonth, CalendarPage, DeadlineGroup, DeadlineListPage, DeadlineRow, Frame, Link, Rendered, ReviewEntry,
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

/// What a list of deadlines contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DeadlineList {
    /// The overdue ones.
    Overdue,
    /// Those of a kind.
    Kind(DeadlineKind),
    /// Those in a month.
    Month(Month),
}

impl DeadlineList {
    /// The address of the first part.
    fn path(self) -> SitePath {
        match self {
            DeadlineList::Overdue => layout::own_path("calendar/overdue.html"),
            DeadlineList::Kind(kind) => kind_path(kind),
            DeadlineList::Month(month) => month_path(month),
        }
    }

    fn title(self, portal: &Portal<'_>) -> String {
        match self {
            DeadlineList::Overdue => portal.labels.text("deadlines.overdue").to_owned(),
            DeadlineList::Kind(kind) => portal.labels.text(&format!("deadlines_of.{}", kind.as_str())).to_owned(),
            DeadlineList::Month(month) => month_name(portal, month),
        }
    }

    fn contains(self, deadline: &Deadline) -> bool {
        match self {
            DeadlineList::Overdue => deadline.state == DeadlineState::Overdue,
            DeadlineList::Kind(kind) => deadline.kind == kind,
            DeadlineList::Month(month) => deadline.day.map(month_of) == Some(month),
        }
    }
}

/// The calendar, and the lists of overdue deadlines, by kind and by month.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let mut jobs = vec![Job::page(path(), calendar)];
    let kinds = kinds(portal);
    let overdue_count: usize = kinds.values().map(|counts| counts.overdue).sum();
    if overdue_count > MAX_ENTRIES {
        jobs.extend(list_jobs(DeadlineList::Overdue, overdue_count));
    }
    for (kind, counts) in kinds {
        jobs.extend(list_jobs(DeadlineList::Kind(kind), counts.all));
    }
    for (month, count) in months(portal) {
        jobs.extend(list_jobs(DeadlineList::Month(month), count));
    }
    jobs
}

fn list_jobs(deadline_list: DeadlineList, count: usize) -> Vec<Job> {
    let first = deadline_list.path();
    let parts = ListSlice::split(count, MAX_PART_ENTRIES);
    let job = |part: ListSlice| Job::page(part.path(&first), move |portal| list(portal, deadline_list, &part));
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

/// The number of open deadlines of a kind.
#[derive(Clone, Copy, Default)]
struct KindCounts {
    all: usize,
    overdue: usize,
}

/// The kinds with open deadlines, and the number of these.
fn kinds(portal: &Portal<'_>) -> BTreeMap<DeadlineKind, KindCounts> {
    let mut counts: BTreeMap<DeadlineKind, KindCounts> = BTreeMap::new();
    for deadline in portal.open_deadlines() {
        let counts = counts.entry(deadline.kind).or_default();
        counts.all += 1;
        counts.overdue += usize::from(deadline.state == DeadlineState::Overdue);
    }
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
        kinds: kinds(portal).into_iter().map(|(kind, counts)| kind_link(portal, kind, counts)).collect(),
        overdue: rows(portal, &late),
        overdue_more: late.len().saturating_sub(MAX_ENTRIES),
        overdue_url: url(&DeadlineList::Overdue.path()),
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

fn kind_link(portal: &Portal<'_>, kind: DeadlineKind, KindCounts { all, overdue }: KindCounts) -> DeadlineGroup {
    let link = Link { text: DeadlineList::Kind(kind).title(portal), url: url(&kind_path(kind)) };
    DeadlineGroup { link, count: all, overdue_count: overdue }
}

fn rows(portal: &Portal<'_>, list: &[&Deadline]) -> Rendered<Vec<DeadlineRow>> {
    let rows: Vec<DeadlineRow> = list.iter().take(MAX_ENTRIES).map(|deadline| portal.deadline_row(deadline)).collect();
    rows.into()
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
    DeadlineGroup {
        link: Link { text: month_name(portal, month), url: url(&month_path(month)) },
        count: list.len(),
        overdue_count: 0,
    }
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

fn list(portal: &Portal<'_>, deadline_list: DeadlineList, part: &ListSlice) -> DeadlineListPage {
    let first = deadline_list.path();
    let fitting = portal.open_deadlines().filter(|deadline| deadline_list.contains(deadline));
    let calendar = Link { text: portal.labels.text("pages.calendar").to_owned(), url: url(&path()) };
    let title = format!("{}: {}", calendar.text, deadline_list.title(portal));
    let entries = fitting.skip(part.range.start).take(part.range.len());
    DeadlineListPage {
        frame: Frame { crumbs: vec![calendar.into()], ..portal.part_frame(part, &first, title, "calendar") },
        entries: entries.map(|deadline| portal.deadline_row(deadline)).collect::<Vec<_>>().into(),
        pagination: part.pagination(&first),
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
