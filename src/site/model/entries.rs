//! Pages of registers: nonconformities, actions, improvements and the inputs of a management review.

use serde::Serialize;

use super::audits::{Facts, NextVisit};
use super::common::{DocumentLink, Html, Link, Pagination, Shared};
use super::frame::Frame;
use super::grid::{Count, Grid, Mark, RiskPicture};
use super::rendered::Rendered;
use super::{PagePart, page};
use crate::date::Date;

/// The entries of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct EntriesPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The contents of the page and their order, in one sentence.
    pub lead: String,
    /// The number of entries in each state.
    pub counts: Vec<Count>,
    /// The documents that own the registers shown.
    pub owners: Vec<Shared<DocumentLink>>,
    /// A picture of risks by likelihood and impact.
    pub risks: Option<RiskPicture>,
    /// The entries.
    pub grid: Grid,
    /// Links to the other parts of a long list.
    pub pagination: Option<Pagination>,
}

/// The page of a service, a supplier or a location.
#[derive(Clone, Debug, Serialize)]
pub struct PartyPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The entry's ID.
    pub id: String,
    /// The entry's state.
    pub mark: Mark,
    /// Its facts in the register.
    pub facts: Rendered<Facts>,
    /// The note in the register.
    pub note: Option<Html>,
    /// Related documents, suppliers, entries and actions.
    pub grids: Vec<Grid>,
}

page!(PartyPage, "party.html", |page| format!("entry {}", page.id), |page| page.grids.iter().collect(); |page| {
    vec![PagePart::Facts(&page.facts)]
});

page!(EntriesPage, "entries.html", |page| format!("the list {}", page.frame.title), |page| vec![&page.grid]);

/// Management reviews, and the handbook's information on each input of the next one.
#[derive(Clone, Debug, Serialize)]
pub struct ManagementReviewPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The next planned review.
    pub next: Option<PlannedReview>,
    /// The first day of the period that the inputs cover.
    pub from: Option<Date>,
    /// The last day of the period.
    pub to: Date,
    /// The inputs of the next review; empty on later parts of a long list.
    pub inputs: Vec<ReviewInput>,
    /// The reviews.
    pub reviews: Grid,
    /// The decisions and actions of these reviews.
    pub decisions: Grid,
    /// Links to the other parts of a long list.
    pub pagination: Option<Pagination>,
    /// The documents that own the registers shown.
    pub owners: Vec<Shared<DocumentLink>>,
}

page!(ManagementReviewPage, "management-review.html", |_page| "the page of management reviews".to_owned(), |page| {
    let of_inputs = page.inputs.iter().filter_map(|input| input.grid.as_ref());
    of_inputs.chain([&page.reviews, &page.decisions]).collect()
});

/// A planned management review.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedReview {
    /// The review's ID.
    pub id: String,
    /// The review's title.
    pub title: String,
    /// The first day planned for it.
    pub from: Date,
    /// The last day planned for it.
    pub to: Date,
}

/// An input of the management review.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewInput {
    /// The input's anchor.
    pub id: String,
    /// The input's title.
    pub title: String,
    /// The information in the registers.
    pub grid: Option<Grid>,
    /// Links to further information.
    pub links: Vec<Link>,
    /// Documents that provide it.
    pub documents: Vec<Shared<DocumentLink>>,
    /// The text shown if nothing is recorded, or not everything can be read.
    pub nothing: Option<String>,
}

/// The audits of a clause and their findings.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseAudits {
    /// Whether it was audited on time.
    pub mark: Mark,
    /// The last internal audit and its last day.
    pub last: Option<(Link, Date)>,
    /// The text shown if there is none.
    pub no_last: String,
    /// The next planned audit and its first day.
    pub next: Option<(Link, Date)>,
    /// The text shown if there is none.
    pub no_next: String,
    /// Findings that are not closed or whose effectiveness has not been checked.
    pub open: Grid,
    /// A notice if this edition does not show all of them.
    pub more_open: Option<String>,
    /// Documents that claim it and were approved after its last audit, with their versions.
    pub changed: Grid,
}

/// The entries of registers that name a document.
#[derive(Clone, Debug, Serialize)]
pub struct NamingEntries {
    /// The entries that are not completed.
    pub entries: Grid,
    /// The number of further entries that are not completed.
    pub more: usize,
    /// The completed entries with their titles.
    pub completed: Vec<(Link, String)>,
    /// The number of further completed entries.
    pub more_completed: usize,
    /// The day on which they have these states.
    pub as_of: Date,
}

/// A summary of the registers for the home page.
#[derive(Clone, Debug, Serialize)]
pub struct OpenEntries {
    /// The number of open nonconformities.
    pub nonconformities: Option<String>,
    /// The number of late actions and decisions.
    pub actions: String,
    /// The next visit of the certification body; `None` if the settings describe a certificate, which shows it.
    pub visit: Option<NextVisit>,
    /// The readiness for the next visit, if one is known.
    pub ready: Option<Mark>,
}
