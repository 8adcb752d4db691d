//! A comment for a merge request: the figures, the changes, and the ten most severe findings.

use std::fmt::Write;

use super::{Report, VERDICT_CHANGES, count_noun, without_controls};
use crate::assess::Figures;
use crate::finding::{Finding, Severity};
use crate::judge::{Comparison, VerdictChange, share};

/// The maximum number of findings shown.
const MAX_FINDINGS: usize = 10;
/// The maximum number of changes listed for each kind.
const MAX_CHANGES: usize = 20;

/// Renders a report.
pub(super) fn render(report: &Report<'_>) -> String {
    let mark = if report.has_passed() { "✅ passed" } else { "❌ failed" };
    let mut out = format!("## {}: {mark}\n\n", escape(&report.assessed.reading.settings.title));
    for gate in report.gates {
        let _ = writeln!(out, "- {} {}", if gate.met { "✅" } else { "❌" }, escape(&gate.sentence));
    }
    write_figures(report, &mut out);
    if let Some(comparison) = report.comparison {
        write_changes(comparison, &mut out);
    }
    write_findings(report, &mut out);
    let basis = super::summary::basis(report.assessed.reading, report.assessed.assessment);
    if !basis.is_empty() {
        let _ = write!(out, "\n{basis}");
    }
    let others = super::summary::other_files_note(report);
    if others.is_empty() { out } else { format!("{out}\n{others}") }
}

fn write_figures(report: &Report<'_>, out: &mut String) {
    let now = report.assessed.assessment.figures;
    let before = report.comparison.map(|comparison| comparison.figures);
    let head =
        report.comparison.map_or_else(String::new, |comparison| format!(" {} |", code_span(&comparison.revision)));
    let rule = if before.is_some() { " --- |" } else { "" };
    let _ = writeln!(out, "\n| on {} |{head} now |\n| --- |{rule} --- |", report.assessed.assessment.clock.as_of);
    for (name, value) in FIGURES {
        let before = before.map_or_else(String::new, |before| format!(" {} |", value(before)));
        let _ = writeln!(out, "| {name} |{before} {} |", value(now));
    }
}

/// A figure: its name and its formatter.
type Figure = (&'static str, fn(Figures) -> String);

const FIGURES: &[Figure] = &[
    ("clauses covered", |figures| {
        let Figures { units, units_covered, .. } = figures;
        format!("{units_covered} of {units} ({})", share(units_covered, units))
    }),
    ("required items provided", |figures| match figures.requires_items() {
        true => format!("{} of {}", figures.required_items_provided, figures.required_items),
        false => "not checked: the catalogue lists none".to_owned(),
    }),
    ("documents", |figures| figures.documents.to_string()),
];

fn write_changes(comparison: &Comparison, out: &mut String) {
    let clauses = comparison.clauses.iter().map(|change| {
        let title = escape(&change.title);
        (
            change.change_direction(),
            format!("clause {} {title}: {} → {}", change.clause, change.before.as_str(), change.after.as_str()),
        )
    });
    let items = comparison.items.iter().map(|change| {
        (
            change.change_direction(),
            format!("{}: {} → {}", escape(&change.name), change.before.as_str(), change.after.as_str()),
        )
    });
    let all: Vec<(VerdictChange, String)> = clauses.chain(items).collect();
    for (turn, word) in VERDICT_CHANGES {
        write_list(out, word, all.iter().filter(|(of, _)| *of == turn).map(|(_, line)| line.as_str()).collect());
    }
    let gone: usize = comparison.findings.fixed.iter().map(|fixed| fixed.count).sum();
    let new = count_noun(comparison.findings.new_count(), "new finding");
    let _ = writeln!(out, "\nCompared with {}: {new}, {gone} fixed.", code_span(&comparison.revision));
}

fn write_list(out: &mut String, title: &str, lines: Vec<&str>) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n### {title}\n");
    lines.iter().take(MAX_CHANGES).for_each(|line| out.push_str(&format!("- {line}\n")));
    if lines.len() > MAX_CHANGES {
        let _ = writeln!(out, "- and {} more", lines.len() - MAX_CHANGES);
    }
}

fn write_findings(report: &Report<'_>, out: &mut String) {
    let mut findings: Vec<_> = report.findings().collect();
    // A stable sort keeps problems in documents before gaps of the same severity.
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    if findings.is_empty() {
        out.push_str(if report.baseline.is_some() { "\nNo new findings.\n" } else { "\nNo findings that count.\n" });
        return;
    }
    let new = if report.baseline.is_some() { "new " } else { "" };
    let count = |severity: Severity| count_noun(report.count(severity), &format!("{new}{severity}"));
    let counts = [Severity::Error, Severity::Warning, Severity::Note].map(count).join(", ");
    let _ = writeln!(out, "\n### Findings\n\n{counts}\n\n| | where | rule | what |\n| --- | --- | --- | --- |");
    findings.iter().take(MAX_FINDINGS).for_each(|finding| out.push_str(&finding_row(finding)));
    if findings.len() > MAX_FINDINGS {
        let _ = writeln!(out, "\nand {} more", findings.len() - MAX_FINDINGS);
    }
}

fn finding_row(finding: &Finding) -> String {
    let problem = &finding.problem;
    let place = code_span(&problem.place.to_string());
    format!("| {} | {place} | {} | {} |\n", finding.severity, code_span(problem.rule.0), escape(&problem.message))
}

/// Escapes a text for Markdown and for table cells. Code spans in it remain code spans.
fn escape(text: &str) -> String {
    let mut out = String::new();
    // A message quotes names in backticks; an unpaired backtick is an ordinary character.
    let parts: Vec<&str> = text.split('`').collect();
    let paired = parts.len() % 2 == 1;
    for (at, part) in parts.iter().enumerate() {
        match at % 2 {
            1 if paired => out.push_str(&code_span(part)),
            _ if at > 0 && !paired => out.push_str(&format!("\\`{}", escape_words(part))),
            _ => out.push_str(&escape_words(part)),
        }
    }
    out
}

fn escape_words(text: &str) -> String {
    let mut out = String::new();
    for c in without_controls(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // An at sign would notify people.
            '@' => out.push_str("&#64;"),
            '\\' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => out.extend(['\\', c]),
            other => out.push(other),
        }
    }
    out
}

/// Formats a text as a code span that is safe in a table cell.
fn code_span(text: &str) -> String {
    match without_controls(text).replace('|', "\\|").replace('`', "'") {
        empty if empty.trim().is_empty() => empty,
        text => format!("`{text}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_cannot_break_its_table_or_mention_users() {
        assert_eq!(escape("a | b <img> @team *x*"), "a \\| b &lt;img&gt; &#64;team \\*x\\*");
        assert_eq!(escape("no file `a|b.md` here"), "no file `a\\|b.md` here");
        assert_eq!(escape("lone ` tick"), "lone \\` tick");
        assert_eq!(escape("two\nlines"), "two\u{fffd}lines");
    }
}
