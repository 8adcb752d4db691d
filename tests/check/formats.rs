//! Each output format, validated against its published schema if there is one.

use boon::{Compiler, Schemas};
use serde_json::Value;

use crate::support::Handbook;

fn output(format: &str) -> String {
    Handbook::fixture().check(&["--format", format]).assert_code(1).out
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The schema of `assessment.json`.
const ASSESSMENT: &str = "docs/assessment.schema.json";

/// Fails unless a value is valid according to a schema in this repository.
fn validate(schema: &str, value: &Value) {
    let path = format!("{}/{schema}", env!("CARGO_MANIFEST_DIR"));
    let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
    let mut text = std::fs::read_to_string(path).unwrap();
    if schema == ASSESSMENT {
        // Readers must expect additional fields, but here every field must be described.
        text = text.replace("\"additionalProperties\": true", "\"additionalProperties\": false");
    }
    compiler.add_resource("clausebook:schema", json(&text)).unwrap();
    let schema = compiler.compile("clausebook:schema", &mut schemas).unwrap();
    if let Err(error) = schemas.validate(value, schema) {
        panic!("{error:#}");
    }
}

#[test]
fn text() {
    insta::assert_snapshot!(output("text"));
}

#[test]
fn concise() {
    insta::assert_snapshot!(output("concise"));
}

#[test]
fn github() {
    insta::assert_snapshot!(output("github"));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(output("markdown"));
}

#[test]
fn gitlab() {
    let text = output("gitlab");
    insta::assert_snapshot!(text);
    let prints: std::collections::BTreeSet<String> =
        json(&text).as_array().unwrap().iter().map(|issue| issue["fingerprint"].to_string()).collect();
    assert_eq!(prints.len(), 5, "fingerprints tell issues apart");
}

#[test]
fn gitlab_fingerprints_do_not_move_with_lines() {
    let handbook = Handbook::fixture();
    let prints = |text: &str| -> Vec<Value> {
        json(text).as_array().unwrap().iter().map(|issue| issue["fingerprint"].clone()).collect()
    };
    let before = handbook.check(&["--format", "gitlab"]).out;
    handbook.replace(
        "content/incidents/procedure.md",
        "# Incident procedure\n",
        "# Incident procedure\n\nA new line.\n",
    );
    let after = handbook.check(&["--format", "gitlab"]).out;
    assert_ne!(before, after);
    assert_eq!(prints(&before), prints(&after));
}

/// Compares only the parts of the SARIF log that do not grow with the number of rules.
#[test]
fn sarif() {
    let log = json(&output("sarif"));
    validate("tests/schemas/sarif-2.1.0.json", &log);
    let run = &log["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
    }
    let mut results = run["results"].clone();
    results.as_array_mut().unwrap().iter_mut().for_each(|result| result["ruleIndex"] = Value::Null);
    insta::assert_snapshot!(serde_json::to_string_pretty(&results).unwrap());
}

#[test]
fn sarif_has_what_is_suppressed_only_when_it_is_asked_for() {
    let handbook = Handbook::fixture();
    handbook.check(&["--baseline", "known.json", "--update-baseline"]).assert_code(0);
    handbook.replace("content/incidents/procedure.md", "[the 50 % rule, line: two](missing%20page.md)", "[x](new.md)");
    let arguments = ["--baseline", "known.json", "--format", "sarif"];
    let log = json(&handbook.check(&arguments).assert_code(1).out);
    validate("tests/schemas/sarif-2.1.0.json", &log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(results.iter().all(|result| result["baselineState"] == "new" && result["suppressions"].is_null()));
    assert_eq!(results.len(), 1);
    let log = json(&handbook.check(&[&arguments[..], &["--include-suppressed"]].concat()).assert_code(1).out);
    validate("tests/schemas/sarif-2.1.0.json", &log);
    let state = |text: &str| {
        let results = log["runs"][0]["results"].as_array().unwrap().iter();
        let mut matching = results.filter(|result| result["message"]["text"].as_str().unwrap().contains(text));
        matching.next().unwrap()["baselineState"].clone()
    };
    assert_eq!(state("`new.md`"), "new");
    assert_eq!(state("#nowhere"), "unchanged");
    assert_eq!(state("missing%20page.md"), "absent");
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(results.iter().any(|result| result["suppressions"][0]["status"] == "accepted"));
}

#[test]
fn the_schema_of_sarif_refuses_what_is_not_sarif() {
    let mut log = json(&output("sarif"));
    log["runs"][0]["results"][0]["level"] = Value::from("fatal");
    assert!(std::panic::catch_unwind(|| validate("tests/schemas/sarif-2.1.0.json", &log)).is_err());
}

#[test]
fn json_is_what_its_schema_says_alone_with_a_baseline_and_with_a_base() {
    let handbook = Handbook::fixture();
    validate(ASSESSMENT, &json(&output("json")));
    handbook.commit();
    handbook.check(&["--baseline", "known.json", "--update-baseline"]).assert_code(0);
    handbook.replace("content/incidents/procedure.md", "status: approved", "status: draft");
    let arguments = ["--baseline", "known.json", "--base", "HEAD", "--format", "json"];
    let data = json(&handbook.check(&arguments).assert_code(1).out);
    validate(ASSESSMENT, &data);
    assert_eq!(data["check"]["passed"], false);
    assert_eq!(data["comparison"]["clauses"][0]["after"], "draft");
    let drop = data["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "coverage-drop").unwrap();
    assert_eq!(drop["known"], false);
    assert_eq!(data["waived"][0]["who"], "Service management lead");
    handbook.check(&["--format", "json", "--output", "report.json"]).assert_code(1);
    crate::support::run(handbook.root(), &["build", "--as-of", "2026-11-22", "-q"]).assert_code(0);
    validate(ASSESSMENT, &json(&handbook.read("site/assessment.json")));
}

#[test]
fn json_of_the_model_handbook_is_what_its_schema_says() {
    let model = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = crate::support::run(model, &["check", "--as-of", "2026-11-22", "--format", "json"]);
    let data = json(&run.out);
    assert!(data["registers"].as_array().unwrap().len() > 50, "{}", run.error);
    validate(ASSESSMENT, &data);
}

/// Omits test cases that passed, because their number grows with the number of rules.
#[test]
fn junit() {
    let text = output("junit");
    let is_passed = |line: &&str| line.contains("<testcase") && line.ends_with("/>");
    let kept: Vec<String> = text
        .lines()
        .filter(|line| !is_passed(line))
        .map(|line| match (line.find(" tests=\""), line.find(" failures=\"")) {
            (Some(start), Some(end)) => line[..start].to_owned() + &line[end..],
            _ => line.to_owned(),
        })
        .collect();
    insta::assert_snapshot!(kept.join("\n"));
    for suite in text.split("<testsuite ").skip(1) {
        let (head, body) = suite.split_once('>').unwrap();
        let attribute = |name: &str| -> usize {
            head.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
        };
        assert_eq!(body.matches("<testcase ").count(), attribute("tests"), "{head}");
        assert_eq!(body.matches("<failure ").count(), attribute("failures"), "{head}");
    }
}

#[test]
fn other_tools_can_learn_where_in_its_repository_the_handbook_is() {
    let handbook = Handbook::fixture();
    for format in ["concise", "sarif", "junit", "github", "gitlab"] {
        let run = handbook.check(&["--format", format, "--path-prefix", "docs/s m s/"]).assert_code(1);
        let prefix = if format == "sarif" { "docs/s%20m%20s" } else { "docs/s m s" };
        run.assert_stdout(&[&format!("{prefix}/content/policy.md")]);
    }
    handbook.check(&["--path-prefix", "../x"]).assert_code(2).assert_stderr(&["leads out of the folder"]);
}

#[test]
fn no_format_names_a_path_of_the_machine_or_two_outputs_for_one_handbook() {
    for format in ["text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown"] {
        let (left, right) = (Handbook::fixture(), Handbook::fixture());
        let (first, second) = (left.check(&["--format", format]), right.check(&["--format", format]));
        assert_eq!(first.out, second.out, "{format}");
        assert!(!first.out.contains(left.root().to_str().unwrap()), "{format}");
        assert!(!first.out.contains('\u{1b}'), "{format} has colours though nobody looks");
    }
}

/// Test views and scanners drop results with duplicate names, or surplus reports.
#[test]
fn no_finding_is_lost_in_the_tool_that_reads_the_report() {
    let handbook = Handbook::fixture();
    let links: String = (0..26_000).map(|at| format!("See [plan {at}](gone-{at}.md).\n")).collect();
    let twice = "[gone](gone.md) and [gone](gone.md), [b](gone.md)\n";
    handbook.write("content/many.md", &format!("---\ntype: page\n---\n\n##Scope\n\n{twice}\n{links}"));
    let log = json(&handbook.check(&["--format", "sarif"]).assert_code(1).out);
    validate("tests/schemas/sarif-2.1.0.json", &log);
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    assert!(results.iter().all(|result| result["level"] == "error"), "the most severe come first");
    let notice = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(notice.contains("findings are not in this report"), "{notice}");
    let names = |handbook: &Handbook| -> std::collections::BTreeSet<String> {
        let report = handbook.check(&["--format", "junit"]).assert_code(1).out;
        let cases = report.lines().filter(|line| line.trim_start().starts_with("<testcase"));
        let names: Vec<String> = cases.map(|line| line.split("time=").next().unwrap().to_owned()).collect();
        let distinct: std::collections::BTreeSet<String> = names.iter().cloned().collect();
        assert_eq!(distinct.len(), names.len());
        distinct
    };
    let before = names(&handbook);
    handbook.replace("content/many.md", "##Scope", "A line above.\n\n##Scope");
    assert_eq!(names(&handbook), before, "a moved line makes no new failure");
}
