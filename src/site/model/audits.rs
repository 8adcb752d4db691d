//! The audit programme, its audits, and the certificate.

use serde::Serialize;

use super::common::{ClauseLink, DocumentLink, Html, Link, Pagination, Shared};
use super::frame::Frame;
use super::grid::{Checklist, Count, Grid, Mark};
use super::page;
use crate::date::Date;

/// When each clause was audited, and every audit.
#[derive(Clone, Debug, Serialize)]
pub struct ProgrammePage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// How many clauses there are, and how often each is audited; one sentence.
    pub lead: String,
    /// The documents whose registers these are.
    pub owners: Vec<Shared<DocumentLink>>,
    /// How many clauses are in each state.
    pub counts: Vec<Count>,
    /// The years, from the earliest.
    pub years: Vec<i16>,
    /// Clauses by their group; empty on later parts of a long list.
    pub groups: Vec<ProgrammeGroup>,
    /// Shapes with their meanings.
    pub legend: Vec<Mark>,
    /// Audits, the latest first.
    pub audits: Grid,
    /// The way to the other parts of a long list.
    pub pagination: Option<Pagination>,
}

page!(ProgrammePage, "audits.html", |_page| "the audit programme".to_owned(), |page| vec![&page.audits]);

/// Clauses of one group.
#[derive(Clone, Debug, Serialize)]
pub struct ProgrammeGroup {
    /// The group.
    pub clause: ClauseLink,
    /// Its clauses.
    pub rows: Vec<ProgrammeRow>,
}

/// A clause through the years.
#[derive(Clone, Debug, Serialize)]
pub struct ProgrammeRow {
    /// The clause.
    pub clause: ClauseLink,
    /// Audits by year, in the order of the page's years.
    pub years: Vec<Vec<AuditTile>>,
    /// How long ago it was audited, and whether that is too long.
    pub since: Mark,
    /// Open findings.
    pub open: Vec<Link>,
}

/// An audit of a clause in a year.
#[derive(Clone, Debug, Serialize)]
pub struct AuditTile {
    /// The audit's page.
    pub url: String,
    /// Its id and days, for a hint.
    pub title: String,
    /// The month, 1 to 12.
    pub month: i8,
    /// Whether it was held, and in time.
    pub mark: Mark,
}

/// An audit.
#[derive(Clone, Debug, Serialize)]
pub struct AuditPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// Its id.
    pub id: String,
    /// Its state.
    pub mark: Mark,
    /// What it was called, when, where, by whom.
    pub facts: Vec<(String, AuditFact)>,
    /// What its author remarks on it.
    pub note: Option<Html>,
    /// Results by clause.
    pub results: Grid,
    /// What was found.
    pub findings: Grid,
    /// Documents of its clauses that have changed since.
    pub changed: Grid,
    /// What has to be done because of it.
    pub actions: Grid,
}

page!(AuditPage, "audit.html", |page| format!("audit {}", page.id), |page| {
    vec![&page.results, &page.findings, &page.changed, &page.actions]
});

/// A fact of an audit.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AuditFact {
    /// In words.
    pub text: String,
    /// A day.
    pub day: Option<Date>,
    /// The last of several days.
    pub until: Option<Date>,
    /// Other pages.
    pub links: Vec<Link>,
}

/// The certificate, its cycle, and how ready the handbook is for the next visit.
#[derive(Clone, Debug, Serialize)]
pub struct CertificatePage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// What the settings say of the certificate.
    pub facts: Vec<(String, AuditFact)>,
    /// The scope.
    pub scope: Option<String>,
    /// The next visit of the certification body.
    pub next: Option<NextVisit>,
    /// The cycle as a line.
    pub cycle: Option<CyclePicture>,
    /// The same as a table.
    pub events: Grid,
    /// How ready the handbook is.
    pub ready: Option<Checklist>,
}

page!(CertificatePage, "certificate.html", |_page| "the page of the certificate".to_owned(), |page| vec![&page.events]);

/// The next visit of the certification body.
#[derive(Clone, Debug, Serialize)]
pub struct NextVisit {
    /// Its name.
    pub title: String,
    /// Its page; empty for none.
    pub url: String,
    /// Its first day.
    pub on: Date,
}

/// The certificate's cycle as a line, in a picture that is 1000 wide.
#[derive(Clone, Debug, Serialize)]
pub struct CyclePicture {
    /// Where each year begins.
    pub years: Vec<(i64, i16)>,
    /// Where the build's day is.
    pub today: i64,
    /// Where the certificate's validity begins and how long it lasts.
    pub valid: Option<(i64, i64)>,
    /// Visits, internal audits and management reviews: the name of the lane, and what is on it.
    pub lanes: Vec<(String, Vec<CycleMark>)>,
}

/// An event of the certificate's cycle.
#[derive(Clone, Debug, Serialize)]
pub struct CycleMark {
    /// Where it is.
    pub x: i64,
    /// Whether it has been held.
    pub mark: Mark,
    /// Its page; empty for none.
    pub url: String,
    /// Its name and days.
    pub title: String,
}
