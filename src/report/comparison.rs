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
            .map(|one| ChangeEntry { id: &one.clause, name: &one.title, before: one.before, after: one.after })
            .collect(),
        items: comparison
            .items
            .iter()
            .map(|one| ChangeEntry { id: &one.id, name: &one.name, before: one.before, after: one.after })
            .collect(),
        new_findings: comparison.findings.new_count(),
        gone_findings: comparison
            .findings
            .fixed
            .iter()
            .map(|known| FixedEntry {
                rule: &known.identity.rule,
                file: &known.file,
                message: &known.message,
                count: known.count,
            })
            .collect(),
    }
}
