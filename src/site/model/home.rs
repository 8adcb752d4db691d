//! The home page.

use serde::Serialize;

use super::common::{ClauseLink, DocumentLink, Html, Link, Person, Shared};
use super::coverage::Figures;
use super::entries::OpenEntries;
use super::forecast::ForecastPicture;
use super::frame::Frame;
use super::grid::Mark;
use super::listing::Tally;
use super::page;
use super::schedule::ReviewEntry;
use super::site::StandardLink;
use crate::assess::State;
use crate::date::Date;

/// The home page: the state of the management system and links to its parts.
#[derive(Clone, Debug, Serialize)]
pub struct HomePage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The handbook's introduction.
    pub introduction: Option<Html>,
    /// The latest date in the files, if the build is for an earlier day.
    pub later_files: Option<Date>,
    /// The main standard.
    pub standard: StandardLink,
    /// The main standard's figures.
    pub figures: Option<Figures>,
    /// The forecast of coverage if nobody acts.
    pub forecast: Option<ForecastPicture>,
    /// Coverage by group of clauses.
    pub groups: Vec<GroupCoverage>,
    /// All coverage units by group, for the map.
    pub map: Vec<MapRow>,
    /// The number of documents in each state that occurs.
    pub states: Vec<StateCount>,
    /// The number of documents in each state, in the format of the register.
    pub tally: Tally,
    /// The number of documents.
    pub documents: usize,
    /// What needs attention first, in the same order as in `clausebook status`.
    pub attention: Vec<Attention>,
    /// Reviews due in the next 90 days, nearest first; up to 12.
    pub reviews: Vec<ReviewEntry>,
    /// The number of further reviews due in that time.
    pub reviews_more: usize,
    /// The latest changes; up to 6.
    pub changes: Vec<RecentChange>,
    /// A summary of the registers.
    pub entries: Option<OpenEntries>,
    /// The number of errors that `check` reports.
    pub errors: usize,
    /// The certificate, if the settings describe one.
    pub certificate: Option<Certificate>,
    /// The figures of the other standards.
    pub others: Vec<(StandardLink, Figures)>,
}

page!(HomePage, "home.html", |_page| "the home page".to_owned());

/// Coverage of a group of clauses.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GroupCoverage {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// The figures.
    pub figures: Figures,
}

/// A row of the map of clauses.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MapRow {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// The coverage units.
    pub tiles: Vec<HeatTile>,
}

/// A clause on the map.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HeatTile {
    /// The clause.
    pub clause: ClauseLink,
    /// The clause's title, and the first documents that address it with their owners, one per line.
    pub hint: String,
}

/// The number of documents in a state.
#[derive(Clone, Debug, Serialize)]
pub struct StateCount {
    /// The state.
    pub state: State,
    /// The number of documents.
    pub count: usize,
    /// The left edge of its segment in the bar, from 0 to 100.
    pub x: f64,
    /// The width of its segment, from 0 to 100.
    pub width: f64,
}

/// Something that needs attention.
#[derive(Clone, Debug, Serialize)]
pub struct Attention {
    /// The reason for attention.
    pub kind: AttentionKind,
    /// The action needed, as a short sentence.
    pub text: String,
    /// The cause, or the date since when.
    pub detail: Option<String>,
    /// The address of the page with details.
    pub url: String,
    /// The owner.
    pub owner: Option<Shared<Person>>,
}

/// The reasons for attention, most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttentionKind {
    /// A clause that no document addresses, or a required item that none provides.
    Missing,
    /// A document past its review, or an overdue item of a register.
    Overdue,
    /// A document whose current text was not approved.
    Changed,
    /// A document that depends on a changed document.
    Suspect,
    /// A finding of severity error.
    Error,
    /// A clause that is only claimed in part.
    Partial,
    /// A document that is awaiting approval.
    Draft,
    /// A review that is due soon.
    DueSoon,
    /// A review that is due later.
    Planned,
}

/// One of the latest entries in revision histories.
#[derive(Clone, Debug, Serialize)]
pub struct RecentChange {
    /// The date.
    pub on: Date,
    /// The resulting version.
    pub version: Option<String>,
    /// The summary of the change.
    pub summary: String,
    /// The document.
    pub document: Shared<DocumentLink>,
}

/// A certificate of conformity.
#[derive(Clone, Debug, Serialize)]
pub struct Certificate {
    /// The number.
    pub number: Option<String>,
    /// The name of the standard.
    pub standard: String,
    /// The certification body.
    pub body: Option<String>,
    /// The scope of certification.
    pub scope: Option<String>,
    /// The date of issue.
    pub issued: Option<Date>,
    /// The last day of validity.
    pub valid_to: Option<Date>,
    /// A mark if it has expired.
    pub expired: Option<Mark>,
    /// The name and date of the next audit.
    pub next_audit: Option<(String, Date)>,
    /// The visits that were not held in time, with their last days, oldest first; at most a few.
    pub overdue_visits: Vec<(String, Date)>,
    /// The mark of these visits.
    pub overdue_mark: Mark,
    /// A link to the page with details.
    pub more: Option<Link>,
}
