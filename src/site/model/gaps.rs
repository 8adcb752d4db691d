//! Pages of gaps and findings.

use serde::Serialize;

use super::common::{ClauseLink, DocumentLink, KeyedName, Link, Pagination, Person, RowFiles, Shared};
use super::coverage::Figures;
use super::frame::Frame;
use super::page;
use super::site::StandardLink;
use crate::assess::{ItemVerdict, Verdict};
use crate::finding::Severity;
use crate::standard::{Basis, Retention};

/// Uncovered clauses and missing items, each with its owner and the next step.
#[derive(Clone, Debug, Serialize)]
pub struct GapsPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard.
    pub standard: StandardLink,
    /// Gaps of the other standards.
    pub others: Vec<Link>,
    /// The figures.
    pub figures: Figures,
    /// Uncovered clauses, sorted by verdict, worst first, then in clause order.
    pub clauses: Vec<ClauseGap>,
    /// Required items that are not provided, worst first.
    pub required: Vec<ItemGap>,
    /// Commonly expected items that are not provided.
    pub expected: Vec<ItemGap>,
    /// Items marked as not needed in the settings, with the reasons.
    pub not_needed: Vec<ItemGap>,
    /// The address of the page's CSV file.
    pub csv: String,
}

page!(GapsPage, "gaps.html", |page| format!("the gaps of {}", page.standard.title));

/// An uncovered clause.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseGap {
    /// The clause.
    pub clause: ClauseLink,
    /// The verdict.
    pub verdict: Verdict,
    /// The reason, in one sentence.
    pub reason: String,
    /// The owner of the document that claims it, otherwise of a document in its group.
    pub owner: Option<Shared<Person>>,
    /// The next step, in one sentence.
    pub next_step: String,
    /// Documents that claim it.
    pub documents: Vec<Shared<DocumentLink>>,
}

/// An item of documented information that is not provided.
#[derive(Clone, Debug, Serialize)]
pub struct ItemGap {
    /// The name in `provides`.
    pub id: String,
    /// The name.
    pub name: String,
    /// The clause that requires it.
    pub clause: ClauseLink,
    /// Whether it is a document to maintain or a record to retain.
    pub keep: Retention,
    /// Whether it is required or commonly expected.
    pub basis: Basis,
    /// Whether only one source mentions it.
    pub unverified: bool,
    /// The verdict.
    pub verdict: ItemVerdict,
    /// The reason, in one sentence.
    pub reason: Option<String>,
    /// The owner.
    pub owner: Option<Shared<Person>>,
    /// The next step, in one sentence.
    pub next_step: Option<String>,
    /// The documents that claim to provide it.
    pub documents: Vec<Shared<DocumentLink>>,
}

/// All findings in the handbook, or one part of a long list.
#[derive(Clone, Debug, Serialize)]
pub struct FindingsPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The number of findings of each severity, over all parts.
    pub counts: Vec<SeverityCount>,
    /// The rules with findings in any part, for the filter.
    pub rules: Vec<KeyedName>,
    /// The findings, errors first.
    pub rows: Vec<FindingRow>,
    /// The files with the rows of all parts, for the filter; `None` if there is only one part.
    pub files: Option<RowFiles>,
    /// Links to the parts, if there are several.
    pub pagination: Option<Pagination>,
}

page!(FindingsPage, "findings.html", |_page| "the list of findings".to_owned());

/// The number of findings of a severity.
#[derive(Clone, Debug, Serialize)]
pub struct SeverityCount {
    /// The severity.
    pub severity: Severity,
    /// The number of findings.
    pub count: usize,
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingRow {
    /// The severity.
    pub severity: Severity,
    /// The rule's name.
    pub rule: String,
    /// The problem.
    pub message: String,
    /// How to fix it.
    pub help: Option<String>,
    /// The file, relative to the handbook.
    pub file: String,
    /// The line, from 1; `None` if the finding concerns the whole file.
    pub line: Option<u32>,
    /// The column in characters, from 1.
    pub column: Option<u32>,
    /// The document that contains it.
    pub document: Option<Shared<DocumentLink>>,
    /// Further places related to the finding.
    pub related: Vec<RelatedPlace>,
}

/// A further place related to a finding.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RelatedPlace {
    /// The place as `file:line:column`.
    pub place: String,
    /// An explanation of the place.
    pub label: String,
}
