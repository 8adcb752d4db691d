//! The practices of a body of knowledge, with the documents on each.

use serde::Serialize;

use super::common::{ClauseLink, DocumentLink, Link, Person, Shared};
use super::frame::Frame;
use super::page;
use super::site::StandardLink;

/// Practices with their related clauses, and the documents that claim these clauses.
#[derive(Clone, Debug, Serialize)]
pub struct PracticesPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard of the clauses.
    pub standard: StandardLink,
    /// The same relations sorted by clause.
    pub crosswalk: Link,
    /// The practices, by name.
    pub practices: Vec<Practice>,
}

page!(PracticesPage, "practices.html", |page| format!("the practices beside {}", page.standard.title));

/// A practice.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Practice {
    /// The anchor.
    pub id: String,
    /// The name.
    pub name: String,
    /// Related clauses.
    pub clauses: Vec<ClauseLink>,
    /// Documents that claim one of the clauses, except retired ones.
    pub documents: Vec<Shared<DocumentLink>>,
    /// The number of further documents.
    pub more: usize,
    /// The owners of the documents in force.
    pub owners: Vec<Shared<Person>>,
}
