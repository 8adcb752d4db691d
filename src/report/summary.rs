//! A summary of a check that fits on a screen.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::{Report, count_noun, without_controls};
use crate::assess::{Assessed, Assessment, Figures, newest_later_day};
use crate::date::Date;
use crate::finding::{RuleId, Severity};
use crate::handbook::Reading;
use crate::judge::share;

/// The maximum number of rules counted by name.
const MAX_RULES: usize = 12;
/// The maximum number of fixed findings named.
const MAX_FIXED: usize = 10;

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();

/// Counts, figures and changes; ends with whether the check passed.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = counts(report) + "\n";
    write_rules(report, &mut out);
    write_fixed(report, &mut out);
    let _ = writeln!(out, "{}", figures(report.assessed.reading, report.assessed.assessment));
    out + &closing_words(report)
}

fn counts(report: &Report<'_>) -> String {
    let new = if report.baseline.is_some() { "new " } else { "" };
    let count = |severity: Severity| count_noun(report.count(severity), &format!("{new}{severity}"));
    let mut parts = vec![count(Severity::Error), count(Severity::Warning), count(Severity::Note)];
    if let Some(matched) = report.baseline {
        let known = matched.is_known.iter().filter(|known| **known).count();
        parts.push(format!("{known} known from the baseline"));
    }
    if !report.assessed.assessment.waived.is_empty() {
        parts.push(format!("{} waived", report.assessed.assessment.waived.len()));
    }
    parts.join(", ")
}

fn write_rules(report: &Report<'_>, out: &mut String) {
    // A rule can have findings of several severities.
    let mut by_rule: BTreeMap<(RuleId, Severity), usize> = BTreeMap::new();
    for finding in report.findings() {
        *by_rule.entry((finding.problem.rule, finding.severity)).or_default() += 1;
    }
    let mut counts: Vec<(RuleId, Severity, usize)> =
        by_rule.into_iter().map(|((rule, severity), count)| (rule, severity, count)).collect();
    counts.sort_by_key(|(rule, severity, count)| (std::cmp::Reverse((*severity, *count)), *rule));
    // A single line more is no longer than a line about it.
    let named = if counts.len() == MAX_RULES + 1 { counts.len() } else { counts.len().min(MAX_RULES) };
    for (rule, severity, count) in &counts[..named] {
        let _ = writeln!(out, "{count:>7}  {rule} ({severity})");
    }
    let rest = &counts[named..];
    let findings: usize = rest.iter().map(|(_, _, count)| count).sum();
    let rules: BTreeSet<RuleId> = rest.iter().map(|(rule, _, _)| *rule).collect();
    if !rest.is_empty() {
        let _ = writeln!(out, "{findings:>7}  more, of {}", count_noun(rules.len(), "rule"));
    }
}

/// Lists findings in the baseline that no longer occur.
fn write_fixed(report: &Report<'_>, out: &mut String) {
    let Some(matched) = report.baseline.filter(|matched| !matched.fixed.is_empty()) else { return };
    let all: usize = matched.fixed.iter().map(|fixed| fixed.count).sum();
    let _ = writeln!(out, "{} in the baseline no longer found:", count_noun(all, "finding"));
    for fixed in matched.fixed.iter().take(MAX_FIXED) {
        let times = if fixed.count > 1 { format!(" ({} times)", fixed.count) } else { String::new() };
        let _ = writeln!(
            out,
            "  {}: [{}] {}{times}",
            without_controls(&fixed.file),
            fixed.identity.rule,
            without_controls(&fixed.message)
        );
    }
    if matched.fixed.len() > MAX_FIXED {
        let _ = writeln!(out, "  and {} more", matched.fixed.len() - MAX_FIXED);
    }
}

/// The number of documents, and the two main figures.
pub(crate) fn figures(reading: &Reading, assessment: &Assessment) -> String {
    let Figures { documents, units, units_covered, .. } = assessment.figures;
    let documents = count_noun(documents as usize, "document");
    let as_of = assessment.clock.as_of;
    let Some(main) = reading.standards.main() else { return format!("{documents} on {as_of}") };
    let title = &reading.standards.catalogue(main).title;
    format!(
        "{documents}; {title} on {as_of}: {units_covered} of {units} clauses covered ({}){}",
        share(units_covered, units),
        assessment.figures.items_clause()
    )
}

/// Whether the check passed, with a line for each unmet gate.
pub(crate) fn closing_words(report: &Report<'_>) -> String {
    let Assessed { reading, assessment } = report.assessed;
    basis(reading, assessment) + &verdict(report) + &other_files_note(report)
}

/// A note that the files are not those of the assessed day.
#[derive(Debug, serde::Serialize)]
pub(super) struct FileBasis {
    kind: &'static str,
    /// The newest day in the files.
    newest: Date,
}

impl FileBasis {
    /// Returns a note if the files are later than the assessed day.
    pub(super) fn from_assessed(assessed: Assessed<'_>) -> Option<FileBasis> {
        let newest = newest_later_day(&assessed.reading.handbook, assessed.assessment.clock.as_of)?;
        Some(FileBasis { kind: "later-files", newest })
    }
}

/// A line saying that the files are later than the assessed day; empty if they are not.
pub(super) fn basis(reading: &Reading, assessment: &Assessment) -> String {
    let as_of = assessment.clock.as_of;
    newest_later_day(&reading.handbook, as_of).map_or_else(String::new, |newest| {
        format!(
            "These files contain dates up to {newest} but are assessed as of {as_of}. To assess the handbook as it was then, use `--at {as_of}`.\n"
        )
    })
}

/// The number of findings in files that were not named, to explain why a gate may have failed.
pub(super) fn other_files_note(report: &Report<'_>) -> String {
    if report.files.is_none() {
        return String::new();
    }
    let count = |severity: Severity| {
        let others =
            report.counted_findings().filter(|finding| finding.severity == severity && !report.is_shown(finding));
        Some(others.count()).filter(|count| *count > 0).map(|count| count_noun(count, severity.as_str()))
    };
    let parts: Vec<String> =
        [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(count).collect();
    let parts = if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") };
    format!("other files: {parts}\n")
}

fn verdict(report: &Report<'_>) -> String {
    if report.has_passed() {
        return format!(
            "{GOOD}passed{GOOD:#}: {}\n",
            report.gates.iter().map(|gate| gate.sentence.as_str()).collect::<Vec<_>>().join("; ")
        );
    }
    let unmet = report.gates.iter().filter(|gate| !gate.met);
    unmet.map(|gate| format!("{BAD}failed{BAD:#}: {}\n", gate.sentence)).collect()
}
