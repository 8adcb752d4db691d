//! JUnit XML: a suite for each group of rules and one for the gates. Each finding that fails the check is a test case,
//! and so is each rule without such findings.
//!
//! Findings below the failing severity appear only in the suite's output, one per line. Timestamps are the assessed
//! day, so that the same check produces the same bytes.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use super::xml::escape;
use super::{Report, concise, plain};
use crate::finding::{Finding, without_long_words};
use crate::rules::{Group, RULES, Rule};

/// A test case.
struct Case {
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
        suite(&mut out, &Head { id, name: group.title(), day: &day }, &cases(report, group), &lines(report, group));
    }
    suite(&mut out, &Head { id: Group::ALL.len(), name: "Gates", day: &day }, &gates(report), "");
    out + "</testsuites>\n"
}

/// The attributes of a suite.
struct Head<'a> {
    id: usize,
    name: &'a str,
    day: &'a str,
}

fn cases(report: &Report<'_>, group: Group) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.group == group) {
        let class = format!("clausebook.{}", rule.id);
        let before = cases.len();
        cases.extend(
            of_rule(report, rule).filter(|one| one.severity >= report.fail_on).map(|one| failed(report, &class, one)),
        );
        number_doubles(&mut cases[before..]);
        if cases.len() == before {
            cases.push(Case { name: rule.id.to_string(), class, failure: None });
        }
    }
    cases
}

/// Numbers cases with equal names, as escaped in XML, because test views keep only one of them.
fn number_doubles(cases: &mut [Case]) {
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

fn of_rule<'a>(report: &Report<'a>, rule: &'static Rule) -> impl Iterator<Item = &'a Finding> {
    report.findings().filter(move |finding| finding.problem.rule == rule.id)
}

fn failed(report: &Report<'_>, class: &str, finding: &Finding) -> Case {
    let problem = &finding.problem;
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {}", plain(help)));
    let subject = if finding.subject.is_empty() { String::new() } else { format!(": {}", finding.subject) };
    Case {
        // The name uses the subject and not the message, whose line and wording may change: a test view would treat a
        // renamed case as a new one.
        name: plain(&without_long_words(format!("{}{subject}", report.path(&problem.place.file)))),
        class: class.to_owned(),
        failure: Some((plain(&problem.message), format!("{}{help}", concise::line(report, finding)))),
    }
}

/// The findings of a group that are below the failing severity.
fn lines(report: &Report<'_>, group: Group) -> String {
    let rules = RULES.iter().filter(|rule| rule.group == group);
    let light = rules.flat_map(|rule| of_rule(report, rule)).filter(|finding| finding.severity < report.fail_on);
    light.map(|finding| concise::line(report, finding)).collect::<Vec<_>>().join("\n")
}

fn gates(report: &Report<'_>) -> Vec<Case> {
    let case = |gate: &crate::judge::Gate| Case {
        name: gate.name.to_owned(),
        class: "clausebook.gates".to_owned(),
        failure: (!gate.met).then(|| (gate.sentence.clone(), gate.sentence.clone())),
    };
    report.gates.iter().map(case).collect()
}

fn suite(out: &mut String, head: &Head<'_>, cases: &[Case], output: &str) {
    let failures = cases.iter().filter(|case| case.failure.is_some()).count();
    let (Head { id, name, day }, tests) = (head, cases.len());
    let _ = writeln!(
        out,
        "  <testsuite name=\"{name}\" package=\"clausebook\" id=\"{id}\" timestamp=\"{day}T00:00:00\" \
         hostname=\"localhost\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" time=\"0\">\n    <properties/>"
    );
    cases.iter().for_each(|one| case(out, one));
    let _ = writeln!(out, "    <system-out>{}</system-out>\n    <system-err/>\n  </testsuite>", escape(output));
}

fn case(out: &mut String, case: &Case) {
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
    fn names_that_xml_writes_alike_are_told_apart() {
        let case = |name: &str| Case { name: name.to_owned(), class: String::new(), failure: None };
        let mut cases = ["a\u{fffe}", "a\u{ffff}", "a (2)", "b"].map(case);
        number_doubles(&mut cases);
        let names: HashSet<String> = cases.iter().map(|case| escape(&case.name)).collect();
        assert_eq!(names.len(), 4);
    }
}
