//! Everything that documents say of their own changes.

use serde::Serialize;

use super::common::{DocumentLink, Link, Named, Pagination, Shared};
use super::frame::Frame;
use super::page;
use crate::date::Date;

/// The changes of a quarter, or those without a day.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The quarter in words; nothing when the handbook records no change.
    pub quarter: Option<String>,
    /// Every quarter with a change, the newest first.
    pub quarters: Vec<Link>,
    /// Types of the documents that changed, for the filter.
    pub types: Vec<Named>,
    /// Their owners, likewise.
    pub owners: Vec<Named>,
    /// Clauses that they address, likewise.
    pub clauses: Vec<String>,
    /// The changes, the newest first.
    pub rows: Vec<ChangeRow>,
    /// The parts, when there are many.
    pub pagination: Option<Pagination>,
}

page!(ChangesPage, "changes.html", |page| format!(
    "the changes of {}",
    page.quarter.as_deref().unwrap_or("no quarter")
));

/// An entry of a document's revision history.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeRow {
    /// The day.
    pub on: Option<Date>,
    /// The document.
    pub document: Shared<DocumentLink>,
    /// The version that came of it.
    pub version: Option<String>,
    /// Who changed it.
    pub by: Option<String>,
    /// Who approved the version.
    pub approver: Option<String>,
    /// What changed, and why.
    pub summary: Option<String>,
    /// Keys of the document's owners, with a space between them.
    pub owners: String,
    /// Numbers of the clauses that it addresses, likewise.
    pub clauses: String,
}
