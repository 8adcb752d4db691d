//! A table of the standard's gaps. A clause or item that no document addresses or provides has no file to report it in.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Report, count_noun};
use crate::finding::{Finding, RuleId, Severity, StandardPart, closing};

/// The maximum number of names in a row.
const MAX_NAMES: usize = 5;

/// Whether a finding reports a gap of the handbook as a whole, rather than a problem at a place in a document.
pub(super) fn is_handbook_gap(report: &Report<'_>, finding: &Finding) -> bool {
    let is_gap = finding.problem.about.is_some() && finding.problem.rule != closing::COVERAGE_DROP;
    is_gap && finding.problem.place == report.assessed.reading.settings.standards_place()
}

/// Renders the table, or an empty string if there are no gaps.
pub(super) fn table(report: &Report<'_>, findings: &[&Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let standards = &report.assessed.reading.standards;
    let title = standards.main().map(|main| standards.catalogue(main).title.as_str()).unwrap_or_default();
    let clauses =
        findings.iter().filter(|finding| matches!(finding.problem.about, Some(StandardPart::Clause(_)))).count();
    let parts = [(clauses, "clause"), (findings.len() - clauses, "item")].into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, noun)| count_noun(count, noun)).collect();
    let mut out = format!("{}: see Gaps in the portal; `--format concise` gives each a line\n", parts.join(", "));
    let mut rows: BTreeMap<(std::cmp::Reverse<Severity>, RuleId), Vec<String>> = BTreeMap::new();
    for finding in findings {
        let key = (std::cmp::Reverse(finding.severity), finding.problem.rule);
        rows.entry(key).or_default().push(gap_name(report, finding));
    }
    for ((severity, rule), names) in rows {
        let hidden_count = names.len().saturating_sub(MAX_NAMES);
        let more_text = if hidden_count > 0 { format!(" and {hidden_count} more") } else { String::new() };
        let shown_names = names.iter().take(MAX_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
        let count = names.len();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  {:<8} {count:>4}  {rule:<18} {shown_names}{more_text}", severity.0);
    }
    format!("Gaps of {title}: {out}\n")
}

/// The subject of a gap: the number of its clause, or the item's ID in `provides`.
fn gap_name(report: &Report<'_>, finding: &Finding) -> String {
    let standards = &report.assessed.reading.standards;
    match finding.problem.about {
        Some(StandardPart::Clause(key)) => standards.clause(key).id.to_string(),
        Some(StandardPart::Item(item)) => standards.item_at(item).id.to_string(),
        None => String::new(),
    }
}
