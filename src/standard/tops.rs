//! The clauses by which a handbook is divided.

use super::Standards;
use crate::id::ClauseKey;

/// A top-level clause with more coverage units than this is told apart by the clauses right below it.
const MAX_UNITS: usize = 12;

/// The clauses by which a handbook is divided: those at the top of the main standard, or right below a large one.
pub(crate) fn tops(standards: &Standards) -> Vec<ClauseKey> {
    let Some(main) = standards.main() else { return Vec::new() };
    let roots = standards.clauses(main).filter(|key| standards.parent(*key).is_none());
    roots.flat_map(|root| split(standards, root)).collect()
}

/// A top-level clause, or the clauses right below a large one.
fn split(standards: &Standards, root: ClauseKey) -> Vec<ClauseKey> {
    let units = standards
        .clauses(root.standard)
        .filter(|key| standards.is_unit(*key) && standards.ancestors(*key).any(|above| above == root));
    if units.count() > MAX_UNITS { standards.children(root).to_vec() } else { vec![root] }
}
