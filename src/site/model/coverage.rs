//! The two figures, and the matrix of clauses and documents.
//!
//! A grid of clauses by documents has as many cells as their product. The matrix therefore has one row a clause and
//! one column a *family* of document types, and a cell holds the claims of that family: its size is that of the
//! claims, it shows at a glance whether a clause has its policy, its process and its records, and it can be read on a
//! telephone.

use serde::Serialize;

use super::common::{About, ClauseLink, Link, Named, PartyFilters};
use super::frame::Frame;
use super::grid::Mark;
use super::listing::Tally;
use super::page;
use super::site::StandardLink;
use crate::assess::{State, Verdict};
use crate::date::Date;
use crate::source::front_matter::Extent;

/// The two figures that head every report.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    /// Coverage units covered.
    pub units_covered: usize,
    /// Coverage units of all.
    pub units: usize,
    /// Required items provided.
    pub items_provided: usize,
    /// Required items needed.
    pub items: usize,
    /// Whose figures they are, as later ones are told apart: a standard's name, or the page of a clause.
    pub of: String,
    /// The next day on which fewer units are covered if nothing is done, and how many then are.
    pub units_drop: Option<FigureDrop>,
    /// The same of required items.
    pub items_drop: Option<FigureDrop>,
    /// Shares of the units by verdict, in the verdicts' order, empty ones left out.
    pub segments: Vec<Segment>,
}

/// A later day on which a figure is lower.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FigureDrop {
    /// The day.
    pub on: Date,
    /// The figure from then on.
    pub left: usize,
}

/// A part of a bar that is 100 wide.
#[derive(Clone, Debug, Serialize)]
pub struct Segment {
    /// The verdict.
    pub verdict: Verdict,
    /// How many.
    pub count: usize,
    /// Where it begins, 0 to 100, with at most two decimals.
    pub x: f64,
    /// How wide it is, 0 to 100.
    pub width: f64,
}

impl Segment {
    /// Parts of one bar for counts by verdict; empty counts are left out.
    pub fn bar(counts: impl IntoIterator<Item = (Verdict, usize)>) -> Vec<Segment> {
        let counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        let total: usize = counts.iter().map(|(_, count)| count).sum();
        let mut before = 0;
        let mut bar = Vec::with_capacity(counts.len());
        for (verdict, count) in counts {
            let x = share(before, total);
            before += count;
            bar.push(Segment { verdict, count, x, width: hundredths(share(before, total) - x) });
        }
        bar
    }
}

/// A part of a whole in per cent, with two decimals.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { hundredths(part as f64 / whole as f64 * 100.0) }
}

/// A number with two decimals.
pub(crate) fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// The matrix of one standard.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixPage {
    /// What every page has.
    #[serde(skip)]
    pub frame: Frame,
    /// The standard.
    pub standard: StandardLink,
    /// Matrices of the other standards.
    pub others: Vec<Link>,
    /// The figures of the whole standard.
    pub figures: Figures,
    /// Whether it is known when clauses were audited.
    pub audited: bool,
    /// Families of document types that have a claim here, in order.
    pub columns: Vec<Column>,
    /// Groups of clauses.
    pub groups: Vec<MatrixGroup>,
    /// What can be chosen in the filters.
    pub filters: MatrixFilters,
    /// The same as a CSV file.
    pub csv: String,
}

page!(MatrixPage, "matrix.html", |page| format!("the coverage matrix of {}", page.standard.title));

/// A family of document types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// Policies and plans: what is decided.
    Direction,
    /// Processes, procedures, work instructions, guidelines: how it is done.
    Practice,
    /// Agreements, catalogues, registers, specifications, analyses: what is agreed and known.
    Reference,
    /// Reports and records: what proves it.
    Evidence,
    /// Types of the handbook's own.
    Other,
}

impl Column {
    /// Every family, in the order of the columns.
    pub const ALL: [Column; 5] =
        [Column::Direction, Column::Practice, Column::Reference, Column::Evidence, Column::Other];

    /// The family of a document type.
    pub fn of_type(kind: &str) -> Column {
        match kind {
            "policy" | "plan" => Column::Direction,
            "process" | "procedure" | "work-instruction" | "guideline" => Column::Practice,
            "agreement" | "catalogue" | "register" | "specification" | "analysis" => Column::Reference,
            "report" | "record" => Column::Evidence,
            _ => Column::Other,
        }
    }

    /// The word used in labels and style sheets.
    pub fn as_str(self) -> &'static str {
        match self {
            Column::Direction => "direction",
            Column::Practice => "practice",
            Column::Reference => "reference",
            Column::Evidence => "evidence",
            Column::Other => "other",
        }
    }
}

/// A group of clauses in the matrix.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MatrixGroup {
    /// The clause at the top of the group.
    pub clause: ClauseLink,
    /// Where the group stands on the page.
    pub anchor: String,
    /// Its figures.
    pub figures: Figures,
    /// The rows.
    pub rows: Vec<MatrixRow>,
}

/// A clause in the matrix.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MatrixRow {
    /// The clause.
    pub clause: ClauseLink,
    /// How far it stands below the top of its group.
    pub depth: usize,
    /// Whether the coverage figure counts it.
    pub unit: bool,
    /// Number of the coverage unit that it is a part of, whose verdict it shows.
    pub part_of: Option<String>,
    /// For each of the page's columns the claims.
    pub cells: Vec<MatrixCell>,
    /// How long ago it was audited; nothing for a clause that is not counted.
    pub audited: Option<Mark>,
}

/// A cell of the matrix.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MatrixCell {
    /// The claims in the order of their documents' ids; the first eight where there are more.
    pub chips: Vec<Chip>,
    /// How many more there are; the clause's page lists them.
    pub more: usize,
    /// How many documents there are by state, where they are too many to show at once.
    pub tally: Option<Tally>,
    /// How many documents there are.
    pub total: usize,
    /// Types of the claims that are not shown, for the filter.
    pub kinds: Vec<String>,
    /// Owners of the documents that are not shown, as indexes in [`MatrixFilters::owners`].
    pub owners: Vec<usize>,
    /// What the documents that are not shown are about.
    pub about: About,
}

/// A claim in a cell of the matrix.
#[derive(Clone, Debug, Serialize)]
pub struct Chip {
    /// The document's id.
    pub id: String,
    /// The document's title.
    pub title: String,
    /// The language of the title when it is not the portal's, as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The section or document that makes the claim.
    pub url: String,
    /// The document's state.
    pub state: State,
    /// The document's later states, as a badge has them.
    pub later: String,
    /// In full or in part.
    pub extent: Extent,
    /// The document's type, as [`Named::key`].
    pub kind: String,
    /// Indexes of the document's owners in [`MatrixFilters::owners`].
    pub owners: Vec<usize>,
    /// What the document is about.
    pub about: About,
}

/// What can be chosen in the matrix's filters, besides verdicts and groups.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MatrixFilters {
    /// Document types with a claim here.
    pub kinds: Vec<Named>,
    /// Owners of documents with a claim here.
    pub owners: Vec<String>,
    /// Services and locations.
    pub about: PartyFilters,
}
