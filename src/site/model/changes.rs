//! The revision histories of all documents.

use serde::Serialize;

use super::common::{DocumentLink, KeyedName, Link, Pagination, Shared};
use super::frame::Frame;
use super::page;
use crate::date::Date;

/// The changes of one quarter, or the undated changes.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The label of the quarter; `None` if the handbook records no changes.
    pub quarter: Option<String>,
    /// All quarters with changes, newest first.
    pub quarters: Vec<Link>,
    /// The types of the changed documents, for the filter.
    pub types: Vec<KeyedName>,
    /// The owners of the changed documents, for the filter.
    pub owners: Vec<KeyedName>,
    /// The clauses that the changed documents address, for the filter.
    pub clauses: Vec<String>,
    /// The changes, newest first.
    pub rows: Vec<ChangeRow>,
    /// Links to the parts, if there are several.
    pub pagination: Option<Pagination>,
}

page!(ChangesPage, "changes.html", |page| format!(
    "the changes of {}",
    page.quarter.as_deref().unwrap_or("no quarter")
));

/// An entry of a document's revision history.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeRow {
    /// The date.
    pub on: Option<Date>,
    /// The document.
    pub document: Shared<DocumentLink>,
    /// The resulting version.
    pub version: Option<String>,
    /// The author of the change.
    pub by: Option<String>,
    /// The approver of the version.
    pub approver: Option<String>,
    /// The summary of the change.
    pub summary: Option<String>,
    /// Keys of the document's owners, separated by spaces.
    pub owners: String,
    /// Numbers of the clauses that the document addresses, separated by spaces.
    pub clauses: String,
}
