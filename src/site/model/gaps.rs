//! What is missing, and what is wrong.

use serde::Serialize;

use super::common::{ClauseLink, DocumentLink, Link, Named, Pagination, Person, RowFiles, Shared};
use super::coverage::Figures;
use super::frame::Frame;
use super::page;
use super::site::StandardLink;
use crate::assess::{ItemVerdict, Verdict};
use crate::finding::Severity;
use crate::standard::{Basis, Retention};

/// Clauses that are not covered and items that are not provided, each with owner and next step.
#[derive(Clone, Debug, Serialize)]
pub struct GapsPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard.
    pub standard: StandardLink,
    /// Gaps of the other standards.
    pub others: Vec<Link>,
    /// The figures.
    pub figures: Figures,
    /// Clauses that are not covered, the worst verdict first, then in clause order.
    pub clauses: Vec<ClauseGap>,
    /// Required items that are not provided, the worst first.
    pub required: Vec<ItemGap>,
    /// Commonly expected items that are not provided.
    pub expected: Vec<ItemGap>,
    /// Items that the settings call not needed, with their reasons.
    pub not_needed: Vec<ItemGap>,
    /// The same as a CSV file.
    pub csv: String,
}

page!(GapsPage, "gaps.html", |page| format!("the gaps of {}", page.standard.title));

/// A clause that is not covered.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseGap {
    /// The clause.
    pub clause: ClauseLink,
    /// Its verdict.
    pub verdict: Verdict,
    /// Why, one sentence.
    pub reason: String,
    /// Who answers for it: the owner of the claiming document, or of its group.
    pub owner: Option<Shared<Person>>,
    /// What to do, one sentence.
    pub next_step: String,
    /// Documents that claim it.
    pub documents: Vec<Shared<DocumentLink>>,
}

/// An item of documented information that is not provided.
#[derive(Clone, Debug, Serialize)]
pub struct ItemGap {
    /// Its name in `provides`.
    pub id: String,
    /// What it is.
    pub name: String,
    /// The clause that wants it.
    pub clause: ClauseLink,
    /// A document to maintain or a record to retain.
    pub keep: Retention,
    /// Required or commonly expected.
    pub basis: Basis,
    /// Whether it is known from one source only.
    pub unverified: bool,
    /// Its verdict.
    pub verdict: ItemVerdict,
    /// Why, one sentence.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<Shared<Person>>,
    /// What to do, one sentence.
    pub next_step: Option<String>,
    /// Documents that say they are this item.
    pub documents: Vec<Shared<DocumentLink>>,
}

/// Everything that is wrong in the handbook, or one part of it.
#[derive(Clone, Debug, Serialize)]
pub struct FindingsPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// How many there are of each severity, over all parts.
    pub counts: Vec<SeverityCount>,
    /// Rules that have a finding in any part, for the filter.
    pub rules: Vec<Named>,
    /// The findings, errors first.
    pub rows: Vec<FindingRow>,
    /// Files with the findings of all parts, for the filter; nothing where there is one part.
    pub files: Option<RowFiles>,
    /// The parts, when there are many.
    pub pagination: Option<Pagination>,
}

page!(FindingsPage, "findings.html", |_page| "the list of findings".to_owned());

/// How many findings have a severity.
#[derive(Clone, Debug, Serialize)]
pub struct SeverityCount {
    /// The severity.
    pub severity: Severity,
    /// How many.
    pub count: usize,
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingRow {
    /// How much it weighs.
    pub severity: Severity,
    /// The rule's name.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The file, relative to the handbook.
    pub file: String,
    /// Line, from 1; nothing for the file as a whole.
    pub line: Option<u32>,
    /// Column in characters, from 1.
    pub column: Option<u32>,
    /// The document it is in.
    pub document: Option<Shared<DocumentLink>>,
    /// Further places that belong to it.
    pub related: Vec<RelatedPlace>,
}

/// A further place that belongs to a finding.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RelatedPlace {
    /// The place as `file:line:column`.
    pub place: String,
    /// What is to be seen there.
    pub label: String,
}
