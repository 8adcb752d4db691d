//! The rows of the matrix: the clauses it shows, by group, and the claims in each cell.

use super::model::MatrixColumn;
use super::portal::Portal;
use crate::assess::ClaimRef;
use crate::handbook::DocumentIndex;
use crate::id::{ClauseKey, StandardIndex};

/// A cell with more claims than this shows their number, and the claims on demand.
pub(super) const MAX_SHOWN_CLAIMS: usize = 3;

/// The clauses at the top of the groups: those of the navigation for the main standard, otherwise the top-level ones.
pub(crate) fn top_clauses(portal: &Portal<'_>, standard: StandardIndex) -> Vec<ClauseKey> {
    if portal.is_main(standard) {
        return portal.groups.iter().filter_map(|group| group.clause).collect();
    }
    portal.reading.standards.clauses(standard).filter(|key| portal.reading.standards.parent(*key).is_none()).collect()
}

/// The clauses of a group with requirements, in order: the top if it has its own, and all clauses below.
pub(crate) fn group_clauses(portal: &Portal<'_>, top: ClauseKey) -> Vec<ClauseKey> {
    let standards = &portal.reading.standards;
    let within = |key: &ClauseKey| *key == top || standards.ancestors(*key).any(|above| above == top);
    let is_row = |key: &ClauseKey| *key != top || standards.children(*key).is_empty() || standards.is_unit(*key);
    standards.clauses(top.standard).filter(within).filter(is_row).collect()
}

/// The column of a claim, given by the family of its document's type.
pub(super) fn column(portal: &Portal<'_>, claim: &ClaimRef) -> MatrixColumn {
    MatrixColumn::from_type(&portal.document(claim.document).doc_type)
}

/// The claims in a cell, sorted by document ID.
pub(super) fn cell_claims<'a>(
    portal: &'a Portal<'_>,
    key: ClauseKey,
    target_column: MatrixColumn,
) -> Vec<&'a ClaimRef> {
    let claims = portal.assessment.clause(key).claims.iter();
    let mut claims: Vec<&ClaimRef> = claims.filter(|claim| column(portal, claim) == target_column).collect();
    claims.sort_by_key(|claim| portal.document(claim.document).id());
    claims
}

/// The name of a cell's documents in the data for later days.
pub(super) fn cell_list_name(portal: &Portal<'_>, key: ClauseKey, column: MatrixColumn) -> String {
    format!("matrix/{}/{}", portal.clause_path(key).as_str(), column.as_str())
}

/// The cells that show only a number of documents, each with its name and documents. The numbers change on later days.
pub(super) fn long_cells(portal: &Portal<'_>) -> Vec<(String, Vec<DocumentIndex>)> {
    let standards = &portal.reading.standards;
    let clauses = standards.indexes().flat_map(|standard| standards.clauses(standard));
    let cells = clauses.flat_map(|key| MatrixColumn::ALL.map(|column| (key, column)));
    let documents = |(key, column): (ClauseKey, MatrixColumn)| {
        let claims = cell_claims(portal, key, column);
        let is_long = claims.len() > MAX_SHOWN_CLAIMS;
        let mut documents: Vec<DocumentIndex> = claims.into_iter().map(|claim| claim.document).collect();
        documents.sort();
        documents.dedup();
        is_long.then(|| (cell_list_name(portal, key, column), documents))
    };
    cells.filter_map(documents).collect()
}
