//! The audit programme, its audits, and the certificate.

use serde::Serialize;

use super::common::{ClauseLink, DocumentLink, Html, Link, Pagination, Shared};
use super::frame::Frame;
use super::grid::{Checklist, Count, Grid, Mark};
use super::rendered::Rendered;
use super::{PagePart, page};
use crate::date::Date;

/// The audit programme: when each clause was audited, and all audits.
#[derive(Clone, Debug, Serialize)]
pub struct ProgrammePage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The number of clauses and the audit interval, in one sentence.
    pub lead: String,
    /// The documents that own the registers shown.
    pub owners: Vec<Shared<DocumentLink>>,
    /// The number of clauses in each state.
    pub counts: Vec<Count>,
    /// The years, earliest first.
    pub years: Vec<i16>,
    /// Whether there are internal audits in other years.
    pub other_years: bool,
    /// Clauses by group; empty on later parts of a long list.
    pub groups: Vec<ProgrammeGroup>,
    /// The legend of the symbols.
    pub legend: Vec<Mark>,
    /// Audits, latest first.
    pub audits: Grid,
    /// Links to the other parts of a long list.
    pub pagination: Option<Pagination>,
}

page!(ProgrammePage, "audits.html", |_page| "the audit programme".to_owned(), |page| vec![&page.audits]);

/// The clauses of one group.
#[derive(Clone, Debug, Serialize)]
pub struct ProgrammeGroup {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// The clauses.
    pub rows: Vec<ProgrammeRow>,
}

/// The audits of a clause, by year.
#[derive(Clone, Debug, Serialize)]
pub struct ProgrammeRow {
    /// The clause.
    pub clause: ClauseLink,
    /// Audits by year, in the order of the page's years.
    pub years: Vec<Vec<AuditTile>>,
    /// The time since its last audit, and whether the next one is overdue.
    pub since: Mark,
    /// Open findings.
    pub open: Vec<Link>,
}

/// An audit of a clause, as shown in a year's cell.
#[derive(Clone, Debug, Serialize)]
pub struct AuditTile {
    /// The audit's page.
    pub url: String,
    /// The audit's ID and dates, for a tooltip.
    pub title: String,
    /// The month, from 1 to 12.
    pub month: i8,
    /// Whether it was held, and on time.
    pub mark: Mark,
}

/// An audit's page.
#[derive(Clone, Debug, Serialize)]
pub struct AuditPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The audit's ID.
    pub id: String,
    /// The audit's state.
    pub mark: Mark,
    /// Its facts, such as dates, place and auditors.
    pub facts: Rendered<Facts>,
    /// The note in the register.
    pub note: Option<Html>,
    /// The results by clause.
    pub results: Grid,
    /// The findings of the audit.
    pub findings: Grid,
    /// The sentence shown if there are no findings, or none that can be read.
    pub no_findings: String,
    /// Documents that claim its clauses and were approved after it.
    pub changed: Grid,
    /// The actions that result from it.
    pub actions: Grid,
}

page!(AuditPage, "audit.html", |page| format!("audit {}", page.id), |page| {
    vec![&page.results, &page.findings, &page.changed, &page.actions]
}; |page| vec![PagePart::Facts(&page.facts)]);

/// Facts with their labels.
pub type Facts = Vec<(String, AuditFact)>;

/// A fact about an audit, as text, a date or links.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AuditFact {
    /// The text.
    pub text: String,
    /// The date, or the first day of a period.
    pub day: Option<Date>,
    /// The last day of a period.
    pub until: Option<Date>,
    /// Links to other pages.
    pub links: Vec<Link>,
}

/// The certificate, its cycle, and the readiness for the next visit.
#[derive(Clone, Debug, Serialize)]
pub struct CertificatePage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The details of the certificate in the settings.
    pub facts: Facts,
    /// The scope of certification.
    pub scope: Option<String>,
    /// The next visit of the certification body.
    pub next: Option<NextVisit>,
    /// The timeline of the certification cycle.
    pub cycle: Option<CyclePicture>,
    /// The events of the cycle as a table.
    pub events: Grid,
    /// The checklist for the next visit.
    pub ready: Option<Checklist>,
}

page!(CertificatePage, "certificate.html", |_page| "the page of the certificate".to_owned(), |page| vec![&page.events]);

/// The next visit of the certification body.
#[derive(Clone, Debug, Serialize)]
pub struct NextVisit {
    /// The name of the visit.
    pub title: String,
    /// The address of its page; empty if it has none.
    pub url: String,
    /// The first day.
    pub on: Date,
}

/// The timeline of the certification cycle, in a picture with a width of 1000.
#[derive(Clone, Debug, Serialize)]
pub struct CyclePicture {
    /// The position of each year's start, and the year.
    pub years: Vec<(i64, i16)>,
    /// The position of the build's day, in units of the view box.
    pub today: i64,
    /// The position and width of the certificate's validity, in units of the view box.
    pub valid: Option<(i64, i64)>,
    /// The lanes for visits, internal audits and management reviews: name and events.
    pub lanes: Vec<(String, Vec<CycleMark>)>,
}

/// An event of the certification cycle.
#[derive(Clone, Debug, Serialize)]
pub struct CycleMark {
    /// The position, in units of the view box.
    pub x: i64,
    /// Whether it has been held.
    pub mark: Mark,
    /// The address of its page; empty if it has none.
    pub url: String,
    /// The name and dates.
    pub title: String,
}
