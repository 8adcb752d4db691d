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

/// One clause: what it asks for, what answers it, and where.
#[derive(Clone, Debug, Serialize)]
pub struct ClausePage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard.
    pub standard: StandardLink,
    /// Number without the standard's name.
    pub number: String,
    /// Title; empty for a clause that has none.
    pub title: String,
    /// What it asks for, in our own words.
    pub summary: Option<String>,
    /// Whether the coverage figure counts it.
    pub unit: bool,
    /// What else is to be known of it: amendments, a title from one source only; a sentence each.
    pub facts: Vec<String>,
    /// Its verdict; nothing for a clause that carries no duty.
    pub verdict: Option<Verdict>,
    /// Why the verdict is what it is, one sentence.
    pub reason: String,
    /// What the reason on a later day takes; nothing where it stays the same.
    pub later_reason: Option<LaterReason>,
    /// Claims on this clause.
    pub claims: Vec<ClauseClaim>,
    /// What stands in their place when there are none.
    pub no_claims: String,
    /// Claims on the clause above, shown as mentions: they cover nothing here.
    pub inherited: Vec<ClauseClaim>,
    /// What that means.
    pub inherited_hint: String,
    /// Documents that speak of it in running text.
    pub mentioned_by: Vec<Shared<DocumentLink>>,
    /// Documented information that it wants.
    pub items: Vec<ItemRow>,
    /// What must be done at planned intervals, in our own words.
    pub planned_interval: Option<String>,
    /// Events that ask for something, in our own words.
    pub triggers: Vec<String>,
    /// Related clauses of other standards.
    pub crosswalk: Vec<CrosswalkGroup>,
    /// Clauses of the 2011 edition that it comes from.
    pub from_2011: Vec<String>,
    /// The clause above.
    pub parent: Option<ClauseLink>,
    /// Clauses below.
    pub children: Vec<ClauseLink>,
    /// Its audits, and what they found.
    pub audited: Option<ClauseAudits>,
    /// Neighbours in the standard's order.
    pub pager: Pager,
}

page!(ClausePage, "clause.html", |page| format!("clause {} of {}", page.number, page.standard.title), |page| {
    page.audited.iter().flat_map(|audited| [&audited.open, &audited.changed]).collect()
});

/// What takes the reason for a clause's verdict on a later day.
#[derive(Clone, Debug, Serialize)]
pub struct LaterReason {
    /// The last part of the label's key when the clause is missing.
    pub missing: String,
    /// The same when it has only a draft.
    pub draft: String,
    /// How many coverage units stand at or below the clause.
    pub units: u32,
}

/// A claim on a clause.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseClaim {
    /// The document that makes it; its URL leads to the section where a section makes it.
    pub document: Shared<DocumentLink>,
    /// The section that makes it, when it is not the whole document.
    pub section: Option<String>,
    /// In full or in part.
    pub extent: Extent,
    /// The author's remark.
    pub note: Option<String>,
    /// Why it covers nothing, when it does not: one sentence.
    pub discounted: Option<String>,
    /// Whether that is so by the document's state, and another thing on a later day.
    pub by_state: bool,
}

/// Related clauses of one other standard, or practices of one other body of knowledge.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CrosswalkGroup {
    /// Designation of the other standard.
    pub title: String,
    /// The related clauses; an empty URL where the portal has no page for one.
    pub entries: Vec<Link>,
}

/// All clauses of one standard.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseIndexPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard.
    pub standard: StandardLink,
    /// What the standard is about.
    pub about: Option<String>,
    /// Its amendments, in words.
    pub amendments: Vec<String>,
    /// The standard's figures.
    pub figures: Option<Figures>,
    /// Mappings of its clauses to other standards.
    pub crosswalks: Vec<Link>,
    /// Groups of clauses in the standard's order.
    pub sections: Vec<ClauseSection>,
}

page!(ClauseIndexPage, "clauses.html", |page| format!("the clauses of {}", page.standard.title));

/// A group of clauses.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ClauseSection {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// The clauses below, flat, in order, with how deep each is: 1 for a child.
    pub rows: Vec<(usize, ClauseLink)>,
}

/// How the clauses of one standard relate to another standard.
#[derive(Clone, Debug, Serialize)]
pub struct CrosswalkPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard whose clauses are the rows.
    pub from: StandardLink,
    /// Designation of the other one.
    pub to: String,
    /// Crosswalks to the other standards.
    pub others: Vec<Link>,
    /// The rows.
    pub rows: Vec<CrosswalkRow>,
}

page!(CrosswalkPage, "crosswalk.html", |page| format!("the crosswalk from {} to {}", page.from.title, page.to));

/// A clause and what relates to it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CrosswalkRow {
    /// The clause.
    pub clause: ClauseLink,
    /// Related clauses; an empty URL where the portal has no page for one.
    pub related: Vec<Link>,
}
