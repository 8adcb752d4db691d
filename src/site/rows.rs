//! The rows of the matrix: which clauses it shows, by groups.

use super::portal::Portal;
use crate::id::{ClauseKey, StandardIndex};

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
