//! Deadlines.

use serde::Serialize;

use super::common::{DocumentLink, KeyedName, Link, Pagination, Person, Shared};
use super::frame::Frame;
use super::grid::Mark;
use super::rendered::Rendered;
use super::{PagePart, page};
use crate::date::Date;

/// The deadlines of the next twelve months, and those that have passed.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The kinds of deadlines, each with its own page.
    pub kinds: Vec<DeadlineGroup>,
    /// Overdue items, oldest first.
    pub overdue: Rendered<Vec<DeadlineRow>>,
    /// The number of further overdue items.
    pub overdue_more: usize,
    /// The page with all overdue items, if there are further ones.
    pub overdue_url: String,
    /// Twelve months from the build's day.
    pub months: Vec<CalendarMonth>,
    /// Later months, each with its own page.
    pub later: Vec<DeadlineGroup>,
    /// Documents that require a review but have no date for it.
    pub unscheduled: Vec<Shared<DocumentLink>>,
    /// The address of an iCalendar file with all deadlines.
    pub ics: Option<String>,
    /// An iCalendar file for each role with deadlines.
    pub roles: Vec<Link>,
    /// The address of a CSV file with all deadlines.
    pub csv: String,
}

page!(CalendarPage, "calendar.html", |_page| "the calendar of deadlines".to_owned(); |page| {
    page.months.iter().map(|month| &month.entries).chain([&page.overdue]).map(PagePart::Deadlines).collect()
});

/// The deadlines of one kind or month.
#[derive(Clone, Debug, Serialize)]
pub struct DeadlineListPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The deadlines, by date.
    pub entries: Rendered<Vec<DeadlineRow>>,
    /// Links to the other parts of a long list.
    pub pagination: Option<Pagination>,
}

page!(DeadlineListPage, "deadlines.html", |page| format!("the list {}", page.frame.title); |page| {
    vec![PagePart::Deadlines(&page.entries)]
});

/// A link to the deadlines of one kind or month, with their number.
#[derive(Clone, Debug, Serialize)]
pub struct DeadlineGroup {
    /// The page.
    pub link: Link,
    /// The number of deadlines.
    pub count: usize,
    /// How many of these are overdue.
    pub overdue_count: usize,
}

/// A month in the calendar.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarMonth {
    /// The anchor, such as `m2026-12`.
    pub id: String,
    /// The year.
    pub year: i16,
    /// The month, from 1 to 12.
    pub month: i8,
    /// The height of its bar, as a percentage of the month with the most deadlines.
    pub height: f32,
    /// The number of deadlines.
    pub count: usize,
    /// The deadlines, by date, up to the maximum for a page.
    pub entries: Rendered<Vec<DeadlineRow>>,
    /// The number of further deadlines.
    pub more: usize,
    /// The page with all deadlines of the month, if there are more.
    pub url: String,
}

/// A deadline.
#[derive(Clone, Debug, Serialize)]
pub struct DeadlineRow {
    /// The date; `None` if it is missing or cannot be read.
    pub on: Option<Date>,
    /// The text shown instead of a missing date.
    pub no_day: String,
    /// The last day, if it lasts several days.
    pub end: Option<Date>,
    /// The kind of deadline.
    pub kind: KeyedName,
    /// The task.
    pub text: String,
    /// The page that shows it; empty if there is none.
    pub url: String,
    /// The responsible persons or roles.
    pub people: Vec<Shared<Person>>,
    /// The state.
    pub mark: Mark,
}

/// A review of a document.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewEntry {
    /// The date.
    pub on: Date,
    /// The document.
    pub document: Shared<DocumentLink>,
    /// The owner.
    pub owner: Option<Shared<Person>>,
}
