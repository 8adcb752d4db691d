//! Documented information, and the applicability of clauses.

use serde::Serialize;

use super::common::{ClauseLink, DocumentLink, ItemRow, Shared};
use super::coverage::Figures;
use super::frame::Frame;
use super::page;
use super::site::StandardLink;

/// All items of documented information of a standard, with the documents that provide them.
#[derive(Clone, Debug, Serialize)]
pub struct InformationPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard.
    pub standard: StandardLink,
    /// The figures.
    pub figures: Figures,
    /// The number of items.
    pub count: usize,
    /// The items by group of clauses.
    pub groups: Vec<InformationGroup>,
}

page!(InformationPage, "information.html", |page| format!("the documented information of {}", page.standard.title));

/// The items of a group of clauses.
#[derive(Clone, Debug, Default, Serialize)]
pub struct InformationGroup {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// The items.
    pub items: Vec<ItemRow>,
}

/// The statement of applicability of a standard: the clauses that may be excluded, and which of them are.
#[derive(Clone, Debug, Serialize)]
pub struct ApplicabilityPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard.
    pub standard: StandardLink,
    /// The number of its clauses that apply.
    pub applicable: usize,
    /// The clauses that may be excluded.
    pub rows: Vec<ApplicabilityRow>,
}

page!(ApplicabilityPage, "applicability.html", |page| format!("the applicability of {}", page.standard.title));

/// A clause that may be excluded.
#[derive(Clone, Debug, Serialize)]
pub struct ApplicabilityRow {
    /// The clause with its verdict.
    pub clause: ClauseLink,
    /// The reason for its exclusion; `None` if it applies.
    pub reason: Option<String>,
    /// Documents that claim it.
    pub documents: Vec<Shared<DocumentLink>>,
}
