//! Many documents on one page, to be printed.

use serde::Serialize;

use super::common::{Badge, ClauseLink, Html, Link, Named};
use super::document::{AddressedClause, Control, HistoryEntry};
use super::frame::Frame;
use super::page;

/// The whole handbook, or one clause group, in clause order.
#[derive(Clone, Debug, Serialize)]
pub struct PrintPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard's designation.
    pub standard: String,
    /// The other pages of this kind: the whole handbook, and each group.
    pub others: Vec<Link>,
    /// The documents by group.
    pub groups: Vec<PrintGroup>,
}

page!(PrintPage, "print.html", |page| format!("the print page {}", page.frame.path));

/// A clause group of a print page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PrintGroup {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// Its documents.
    pub documents: Vec<PrintedDocument>,
}

/// A document on a print page.
#[derive(Clone, Debug, Serialize)]
pub struct PrintedDocument {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its anchor on the page. Anchors and links inside the body begin with it, so that they stay unique.
    pub anchor: String,
    /// Type.
    pub kind: Named,
    /// State.
    pub badge: Badge,
    /// What makes it a controlled document.
    pub control: Control,
    /// The text, its anchors prefixed.
    pub body: Html,
    /// Clauses that it addresses.
    pub clauses: Vec<AddressedClause>,
    /// Revision history, newest first.
    pub history: Vec<HistoryEntry>,
}
