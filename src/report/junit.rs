//! JUnit XML: a suite for each group of rules and one for the gates. Each finding that fails the check is a test case,
//! and so is each rule without such findings.
//!
//! Findings below the failing severity appear only in the suite's output, one per line. Timestamps are the assessed
//! day, so that the same check produces the same bytes.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use super::xml::escape;
use super::{Report, concise, without_controls};
use crate::finding::{Finding, shorten_words};
use crate::rules::{Group, RULES, Rule};

/// A test case.
struct TestCase {
    name: String,
    class: String,
    /// The message and the details; `None` if the case passed.
    failure: Option<(String, String)>,
}

/// Renders a report.
pub(super) fn render(report: &Report<'_>) -> String {
    let day = report.assessed.assessment.clock.as_of.to_string();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (id, group) in Group::ALL.into_iter().enumerate() {
        write_suite(
            &mut out,
            &SuiteHead { id, name: group.title(), day: &day },
            &cases(report, group),
            &tolerated_findings(report, group),
        );
    }
    write_suite(&mut out, &SuiteHead { id: Group::ALL.len(), name: "Gates", day: &day }, &gate_cases(report), "");
    out + "</testsuites>\n"
}

/// The attributes of a suite.
struct SuiteHead<'a> {
    id: usize,
    name: &'a str,
    day: &'a str,
}

fn cases(report: &Report<'_>, group: Group) -> Vec<TestCase> {
    let mut cases: Vec<TestCase> = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.group == group) {
        let class = format!("clausebook.{}", rule.id);
        let before = cases.len();
        cases.extend(
            findings_of_rule(report, rule)
                .filter(|finding| finding.severity >= report.fail_on)
                .map(|finding| failed_case(report, &class, finding)),
        );
        number_duplicates(&mut cases[before..]);
        if cases.len() == before {
            cases.push(TestCase { name: rule.id.to_string(), class, failure: None });
        }
    }
    cases
}

/// Numbers cases with equal names, as escaped in XML, because test views keep only one of them.
fn number_duplicates(cases: &mut [TestCase]) {
    let mut taken: HashSet<String> = HashSet::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for case in cases {
        let count = seen.entry(escape(&case.name)).or_insert(0);
        let name = case.name.clone();
        loop {
            *count += 1;
            if *count > 1 {
                case.name = format!("{name} ({count})");
            }
            if taken.insert(escape(&case.name)) {
                break;
            }
        }
    }
}

fn findings_of_rule<'a>(report: &Report<'a>, rule: &'static Rule) -> impl Iterator<Item = &'a Finding> {
    report.findings().filter(move |finding| finding.problem.rule == rule.id)
}

fn failed_case(report: &Report<'_>, class: &str, finding: &Finding) -> TestCase {
    let problem = &finding.problem;
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {}", without_controls(help)));
    let subject = if finding.subject.is_empty() { String::new() } else { format!(": {}", finding.subject) };
    TestCase {
        // The name uses the subject and not the message, whose line and wording may change: a test view would treat a
        // renamed case as a new one.
        name: without_controls(&shorten_words(format!("{}{subject}", report.path(&problem.place.file)))),
        class: class.to_owned(),
        failure: Some((without_controls(&problem.message), format!("{}{help}", concise::line(report, finding)))),
    }
}

/// The findings of a group that are below the failing severity.
fn tolerated_findings(report: &Report<'_>, group: Group) -> String {
    let rules = RULES.iter().filter(|rule| rule.group == group);
    let light =
        rules.flat_map(|rule| findings_of_rule(report, rule)).filter(|finding| finding.severity < report.fail_on);
    light.map(|finding| concise::line(report, finding)).collect::<Vec<_>>().join("\n")
}

fn gate_cases(report: &Report<'_>) -> Vec<TestCase> {
    let case = |gate: &crate::judge::Gate| TestCase {
        name: gate.name.to_owned(),
        class: "clausebook.gates".to_owned(),
        failure: (!gate.met).then(|| (gate.sentence.clone(), gate.sentence.clone())),
    };
    report.gates.iter().map(case).collect()
}

fn write_suite(out: &mut String, head: &SuiteHead<'_>, cases: &[TestCase], output: &str) {
    let failures = cases.iter().filter(|case| case.failure.is_some()).count();
    let (SuiteHead { id, name, day }, tests) = (head, cases.len());
    let _ = writeln!(
        out,
        "  <testsuite name=\"{name}\" package=\"clausebook\" id=\"{id}\" timestamp=\"{day}T00:00:00\" \
         hostname=\"localhost\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" time=\"0\">\n    <properties/>"
    );
    cases.iter().for_each(|case| write_case(out, case));
    let _ = writeln!(out, "    <system-out>{}</system-out>\n    <system-err/>\n  </testsuite>", escape(output));
}

fn write_case(out: &mut String, case: &TestCase) {
    let (name, class) = (escape(&case.name), escape(&case.class));
    let _ = write!(out, "    <testcase name=\"{name}\" classname=\"{class}\" time=\"0\"");
    let _ = match &case.failure {
        None => writeln!(out, "/>"),
        Some((message, text)) => {
            let (message, text) = (escape(message), escape(text));
            writeln!(out, ">\n      <failure type=\"finding\" message=\"{message}\">{text}</failure>\n    </testcase>")
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_xml_writes_alike_are_distinguished() {
        let case = |name: &str| TestCase { name: name.to_owned(), class: String::new(), failure: None };
        let mut cases = ["a\u{fffe}", "a\u{ffff}", "a (2)", "b"].map(case);
        number_duplicates(&mut cases);
        let names: HashSet<String> = cases.iter().map(|case| escape(&case.name)).collect();
        assert_eq!(names.len(), 4);
    }
}
