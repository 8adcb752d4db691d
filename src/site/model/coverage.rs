//! The coverage figures, and the matrix of clauses and documents.
//!
//! A grid of clauses and documents would have as many cells as the product of their numbers. The matrix therefore has
//! one row per clause and one column per *family* of document types, and a cell contains the claims of that family. Its
//! size is that of the claims, it shows at a glance whether a clause has its policy, its process and its records, and
//! it can be read on a phone.

use serde::Serialize;

use super::common::{ClauseLink, DocumentParties, KeyedName, Link, PartyFilters};
use super::frame::Frame;
use super::grid::Mark;
use super::listing::Tally;
use super::page;
use super::site::StandardLink;
use crate::assess::{State, Verdict};
use crate::date::Date;
use crate::source::front_matter::Extent;

/// The two figures at the top of every report.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    /// The number of coverage units that are covered.
    pub units_covered: usize,
    /// The number of all coverage units.
    pub units: usize,
    /// The number of required items that are provided.
    pub items_provided: usize,
    /// The number of required items that are needed.
    pub items: usize,
    /// The name of these figures in the data for later days: the name of a standard, or the address of a clause.
    pub of: String,
    /// The next day on which fewer units are covered if nobody acts, with the number left.
    pub units_drop: Option<FigureDrop>,
    /// The next day on which fewer required items are provided if nobody acts, with the number left.
    pub items_drop: Option<FigureDrop>,
    /// The shares of units by verdict, in the order of verdicts, without empty ones.
    pub segments: Vec<BarSegment>,
}

/// A later day on which a figure falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FigureDrop {
    /// The date.
    pub on: Date,
    /// The figure from then on.
    pub left: usize,
}

/// A segment of a bar with a width of 100.
#[derive(Clone, Debug, Serialize)]
pub struct BarSegment {
    /// The verdict.
    pub verdict: Verdict,
    /// The number of units.
    pub count: usize,
    /// The left edge, from 0 to 100, with up to two decimals.
    pub x: f64,
    /// The width, from 0 to 100.
    pub width: f64,
}

impl BarSegment {
    /// The segments of a bar for counts by verdict, without empty ones.
    pub fn bar(counts: impl IntoIterator<Item = (Verdict, usize)>) -> Vec<BarSegment> {
        let counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        let total: usize = counts.iter().map(|(_, count)| count).sum();
        let mut before = 0;
        let mut bar = Vec::with_capacity(counts.len());
        for (verdict, count) in counts {
            let x = percentage(before, total);
            before += count;
            bar.push(BarSegment { verdict, count, x, width: hundredths(percentage(before, total) - x) });
        }
        bar
    }
}

/// A percentage, rounded to two decimals.
pub(crate) fn percentage(part: usize, total: usize) -> f64 {
    if total == 0 { 0.0 } else { hundredths(part as f64 / total as f64 * 100.0) }
}

/// Rounds a number to two decimals.
pub(crate) fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// The matrix of one standard.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixPage {
    /// The page's frame.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard.
    pub standard: StandardLink,
    /// Matrices of the other standards.
    pub others: Vec<Link>,
    /// The figures of the whole standard.
    pub figures: Figures,
    /// Whether the dates of audits are known.
    pub audited: bool,
    /// The families of document types with claims on this standard, in order.
    pub columns: Vec<MatrixColumn>,
    /// Groups of clauses.
    pub groups: Vec<MatrixGroup>,
    /// The options of the filters.
    pub filters: MatrixFilters,
    /// The address of the matrix as a CSV file.
    pub csv: String,
}

page!(MatrixPage, "matrix.html", |page| format!("the coverage matrix of {}", page.standard.title));

/// A family of document types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatrixColumn {
    /// Policies and plans: decisions.
    Direction,
    /// Processes, procedures, work instructions and guidelines: how work is done.
    Practice,
    /// Agreements, catalogues, registers, specifications and analyses: what is agreed and known.
    Reference,
    /// Reports and records: evidence.
    Evidence,
    /// Document types defined in the settings.
    Other,
}

impl MatrixColumn {
    /// All families, in the order of the columns.
    pub const ALL: [MatrixColumn; 5] = [
        MatrixColumn::Direction,
        MatrixColumn::Practice,
        MatrixColumn::Reference,
        MatrixColumn::Evidence,
        MatrixColumn::Other,
    ];

    /// The family of a document type.
    pub fn from_type(kind: &str) -> MatrixColumn {
        match kind {
            "policy" | "plan" => MatrixColumn::Direction,
            "process" | "procedure" | "work-instruction" | "guideline" => MatrixColumn::Practice,
            "agreement" | "catalogue" | "register" | "specification" | "analysis" => MatrixColumn::Reference,
            "report" | "record" => MatrixColumn::Evidence,
            _ => MatrixColumn::Other,
        }
    }

    /// The key used in labels and style sheets.
    pub fn as_str(self) -> &'static str {
        match self {
            MatrixColumn::Direction => "direction",
            MatrixColumn::Practice => "practice",
            MatrixColumn::Reference => "reference",
            MatrixColumn::Evidence => "evidence",
            MatrixColumn::Other => "other",
        }
    }
}

/// A group of clauses in the matrix.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MatrixGroup {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// The group's anchor on the page.
    pub anchor: String,
    /// The figures.
    pub figures: Figures,
    /// The rows.
    pub rows: Vec<MatrixRow>,
}

/// A clause in the matrix.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MatrixRow {
    /// The clause.
    pub clause: ClauseLink,
    /// The depth below the clause at the top of the group.
    pub depth: usize,
    /// Whether it counts towards coverage.
    pub unit: bool,
    /// The number of the coverage unit that contains it and whose verdict it shows.
    pub part_of: Option<String>,
    /// The claims in each of the page's columns.
    pub cells: Vec<MatrixCell>,
    /// The time since its last audit; `None` for a clause that does not count towards coverage.
    pub audited: Option<Mark>,
}

/// A cell of the matrix.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MatrixCell {
    /// The claims, sorted by document ID; if there are too many, only the first four.
    pub chips: Vec<MatrixChip>,
    /// The number of further documents, which the clause's page lists.
    pub more: usize,
    /// The number of documents by state, if there are too many to show at once.
    pub tally: Option<Tally>,
    /// The number of documents.
    pub total: usize,
    /// The document types of the claims not shown, for the filter.
    pub kinds: Vec<String>,
    /// The owners of the documents not shown, as indexes into [`MatrixFilters::owners`].
    pub owners: Vec<usize>,
    /// The services and locations of the documents not shown.
    pub about: DocumentParties,
}

/// A claim in a cell of the matrix.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixChip {
    /// The document's ID.
    pub id: String,
    /// The document's title.
    pub title: String,
    /// The language of the title if it is not the portal's, as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The address of the section or document that makes the claim.
    pub url: String,
    /// The document's state.
    pub state: State,
    /// The document's later states, in the format of a badge.
    pub later: String,
    /// Whether the clause is claimed in full or in part.
    pub extent: Extent,
    /// The document's type, as [`KeyedName::key`].
    pub kind: String,
    /// The document's owners, as indexes into [`MatrixFilters::owners`].
    pub owners: Vec<usize>,
    /// The services and locations that the document is about.
    pub about: DocumentParties,
}

/// The options of the matrix's filters, besides verdicts and groups.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MatrixFilters {
    /// Document types with claims on this standard.
    pub kinds: Vec<KeyedName>,
    /// Owners of documents with claims on this standard.
    pub owners: Vec<String>,
    /// Services and locations.
    pub about: PartyFilters,
}
