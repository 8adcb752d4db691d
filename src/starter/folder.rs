//! Folders of documents, one for each chapter of clauses.

use super::text::file_name;
use crate::id::ClauseKey;
use crate::standard::Standards;

/// A top-level clause with more coverage units than this is divided into the clauses right below it.
const MAX_UNITS: usize = 12;

/// The chapter of a clause: a top-level clause, or a clause right below a large one.
pub(super) fn chapter(standards: &Standards, key: ClauseKey) -> ClauseKey {
    let mut chain: Vec<ClauseKey> = standards.ancestors(key).collect();
    chain.insert(0, key);
    let top = chain.len() - 1;
    let below = if is_large(standards, chain[top]) { top.saturating_sub(1) } else { top };
    chain[below]
}

/// Every chapter of a standard, in its order.
pub(super) fn chapters(standards: &Standards) -> Vec<ClauseKey> {
    let Some(main) = standards.main() else { return Vec::new() };
    let roots = standards.clauses(main).filter(|key| standards.parent(*key).is_none());
    roots
        .flat_map(|root| if is_large(standards, root) { standards.children(root).to_vec() } else { vec![root] })
        .collect()
}

/// The name of a chapter's folder, for example `8.6-resolution-and-fulfilment`.
pub(super) fn name(standards: &Standards, chapter: ClauseKey) -> String {
    let clause = standards.clause(chapter);
    let title = clause.title.as_deref().unwrap_or_default();
    format!("{}-{}", clause.id.to_string().to_lowercase(), file_name(title, "clause"))
}

fn is_large(standards: &Standards, root: ClauseKey) -> bool {
    let below = |key: &ClauseKey| standards.ancestors(*key).any(|above| above == root);
    standards.clauses(root.standard).filter(|key| standards.is_unit(*key) && below(key)).count() > MAX_UNITS
}
