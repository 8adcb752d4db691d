//! What is due when.

use serde::Serialize;

use super::common::{DocumentLink, Link, Named, Pagination, Person, Shared};
use super::frame::Frame;
use super::grid::Mark;
use super::page;
use crate::date::Date;

/// Deadlines of the next twelve months, and those that are late.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// Kinds of deadlines, each with a page of its own.
    pub kinds: Vec<DeadlineGroup>,
    /// What is late, the oldest first.
    pub overdue: Vec<DeadlineRow>,
    /// How many more are late.
    pub overdue_more: usize,
    /// Twelve months from the build's date on.
    pub months: Vec<CalendarMonth>,
    /// Later months, each with a page of its own.
    pub later: Vec<DeadlineGroup>,
    /// Documents that should be reviewed and have no date for it.
    pub unscheduled: Vec<Shared<DocumentLink>>,
    /// The same as an iCalendar file.
    pub ics: Option<String>,
    /// An iCalendar file for each role that is to do something.
    pub roles: Vec<Link>,
    /// The same as a table.
    pub csv: String,
}

page!(CalendarPage, "calendar.html", |_page| "the calendar of deadlines".to_owned());

/// Deadlines of one kind or month.
#[derive(Clone, Debug, Serialize)]
pub struct DeadlineListPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The deadlines, by date.
    pub entries: Vec<DeadlineRow>,
    /// The way to the other parts of a long list.
    pub pagination: Option<Pagination>,
}

page!(DeadlineListPage, "deadlines.html", |page| format!("the list {}", page.frame.title));

/// Deadlines of a kind or month: their page, and how many there are.
#[derive(Clone, Debug, Serialize)]
pub struct DeadlineGroup {
    /// The page.
    pub link: Link,
    /// How many there are.
    pub count: usize,
}

/// A month of deadlines.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarMonth {
    /// Its anchor, such as `m2026-12`.
    pub id: String,
    /// Year.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: i8,
    /// Height of its bar, 0 to 100, of the month with most deadlines.
    pub height: f32,
    /// How many there are.
    pub count: usize,
    /// The deadlines, by date; not more than a page can show.
    pub entries: Vec<DeadlineRow>,
    /// How many more there are.
    pub more: usize,
    /// The page that has them all, where there are more.
    pub url: String,
}

/// A day by which somebody is to have done something.
#[derive(Clone, Debug, Serialize)]
pub struct DeadlineRow {
    /// The day; nothing where nobody can read it.
    pub on: Option<Date>,
    /// What is said instead of the day, where there is none.
    pub no_day: String,
    /// The last day of something that lasts several.
    pub end: Option<Date>,
    /// What it is of.
    pub kind: Named,
    /// What is to be done.
    pub text: String,
    /// The page that shows it; empty for none.
    pub url: String,
    /// Who is to do it.
    pub people: Vec<Shared<Person>>,
    /// How it stands.
    pub mark: Mark,
}

/// A review of a document.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewEntry {
    /// The day.
    pub on: Date,
    /// The document.
    pub document: Shared<DocumentLink>,
    /// Who answers for it.
    pub owner: Option<Shared<Person>>,
}
