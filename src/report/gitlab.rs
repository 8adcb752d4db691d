//! GitLab's code quality report: a list of issues, identified by fingerprints that do not change when lines move.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::stream::write_json;
use crate::finding::{Finding, Severity};
use crate::judge::fingerprints;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// Writes a report.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let issues: Vec<Issue> = report
        .findings()
        .zip(fingerprints(report.findings()))
        .map(|(finding, print)| issue(report, finding, print))
        .collect();
    write_json(out, &issues)
}

fn issue(report: &Report<'_>, finding: &Finding, fingerprint: String) -> Issue {
    let problem = &finding.problem;
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
    Issue {
        description: format!("{}{help}", problem.message),
        check_name: problem.rule.0,
        fingerprint,
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: Location { path: report.path(&problem.place.file), lines: Lines { begin: problem.place.line() } },
    }
}
