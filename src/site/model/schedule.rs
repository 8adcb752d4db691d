//! When documents are reviewed next.

use serde::Serialize;

use super::common::{DocumentLink, Person, Shared};
use super::frame::Frame;
use super::page;
use crate::date::Date;

/// Reviews of the next twelve months, and those that are late.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// Reviews that are late, the oldest first.
    pub overdue: Vec<ReviewEntry>,
    /// How many more are late; the list of overdue documents has them all.
    pub overdue_more: usize,
    /// Whether it is the page of one month.
    pub open: bool,
    /// Twelve months from the build's date on.
    pub months: Vec<CalendarMonth>,
    /// How many documents in force have no next review within twelve months.
    pub later: usize,
    /// Documents that should be reviewed and have no date for it.
    pub unscheduled: Vec<Shared<DocumentLink>>,
    /// The same as an iCalendar file.
    pub ics: Option<String>,
}

page!(CalendarPage, "calendar.html", |_page| "the calendar of reviews".to_owned());

/// A month of reviews.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarMonth {
    /// Its anchor, such as `m2026-12`.
    pub id: String,
    /// Year.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: i8,
    /// Height of its bar, 0 to 100, of the month with most reviews.
    pub height: f32,
    /// How many reviews there are.
    pub count: usize,
    /// Its own page, where each month has one.
    pub url: Option<String>,
    /// Whether this page lists its reviews.
    pub open: bool,
    /// How many more reviews there are than the list has.
    pub more: usize,
    /// The reviews, by date.
    pub entries: Vec<ReviewEntry>,
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
