//! One line a finding, as editors and other tools read it: `file:line:column: severity[rule] message`.

use super::{Report, plain};
use crate::finding::Finding;

/// Renders it.
pub(super) fn render(report: &Report<'_>) -> String {
    report.findings().map(|finding| line(report, finding) + "\n").collect()
}

/// One finding on one line.
pub(super) fn line(report: &Report<'_>, finding: &Finding) -> String {
    let problem = &finding.problem;
    let (place, severity, rule) = (&problem.place, finding.severity, problem.rule);
    let (file, line, column) = (plain(&report.path(&place.file)), place.line(), place.column());
    format!("{file}:{line}:{column}: {severity}[{rule}] {}", plain(&problem.message))
}
