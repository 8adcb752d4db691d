//! Workflow commands with which GitHub Actions annotates lines of a change.

use super::{Report, plain_lines};
use crate::finding::{Finding, Severity};

/// Renders a report with unmet gates and the most severe findings first, because GitHub shows no more than ten
/// annotations of each kind.
pub(super) fn render(report: &Report<'_>) -> String {
    let unmet = report.gates.iter().filter(|gate| !gate.met && gate.name != "findings");
    let gates = unmet.map(|gate| format!("::error title=gate {}::{}\n", property(gate.name), data(&gate.sentence)));
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
    let mut properties = format!("file={}", property(&report.path(&place.file)));
    if let Some(position) = place.position {
        properties.push_str(&format!(",line={},col={}", position.line, position.column));
        // GitHub drops the columns if the end is on another line.
        if let Some(end) = place.end.filter(|end| end.line == position.line) {
            properties.push_str(&format!(",endLine={},endColumn={}", end.line, end.column));
        }
    }
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {help}"));
    // The log of a job shows only the text, so the text must include the place and the rule.
    let text = data(&format!("{} {}: {}{help}", report.path(&place.to_string()), problem.rule, problem.message));
    format!("::{command} {properties},title={}::{text}\n", property(problem.rule.0))
}

/// Escapes the text after `::`.
fn data(text: &str) -> String {
    plain_lines(&text.replace('\r', "")).replace('%', "%25").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_end_a_command_or_begin_another() {
        assert_eq!(data("50 %\r\n::error::x\u{1b}"), "50 %25%0A:\u{fffd}error::x\u{fffd}");
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
    }
}
