//! The clauses that divide a handbook into chapters.

use super::Standards;
use crate::id::ClauseKey;

/// Maximum number of coverage units in a top-level clause before it is split into its direct subclauses.
const MAX_UNITS: usize = 12;

/// The clauses that divide a handbook: the top-level clauses of the main standard, or the direct subclauses of large
/// ones.
pub(crate) fn tops(standards: &Standards) -> Vec<ClauseKey> {
    let Some(main) = standards.main() else { return Vec::new() };
    let roots = standards.clauses(main).filter(|key| standards.parent(*key).is_none());
    roots.flat_map(|root| split(standards, root)).collect()
}

/// A top-level clause, or the direct subclauses of a large one.
fn split(standards: &Standards, root: ClauseKey) -> Vec<ClauseKey> {
    let units = standards
        .clauses(root.standard)
        .filter(|key| standards.is_unit(*key) && standards.ancestors(*key).any(|above| above == root));
    if units.count() > MAX_UNITS { standards.children(root).to_vec() } else { vec![root] }
}
