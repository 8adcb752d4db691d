//! Pages about the clauses of a standard.

use serde::Serialize;

use super::common::{ClauseLink, DocumentLink, ItemRow, Link, Pager, Shared};
use super::coverage::Figures;
use super::entries::ClauseAudits;
use super::frame::Frame;
use super::page;
use super::site::StandardLink;
use crate::assess::Verdict;
use crate::source::front_matter::Extent;

/// The page of a clause: its requirements, and the documents that address it.
#[derive(Clone, Debug, Serialize)]
pub struct ClausePage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard.
    pub standard: StandardLink,
    /// The number, without the standard's name.
    pub number: String,
    /// The title; empty if the clause has none.
    pub title: String,
    /// A summary of its requirements, in our own words.
    pub summary: Option<String>,
    /// Whether it counts towards coverage.
    pub unit: bool,
    /// Further facts, such as amendments or a title known from one source only; one sentence each.
    pub facts: Vec<String>,
    /// The verdict; `None` for a clause without requirements, and in an edition without figures.
    pub verdict: Option<Verdict>,
    /// The reason for the verdict, in one sentence.
    pub reason: String,
    /// The parts of the reason on later days; `None` if it stays the same or the portal shows only one day.
    pub later_reason: Option<LaterReason>,
    /// Claims on the clause.
    pub claims: Vec<ClauseClaim>,
    /// The text shown if there are no claims.
    pub no_claims: String,
    /// Claims on clauses above, shown as mentions: they cover nothing here.
    pub inherited: Vec<ClauseClaim>,
    /// The explanation of inherited claims.
    pub inherited_hint: String,
    /// Documents that mention the clause in running text.
    pub mentioned_by: Vec<Shared<DocumentLink>>,
    /// Documented information that it requires.
    pub items: Vec<ItemRow>,
    /// Duties at planned intervals, in our own words.
    pub planned_interval: Option<String>,
    /// Events that require action, in our own words.
    pub triggers: Vec<String>,
    /// Related clauses of other standards.
    pub crosswalk: Vec<CrosswalkGroup>,
    /// The clauses of the 2011 edition from which it derives.
    pub from_2011: Vec<String>,
    /// The parent clause.
    pub parent: Option<ClauseLink>,
    /// The subclauses.
    pub children: Vec<ClauseLink>,
    /// The audits and their findings.
    pub audited: Option<ClauseAudits>,
    /// The previous and next clause of the standard.
    pub pager: Pager,
}

page!(ClausePage, "clause.html", |page| format!("clause {} of {}", page.number, page.standard.title), |page| {
    page.audited.iter().flat_map(|audited| [&audited.open, &audited.changed]).collect()
});

/// The parts from which scripts compose the reason for a clause's verdict on a later day.
#[derive(Clone, Debug, Serialize)]
pub struct LaterReason {
    /// The end of the label's key if the clause is missing.
    pub missing: String,
    /// The end of the label's key if the clause has only drafts.
    pub draft: String,
    /// The number of coverage units at or below the clause.
    pub units: u32,
}

/// A claim on a clause.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseClaim {
    /// The document that makes it, with the URL of the section that makes it, if any.
    pub document: Shared<DocumentLink>,
    /// The section that makes it; `None` for the whole document.
    pub section: Option<String>,
    /// Whether it claims the clause in full or in part.
    pub extent: Extent,
    /// The author's note.
    pub note: Option<String>,
    /// Why it does not count, in one sentence; `None` if it does.
    pub discounted: Option<String>,
    /// Whether the reason is the document's state, so that it may change on a later day.
    pub by_state: bool,
}

/// Related clauses of one other standard, or practices of one other body of knowledge.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CrosswalkGroup {
    /// The name of the other standard.
    pub title: String,
    /// The related clauses, with an empty URL if the portal has no page for one.
    pub entries: Vec<Link>,
}

/// All clauses of a standard.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseIndexPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard.
    pub standard: StandardLink,
    /// The subject of the standard.
    pub about: Option<String>,
    /// Descriptions of its amendments.
    pub amendments: Vec<String>,
    /// The standard's figures.
    pub figures: Option<Figures>,
    /// Crosswalks from its clauses to other standards.
    pub crosswalks: Vec<Link>,
    /// Groups of clauses, in the standard's order.
    pub sections: Vec<ClauseSection>,
}

page!(ClauseIndexPage, "clauses.html", |page| format!("the clauses of {}", page.standard.title));

/// A group of clauses.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ClauseSection {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// The subclauses in order, as a flat list with their depth: 1 for a child.
    pub rows: Vec<(usize, ClauseLink)>,
}

/// The relations between the clauses of one standard and another standard.
#[derive(Clone, Debug, Serialize)]
pub struct CrosswalkPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard whose clauses are the rows.
    pub from: StandardLink,
    /// The name of the other standard.
    pub to: String,
    /// Whether the other side has practices rather than clauses.
    pub practices: bool,
    /// Crosswalks to further standards.
    pub others: Vec<Link>,
    /// The rows.
    pub rows: Vec<CrosswalkRow>,
}

page!(CrosswalkPage, "crosswalk.html", |page| format!("the crosswalk from {} to {}", page.from.title, page.to));

/// A clause and the clauses related to it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CrosswalkRow {
    /// The clause.
    pub clause: ClauseLink,
    /// The related clauses, with an empty URL if the portal has no page for one.
    pub related: Vec<Link>,
}
