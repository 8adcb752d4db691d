//! Pages of registers: nonconformities, actions, improvements, and the inputs of a management review.

use serde::Serialize;

use super::audits::{AuditFact, NextVisit};
use super::common::{DocumentLink, Html, Link, Pagination, Shared};
use super::frame::Frame;
use super::grid::{Count, Grid, Mark, RiskPicture};
use super::page;
use crate::date::Date;

/// Entries of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct EntriesPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// What is on the page and in which order; one sentence.
    pub lead: String,
    /// How many are in each state.
    pub counts: Vec<Count>,
    /// The documents whose registers these are.
    pub owners: Vec<Shared<DocumentLink>>,
    /// Risks by likelihood and impact.
    pub risks: Option<RiskPicture>,
    /// The entries.
    pub grid: Grid,
    /// The way to the other parts of a long list.
    pub pagination: Option<Pagination>,
}

/// A service, a supplier or a location.
#[derive(Clone, Debug, Serialize)]
pub struct PartyPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// Its id.
    pub id: String,
    /// Its state.
    pub mark: Mark,
    /// What its register says.
    pub facts: Vec<(String, AuditFact)>,
    /// What its author remarks on it.
    pub note: Option<Html>,
    /// What belongs to it: documents, suppliers, entries, actions.
    pub grids: Vec<Grid>,
}

page!(PartyPage, "party.html", |page| format!("entry {}", page.id), |page| page.grids.iter().collect());

page!(EntriesPage, "entries.html", |page| format!("the list {}", page.frame.title), |page| vec![&page.grid]);

/// Management reviews, and what the handbook can say to each input of the next one.
#[derive(Clone, Debug, Serialize)]
pub struct ManagementReviewPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The review that comes next, when one is planned.
    pub next: Option<PlannedReview>,
    /// The first day of the period that the inputs are from.
    pub from: Option<Date>,
    /// Its last day.
    pub to: Date,
    /// The inputs.
    pub inputs: Vec<ReviewInput>,
    /// Every review.
    pub reviews: Grid,
    /// Every decision.
    pub decisions: Grid,
    /// The way to the other parts of a long list.
    pub pagination: Option<Pagination>,
    /// The documents whose registers these are.
    pub owners: Vec<Shared<DocumentLink>>,
}

page!(ManagementReviewPage, "management-review.html", |_page| "the page of management reviews".to_owned(), |page| {
    let of_inputs = page.inputs.iter().filter_map(|input| input.grid.as_ref());
    of_inputs.chain([&page.reviews, &page.decisions]).collect()
});

/// A management review that is planned.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedReview {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The first day on which it may be held.
    pub from: Date,
    /// The last one.
    pub to: Date,
}

/// An input of the management review.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewInput {
    /// Its anchor.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What the registers hold for it.
    pub grid: Option<Grid>,
    /// Where there is more of it.
    pub links: Vec<Link>,
    /// Documents that provide it.
    pub documents: Vec<Shared<DocumentLink>>,
    /// What is said when nothing is recorded.
    pub nothing: Option<String>,
}

/// The audits of a clause, and what they found.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseAudits {
    /// Whether it was audited in time.
    pub mark: Mark,
    /// The last internal audit, with its last day.
    pub last: Option<(Link, Date)>,
    /// What is said where there is none to show.
    pub no_last: String,
    /// The next one that is planned, with its first day.
    pub next: Option<(Link, Date)>,
    /// What is said where there is none to show.
    pub no_next: String,
    /// Findings that are not closed, or whose effect is still to be checked.
    pub open: Grid,
    /// What is said where this edition does not show all of them.
    pub more_open: Option<String>,
    /// Documents that claim it and were approved after its last audit, with their versions.
    pub changed: Grid,
}

/// Findings, audits and actions that name a document.
#[derive(Clone, Debug, Serialize)]
pub struct NamingEntries {
    /// Entries that name it.
    pub entries: Grid,
    /// How many more there are.
    pub more: usize,
}

/// What registers say in short, for the home page.
#[derive(Clone, Debug, Serialize)]
pub struct OpenEntries {
    /// How many nonconformities are open.
    pub nonconformities: Option<usize>,
    /// How many actions and decisions are late.
    pub actions: usize,
    /// The next visit of the certification body.
    pub visit: Option<NextVisit>,
    /// How ready the handbook is for it.
    pub ready: Option<Mark>,
}
