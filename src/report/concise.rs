//! One line per finding, in the form that editors and other tools read: `file:line:column: severity[rule] message`.

use super::{Report, without_controls};
use crate::finding::Finding;

/// Renders a report with one line per finding.
pub(super) fn render(report: &Report<'_>) -> String {
    report.findings().map(|finding| line(report, finding) + "\n").collect()
}

/// Formats a finding on a single line.
pub(super) fn line(report: &Report<'_>, finding: &Finding) -> String {
    let problem = &finding.problem;
    let (place, severity, rule) = (&problem.place, finding.severity, problem.rule);
    let (file, line, column) = (without_controls(&report.path(&place.file)), place.line(), place.column());
    format!("{file}:{line}:{column}: {severity}[{rule}] {}", without_controls(&problem.message))
}
