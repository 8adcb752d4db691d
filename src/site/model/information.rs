//! What a standard wants documented, and which of its clauses apply.

use serde::Serialize;

use super::common::{ClauseLink, DocumentLink, ItemRow, Shared};
use super::coverage::Figures;
use super::frame::Frame;
use super::page;
use super::site::StandardLink;

/// Every item of documented information of one standard with its documents.
#[derive(Clone, Debug, Serialize)]
pub struct InformationPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard.
    pub standard: StandardLink,
    /// Its figures.
    pub figures: Figures,
    /// How many items there are.
    pub count: usize,
    /// The items by clause group.
    pub groups: Vec<InformationGroup>,
}

page!(InformationPage, "information.html", |page| format!("the documented information of {}", page.standard.title));

/// The items of one clause group.
#[derive(Clone, Debug, Default, Serialize)]
pub struct InformationGroup {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// Its items.
    pub items: Vec<ItemRow>,
}

/// The statement of applicability of a standard: its clauses that may be excluded, and which are.
#[derive(Clone, Debug, Serialize)]
pub struct ApplicabilityPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard.
    pub standard: StandardLink,
    /// How many of its clauses apply.
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
    /// Why it does not apply; nothing for one that does.
    pub reason: Option<String>,
    /// Documents that claim it.
    pub documents: Vec<Shared<DocumentLink>>,
}
