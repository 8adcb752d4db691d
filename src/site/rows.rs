//! The rows of the matrix: which clauses it shows, by groups, and which claims are in each cell.

use super::model::Column;
use super::portal::Portal;
use crate::assess::ClaimRef;
use crate::handbook::DocumentIndex;
use crate::id::{ClauseKey, StandardIndex};

/// A cell with more claims than this says how many there are, and shows them on demand.
pub(super) const MAX_AT_ONCE: usize = 3;

/// The clauses at the top of the groups: those of the navigation for the main standard, else the top-level ones.
pub(crate) fn tops(portal: &Portal<'_>, standard: StandardIndex) -> Vec<ClauseKey> {
    if portal.is_main(standard) {
        return portal.groups.iter().filter_map(|group| group.clause).collect();
    }
    portal.reading.standards.clauses(standard).filter(|key| portal.reading.standards.parent(*key).is_none()).collect()
}

/// The clauses of a group that carry a duty, in order: the top itself where it is one, and all below.
pub(crate) fn rows(portal: &Portal<'_>, top: ClauseKey) -> Vec<ClauseKey> {
    let standards = &portal.reading.standards;
    let within = |key: &ClauseKey| *key == top || standards.ancestors(*key).any(|above| above == top);
    let is_row = |key: &ClauseKey| *key != top || standards.children(*key).is_empty() || standards.is_unit(*key);
    standards.clauses(top.standard).filter(within).filter(is_row).collect()
}

/// The column of a claim: the family of its document.
pub(super) fn column(portal: &Portal<'_>, claim: &ClaimRef) -> Column {
    Column::of_type(&portal.document(claim.document).kind)
}

/// The claims in a cell, in the order of their documents' ids.
pub(super) fn claims_in<'a>(portal: &'a Portal<'_>, key: ClauseKey, wanted: Column) -> Vec<&'a ClaimRef> {
    let claims = portal.assessment.clause(key).claims.iter();
    let mut claims: Vec<&ClaimRef> = claims.filter(|claim| column(portal, claim) == wanted).collect();
    claims.sort_by_key(|claim| portal.document(claim.document).id());
    claims
}

/// The documents in a cell, as later counts of them are told apart.
pub(super) fn list_of(portal: &Portal<'_>, key: ClauseKey, column: Column) -> String {
    format!("matrix/{}/{}", portal.clause_path(key).as_str(), column.as_str())
}

/// Cells that only count their documents, each with its name and documents: their counts change with the days.
pub(super) fn long_cells(portal: &Portal<'_>) -> Vec<(String, Vec<DocumentIndex>)> {
    let standards = &portal.reading.standards;
    let clauses = standards.indexes().flat_map(|standard| standards.clauses(standard));
    let cells = clauses.flat_map(|key| Column::ALL.map(|column| (key, column)));
    let documents = |(key, column): (ClauseKey, Column)| {
        let claims = claims_in(portal, key, column);
        let is_long = claims.len() > MAX_AT_ONCE;
        let mut documents: Vec<DocumentIndex> = claims.into_iter().map(|claim| claim.document).collect();
        documents.sort();
        documents.dedup();
        is_long.then(|| (list_of(portal, key, column), documents))
    };
    cells.filter_map(documents).collect()
}
