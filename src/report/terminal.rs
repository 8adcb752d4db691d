//! The report for a person at a terminal: findings by file with their lines, then a summary that fits a screen.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use anstyle::Style;

use super::text::{Sources, render_frame};
use super::{Report, VERDICT_CHANGES, count_noun, gaps, summary, without_controls};
use crate::finding::{Finding, Severity};
use crate::judge::{Comparison, VerdictChange};

const HEADING: Style = Style::new().bold().underline();
/// The maximum number of changes listed for each kind.
const MAX_CHANGES: usize = 10;

/// Renders a report with colours, which the caller strips if they are not wanted.
pub(super) fn render(report: &Report<'_>) -> String {
    let sources = Sources::from_reading(report.assessed.reading);
    let mut out = String::new();
    let mut left = report.view.limit;
    for (file, findings) in by_file(report) {
        if left == 0 {
            break;
        }
        let _ = writeln!(out, "{HEADING}{}{HEADING:#}: {}\n", without_controls(file), severity_counts(&findings));
        let shown_findings = &findings[..left.min(findings.len())];
        shown_findings
            .iter()
            .for_each(|finding| out.push_str(&render_frame(&sources, &finding.problem, finding.severity)));
        left -= shown_findings.len();
    }
    write_rest(report, &mut out);
    let standing: Vec<&Finding> = report.findings().filter(|finding| gaps::is_handbook_gap(report, finding)).collect();
    out.push_str(&gaps::table(report, &standing));
    write_waived(report, &mut out);
    if let Some(comparison) = report.comparison {
        write_changes(comparison, &mut out);
    }
    out + &summary::render(report)
}

/// Findings by file: files with the most severe findings first, so that a limit hides what matters least.
fn by_file<'a>(report: &Report<'a>) -> Vec<(&'a str, Vec<&'a Finding>)> {
    let mut files: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in report.findings().filter(|finding| !gaps::is_handbook_gap(report, finding)) {
        files.entry(&finding.problem.place.file).or_default().push(finding);
    }
    let mut files: Vec<(&str, Vec<&Finding>)> = files.into_iter().collect();
    files.sort_by_key(|(_, findings)| Reverse(findings.iter().map(|finding| finding.severity).max()));
    files
}

fn severity_counts(findings: &[&Finding]) -> String {
    let count = |severity: Severity| {
        let count = findings.iter().filter(|finding| finding.severity == severity).count();
        (count > 0).then(|| count_noun(count, severity.as_str()))
    };
    [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(count).collect::<Vec<_>>().join(", ")
}

fn write_rest(report: &Report<'_>, out: &mut String) {
    let own_count = report.findings().filter(|finding| !gaps::is_handbook_gap(report, finding)).count();
    let hidden = own_count.saturating_sub(report.view.limit);
    if hidden > 0 {
        let _ = writeln!(
            out,
            "{} not shown; `--limit {}` shows all, `--format concise` gives each a line\n",
            count_noun(hidden, "further finding"),
            hidden + report.view.limit,
        );
    }
}

fn write_waived(report: &Report<'_>, out: &mut String) {
    if !report.view.waived || report.assessed.assessment.waived.is_empty() {
        return;
    }
    let _ = writeln!(out, "{HEADING}Waived{HEADING:#}");
    for waived in &report.assessed.assessment.waived {
        let (line, reason, who) = (
            super::concise::line(report, &waived.finding),
            without_controls(&waived.reason),
            without_controls(&waived.accepted_by),
        );
        let _ = writeln!(out, "  {line}\n    {reason} ({who}, until {})", waived.until);
    }
    out.push('\n');
}

fn write_changes(comparison: &Comparison, out: &mut String) {
    let _ = writeln!(out, "{HEADING}Compared with {}{HEADING:#}", without_controls(&comparison.revision));
    let change = |what: &str, before: &str, after: &str| format!("{what}: {before} → {after}");
    let clauses = |turn: VerdictChange| {
        let some = comparison.clauses.iter().filter(move |clause| clause.change_direction() == turn);
        some.map(|clause| {
            change(&format!("clause {} {}", clause.clause, clause.title), clause.before.as_str(), clause.after.as_str())
        })
        .collect()
    };
    let items = |turn: VerdictChange| {
        let some = comparison.items.iter().filter(move |item| item.change_direction() == turn);
        some.map(|item| change(&item.name, item.before.as_str(), item.after.as_str())).collect()
    };
    let fixed = comparison.findings.fixed.iter();
    let fixed = fixed.map(|fixed_finding| {
        format!(
            "{}: [{}] {}",
            without_controls(&fixed_finding.file),
            fixed_finding.identity.rule,
            without_controls(&fixed_finding.message)
        )
    });
    for (turn, word) in VERDICT_CHANGES {
        write_list(out, &format!("Clauses {}", word.to_lowercase()), clauses(turn));
    }
    for (turn, word) in VERDICT_CHANGES {
        write_list(out, &format!("Documented information {}", word.to_lowercase()), items(turn));
    }
    write_list(out, "Findings fixed", fixed.collect());
    let _ = writeln!(out, "  {} new\n", count_noun(comparison.findings.new_count(), "finding"));
}

fn write_list(out: &mut String, title: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "  {title}: {}", lines.len());
    lines.iter().take(MAX_CHANGES).for_each(|line| out.push_str(&format!("    {line}\n")));
    if lines.len() > MAX_CHANGES {
        let _ = writeln!(out, "    and {} more", lines.len() - MAX_CHANGES);
    }
}
