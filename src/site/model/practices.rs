//! Practices of a body of knowledge, with what the handbook has on each.

use serde::Serialize;

use super::common::{ClauseLink, DocumentLink, Link, Person, Shared};
use super::frame::Frame;
use super::page;
use super::site::StandardLink;

/// Practices with the clauses that the catalogue relates to them, and the documents that claim these clauses.
#[derive(Clone, Debug, Serialize)]
pub struct PracticesPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard of the clauses.
    pub standard: StandardLink,
    /// The same the other way round, by clause.
    pub crosswalk: Link,
    /// The practices, by name.
    pub practices: Vec<Practice>,
}

page!(PracticesPage, "practices.html", |page| format!("the practices beside {}", page.standard.title));

/// A practice.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Practice {
    /// Its anchor.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Related clauses.
    pub clauses: Vec<ClauseLink>,
    /// Documents that claim one of them, retired ones aside.
    pub documents: Vec<Shared<DocumentLink>>,
    /// How many more there are.
    pub more: usize,
    /// Owners of those in force.
    pub owners: Vec<Shared<Person>>,
}
