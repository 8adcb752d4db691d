//! Changes since another revision, as data.

use serde::Serialize;

use crate::assess::{ItemVerdict, Verdict};
use crate::judge::Comparison;

/// Changes since another revision.
#[derive(Serialize)]
pub(super) struct ComparisonEntry<'a> {
    base: &'a str,
    clauses: Vec<ChangeEntry<'a, Verdict>>,
    items: Vec<ChangeEntry<'a, ItemVerdict>>,
    new_findings: usize,
    gone_findings: Vec<FixedEntry<'a>>,
}

#[derive(Serialize)]
struct ChangeEntry<'a, V> {
    id: &'a str,
    name: &'a str,
    before: V,
    after: V,
}

#[derive(Serialize)]
struct FixedEntry<'a> {
    rule: &'a str,
    file: &'a str,
    message: &'a str,
    count: usize,
}

/// A comparison as data.
pub(super) fn comparison_entry(comparison: &Comparison) -> ComparisonEntry<'_> {
    ComparisonEntry {
        base: &comparison.revision,
        clauses: comparison
            .clauses
            .iter()
            .map(|change| ChangeEntry {
                id: &change.clause,
                name: &change.title,
                before: change.before,
                after: change.after,
            })
            .collect(),
        items: comparison
            .items
            .iter()
            .map(|change| ChangeEntry {
                id: &change.id,
                name: &change.name,
                before: change.before,
                after: change.after,
            })
            .collect(),
        new_findings: comparison.findings.new_count(),
        gone_findings: comparison
            .findings
            .fixed
            .iter()
            .map(|fixed| FixedEntry {
                rule: &fixed.identity.rule,
                file: &fixed.file,
                message: &fixed.message,
                count: fixed.count,
            })
            .collect(),
    }
}
