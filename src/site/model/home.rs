//! The first page.

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

/// The first page: how the system stands, and where to go.
#[derive(Clone, Debug, Serialize)]
pub struct HomePage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The handbook's own introduction.
    pub introduction: Option<Html>,
    /// The newest day in the files, when they are judged for an earlier one.
    pub later_files: Option<Date>,
    /// The main standard.
    pub standard: StandardLink,
    /// The main standard's figures.
    pub figures: Option<Figures>,
    /// What becomes of coverage if nothing is done.
    pub forecast: Option<ForecastPicture>,
    /// Coverage by clause group.
    pub groups: Vec<GroupCoverage>,
    /// All clauses by group, for the map.
    pub map: Vec<MapRow>,
    /// Documents by state, every state that occurs.
    pub states: Vec<StateCount>,
    /// The same as the register counts them.
    pub tally: Tally,
    /// How many documents there are.
    pub documents: usize,
    /// What needs attention first: what `clausebook status` says, in its order.
    pub attention: Vec<Attention>,
    /// Reviews due in the next 90 days, the nearest first; at most 12.
    pub reviews: Vec<ReviewEntry>,
    /// How many more reviews are due in that time.
    pub reviews_more: usize,
    /// What changed last; at most 6.
    pub changes: Vec<RecentChange>,
    /// What registers say in short.
    pub entries: Option<OpenEntries>,
    /// The certificate, when the settings give one.
    pub certificate: Option<Certificate>,
    /// Figures of the other standards.
    pub others: Vec<(StandardLink, Figures)>,
}

page!(HomePage, "home.html", |_page| "the home page".to_owned());

/// Coverage of one clause group.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GroupCoverage {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// Its figures.
    pub figures: Figures,
}

/// A row of the map of clauses.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MapRow {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// Its coverage units.
    pub tiles: Vec<HeatTile>,
}

/// A clause in the map of clauses.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HeatTile {
    /// The clause.
    pub clause: ClauseLink,
    /// The clause's title, and who answers for the documents that address it.
    pub hint: String,
}

/// How many documents are in a state.
#[derive(Clone, Debug, Serialize)]
pub struct StateCount {
    /// The state.
    pub state: State,
    /// How many.
    pub count: usize,
    /// Where the bar's part begins, 0 to 100.
    pub x: f64,
    /// How wide it is, 0 to 100.
    pub width: f64,
}

/// Something that needs attention.
#[derive(Clone, Debug, Serialize)]
pub struct Attention {
    /// What kind of thing it is.
    pub kind: AttentionKind,
    /// What is to be done, a short sentence.
    pub text: String,
    /// Why, or since when.
    pub detail: Option<String>,
    /// Where to go.
    pub url: String,
    /// Who answers for it.
    pub owner: Option<Shared<Person>>,
}

/// Why something needs attention; the order is that of urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttentionKind {
    /// A clause or a required item that nothing answers.
    Missing,
    /// A document past its review.
    Overdue,
    /// A document whose text was not approved.
    Changed,
    /// A document that rests on one which has changed.
    Suspect,
    /// A finding of severity error.
    Error,
    /// A clause claimed in part only.
    Partial,
    /// A document that waits for approval.
    Draft,
    /// A review that is due soon.
    DueSoon,
    /// A review that is due later.
    Planned,
}

/// A line of a revision history among the latest.
#[derive(Clone, Debug, Serialize)]
pub struct RecentChange {
    /// The day.
    pub on: Date,
    /// The version that came of it.
    pub version: Option<String>,
    /// What changed.
    pub summary: String,
    /// The document.
    pub document: Shared<DocumentLink>,
}

/// A certificate of conformity.
#[derive(Clone, Debug, Serialize)]
pub struct Certificate {
    /// Number.
    pub number: Option<String>,
    /// Designation of the standard.
    pub standard: String,
    /// Who issued it.
    pub body: Option<String>,
    /// What it covers, in its own words.
    pub scope: Option<String>,
    /// Day of issue.
    pub issued: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
    /// That it has passed, as a mark.
    pub expired: Option<Mark>,
    /// The next audit: what it is, and when.
    pub next_audit: Option<(String, Date)>,
    /// The page that tells more.
    pub more: Option<Link>,
}
