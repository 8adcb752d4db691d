//! SARIF 2.1.0, the format of code scanning services.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::Report;
use super::stream::write_json;
use crate::finding::{Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::judge::{BaselineEntry, BaselineMatch, fingerprint, fingerprints};
use crate::place::Place;
use crate::rules::{RULES, Rule};

/// The maximum number of results in a run; code scanning rejects a run with more.
const MAX_RESULTS: usize = 25_000;

/// The name of our fingerprints. Change it if they are computed differently.
const FINGERPRINT: &str = "clausebook/v2";

/// The whole report, its keys in alphabetical order.
#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run<'a>; 1],
    version: &'static str,
}

/// A run, its keys in alphabetical order.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    column_kind: &'static str,
    default_encoding: &'static str,
    invocations: [Value; 1],
    properties: Value,
    results: Results<'a>,
    tool: Value,
}

/// Writes a report.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = RULES.iter().map(rule).collect();
    let driver = json!({
        "name": "Clausebook",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "shortDescription": {"text": env!("CARGO_PKG_DESCRIPTION")},
        "rules": rules,
    });
    let (results, omitted_count) = Results::collect(report);
    let run = Run {
        column_kind: "unicodeCodePoints",
        default_encoding: "utf-8",
        invocations: [invocation(omitted_count)],
        properties: json!({"as_of": report.assessed.assessment.clock.as_of, "gates": report.gates}),
        results,
        tool: json!({"driver": driver}),
    };
    write_json(out, &Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", runs: [run], version: "2.1.0" })
}

fn rule(rule: &Rule) -> Value {
    let Rule { id, meaning, why, fix, example, severity, group, .. } = rule;
    json!({
        "id": id,
        "shortDescription": {"text": meaning},
        "fullDescription": {"text": format!("{meaning} {why}")},
        "help": {
            "text": format!("{why} {fix} Example: {example}"),
            "markdown": format!("{why}\n\n**How to fix it.** {fix}\n\n**Example.** {}", code(example)),
        },
        "defaultConfiguration": {"level": severity},
        "properties": {"tags": [group]},
    })
}

/// Formats a text as a code span, in as many backticks as it needs.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    format!("{fence} {} {fence}", text.replace('\n', " "))
}

/// The results of a run. Each is converted only when it is written, and dropped immediately afterwards.
struct Results<'a> {
    report: &'a Report<'a>,
    /// Findings with their indexes and fingerprints.
    counted: Vec<(usize, &'a Finding, String)>,
    suppressed: Vec<Value>,
}

impl Results<'_> {
    /// Collects the findings that count, most severe first if there are too many for a run, then suppressed findings if
    /// requested. Also returns how many were left out.
    fn collect<'a>(report: &'a Report<'a>) -> (Results<'a>, usize) {
        let mut counted = counted(report);
        let mut suppressed = if report.view.suppressed { suppressed(report) } else { Vec::new() };
        let all = counted.len() + suppressed.len();
        counted.truncate(MAX_RESULTS);
        suppressed.truncate(MAX_RESULTS - counted.len());
        let omitted_count = all - counted.len() - suppressed.len();
        (Results { report, counted, suppressed }, omitted_count)
    }
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Results { report, counted, suppressed } = self;
        let counted = counted.iter().map(|(at, finding, print)| {
            finding_result(report, finding, print, report.baseline.map(|matched| state(matched, *at)))
        });
        serializer.collect_seq(counted.map(Cow::Owned).chain(suppressed.iter().map(Cow::Borrowed)))
    }
}

fn counted<'a>(report: &Report<'a>) -> Vec<(usize, &'a Finding, String)> {
    let all = &report.assessed.assessment.findings;
    let mut counted: Vec<(usize, &Finding, String)> =
        all.iter().zip(fingerprints(all)).enumerate().map(|(at, (finding, print))| (at, finding, print)).collect();
    let is_known = |at: usize| report.baseline.is_some_and(|matched| is_known(matched, at));
    counted.retain(|(at, finding, _)| report.is_shown(finding) && (report.view.suppressed || !is_known(*at)));
    if counted.len() > MAX_RESULTS {
        counted.sort_by_key(|(at, finding, _)| (is_known(*at), Reverse(finding.severity)));
    }
    counted
}

/// Waived findings, and findings in the baseline that no longer occur.
fn suppressed(report: &Report<'_>) -> Vec<Value> {
    let waived = report.assessed.assessment.waived.iter();
    let prints = fingerprints(waived.clone().map(|one| &one.finding));
    let waived = waived.zip(prints).map(|(waived_finding, print)| {
        let mut value = finding_result(report, &waived_finding.finding, &print, report.baseline.map(|_| "unchanged"));
        let justification =
            format!("{} ({}, until {})", waived_finding.reason, waived_finding.accepted_by, waived_finding.until);
        value["suppressions"] = json!([{"kind": "external", "status": "accepted", "justification": justification}]);
        value
    });
    let fixed = report.baseline.into_iter().flat_map(|matched| &matched.fixed);
    let absent = fixed.flat_map(|entry| (1..=entry.count).map(move |nth| absent_result(report, entry, nth)));
    waived.chain(absent).collect()
}

/// Describes the run, including the number of findings left out.
fn invocation(omitted_count: usize) -> Value {
    let mut invocation = json!({"executionSuccessful": true});
    if omitted_count > 0 {
        let text = format!(
            "{} not in this report, which has room for {MAX_RESULTS}; the most severe come first",
            super::count_noun(omitted_count, "finding") + if omitted_count == 1 { " is" } else { " are" }
        );
        invocation["toolExecutionNotifications"] = json!([{"level": "warning", "message": {"text": text}}]);
    }
    invocation
}

fn is_known(matched: &BaselineMatch, at: usize) -> bool {
    matched.is_known.get(at).copied().unwrap_or(false)
}

fn state(matched: &BaselineMatch, at: usize) -> &'static str {
    if is_known(matched, at) { "unchanged" } else { "new" }
}

fn finding_result(report: &Report<'_>, finding: &Finding, fingerprint: &str, state: Option<&str>) -> Value {
    let problem = &finding.problem;
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!(". Help: {help}"));
    let mut value = json!({
        "ruleId": problem.rule,
        "level": level(finding.severity),
        "message": {"text": message_text(&format!("{}{help}", problem.message))},
        "locations": [{"physicalLocation": location(report, &problem.place)}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    });
    if let Some(at) = RULES.iter().position(|rule| rule.id == problem.rule) {
        value["ruleIndex"] = json!(at);
    }
    if let Some(state) = state {
        value["baselineState"] = json!(state);
    }
    if !problem.related.is_empty() {
        let related = problem.related.iter().enumerate().map(
            |(at, (place, label))| json!({"id": at, "physicalLocation": location(report, place), "message": {"text": message_text(label)}}),
        );
        value["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &problem.fix {
        value["fixes"] = fixes(report, &problem.place, fix).into_iter().collect();
    }
    value
}

/// Escapes a message so that `[text](target)` is not a link. SARIF would treat it as one and show only the text.
fn message_text(text: &str) -> Cow<'_, str> {
    if !text.contains("](") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]"))
}

/// A fix as edits of lines and columns, or `None` if the text of its file is not available.
fn fixes(report: &Report<'_>, place: &Place, fix: &Fix) -> Option<Value> {
    let text = report.assessed.reading.text(&place.file)?;
    let replacement = |edit: &Edit| {
        let (start, end) = (text.position(edit.span.start), text.position(edit.span.end));
        json!({
            "deletedRegion": {
                "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
            },
            "insertedContent": {"text": edit.text},
        })
    };
    let change = json!({
        "artifactLocation": {"uri": uri(&report.path(&place.file))},
        "replacements": fix.edits.iter().map(replacement).collect::<Value>(),
    });
    Some(json!({"description": {"text": fix.title}, "artifactChanges": [change]}))
}

/// A result for a finding in the baseline that no longer occurs.
fn absent_result(report: &Report<'_>, entry: &BaselineEntry, nth: usize) -> Value {
    json!({
        "ruleId": entry.identity.rule,
        "message": {"text": message_text(&entry.message)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(&report.path(&entry.file))}}}],
        "partialFingerprints": {FINGERPRINT: fingerprint(&entry.identity, nth)},
        "baselineState": "absent",
    })
}

fn level(severity: Severity) -> &'static str {
    severity.as_str()
}

fn location(report: &Report<'_>, place: &Place) -> Value {
    let mut location = json!({"artifactLocation": {"uri": uri(&report.path(&place.file))}});
    if let Some(position) = place.position {
        let mut region = json!({"startLine": position.line, "startColumn": position.column});
        if let Some(end) = place.end {
            region["endLine"] = json!(end.line);
            region["endColumn"] = json!(end.column);
        }
        location["region"] = region;
    }
    location
}

/// Percent-encodes a path as a relative URI reference.
fn uri(path: &str) -> String {
    const UNESCAPED: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    percent_encoding::utf8_percent_encode(path, UNESCAPED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references_and_examples_code() {
        assert_eq!(uri("content/8.6 Störung:a/x.md"), "content/8.6%20St%C3%B6rung%3Aa/x.md");
        assert_eq!(code("a `b` ``c``"), "``` a `b` ``c`` ```");
    }

    #[test]
    fn a_message_is_not_a_link() {
        assert_eq!(message_text("write [1] as `[text](a.md)`"), "write \\[1\\] as `\\[text\\](a.md)`");
        assert_eq!(message_text("write [1] \\"), "write [1] \\");
    }
}
