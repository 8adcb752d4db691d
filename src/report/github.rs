//! Workflow commands with which GitHub Actions annotates lines of a change.

use super::{Report, lines_without_controls};
use crate::finding::{Finding, Severity};

/// Renders a report with unmet gates and the most severe findings first, because GitHub shows no more than ten
/// annotations of each kind.
pub(super) fn render(report: &Report<'_>) -> String {
    let unmet = report.gates.iter().filter(|gate| !gate.met && gate.name != "findings");
    let gates = unmet
        .map(|gate| format!("::error title=gate {}::{}\n", escape_property(gate.name), escape_data(&gate.sentence)));
    gates.chain(report.findings().map(|finding| annotation(report, finding))).collect()
}

fn annotation(report: &Report<'_>, finding: &Finding) -> String {
    let problem = &finding.problem;
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = &problem.place;
    let mut properties = format!("file={}", escape_property(&report.path(&place.file)));
    if let Some(position) = place.position {
        properties.push_str(&format!(",line={},col={}", position.line, position.column));
        // GitHub drops the columns if the end is on another line.
        if let Some(end) = place.end.filter(|end| end.line == position.line) {
            properties.push_str(&format!(",endLine={},endColumn={}", end.line, end.column));
        }
    }
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {help}"));
    // The log of a job shows only the text, so the text must include the place and the rule.
    let text = escape_data(&format!("{} {}: {}{help}", report.path(&place.to_string()), problem.rule, problem.message));
    format!("::{command} {properties},title={}::{text}\n", escape_property(problem.rule.0))
}

/// Escapes the text after `::`.
fn escape_data(text: &str) -> String {
    lines_without_controls(&text.replace('\r', "")).replace('%', "%25").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_end_a_command_or_begin_another() {
        assert_eq!(escape_data("50 %\r\n::error::x\u{1b}"), "50 %25%0A:\u{fffd}error::x\u{fffd}");
        assert_eq!(escape_property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
    }
}
