//! Findings about front matter, settings and catalogues. Each file in `tests/reading` specifies them case by case.
//!
//! A case is a heading, a block `input` and a block `findings` with one line for each finding: `line:column rule
//! message`, followed by the indented help. `<tab>` stands for a tab. `UPDATE_EXPECTED=1` replaces the expected
//! findings by the actual ones; read them before you keep them.

use std::sync::Arc;

use clausebook::testing::config;
use clausebook::testing::finding::Problem;
use clausebook::testing::place::SourceText;
use clausebook::testing::rules::rule_ids;
use clausebook::testing::source::{KeyPattern, Vocabulary, decode};
use clausebook::testing::standard::read_catalogue;

/// A case of a literate test.
struct Case {
    name: String,
    input: String,
    findings: String,
}

/// The cases of a literate file: the content between the fences below each heading.
fn cases(text: &str) -> Vec<Case> {
    text.split("\n## ").skip(1).map(case).collect()
}

fn case(section: &str) -> Case {
    let name = section.lines().next().unwrap_or_default().to_owned();
    let block = |kind: &str| {
        let (_, rest) = section.split_once(&format!("\n````{kind}\n")).unwrap_or_else(|| panic!("{name}: no {kind}"));
        let (content, _) = rest.split_once("````").unwrap_or_else(|| panic!("{name}: {kind} is not closed"));
        content.to_owned()
    };
    Case { input: block("input").replace("<tab>", "\t"), findings: block("findings"), name }
}

fn render_problems(problems: &[Problem]) -> String {
    let line = |problem: &Problem| {
        let help = problem.help.as_ref().map_or_else(String::new, |help| format!("  {help}\n"));
        format!("{}:{} {} {}\n{help}", problem.place.line(), problem.place.column(), problem.rule, problem.message)
    };
    problems.iter().map(line).collect()
}

fn check_cases(file: &str, read: impl Fn(&Arc<SourceText>) -> Vec<Problem>) {
    let path = format!("{}/tests/reading/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("the literate file");
    let cases = cases(&text);
    assert!(cases.len() > 3, "{file} has cases");
    let mut wrong = String::new();
    let mut updated = text.clone();
    for case in cases {
        let actual = render_problems(&read(&Arc::new(SourceText::new("content/a.md", &case.input))));
        if actual != case.findings {
            wrong.push_str(&format!("## {}\nexpected\n{}found\n{actual}\n", case.name, case.findings));
            updated = update(&updated, &case, &actual);
        }
    }
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(path, updated).expect("the literate file can be written");
    }
    assert!(wrong.is_empty(), "{file}:\n{wrong}");
}

fn update(text: &str, case: &Case, actual: &str) -> String {
    let (before, section) = text.split_once(&format!("\n## {}\n", case.name)).expect("the case");
    let (old, new) = (format!("````findings\n{}````", case.findings), format!("````findings\n{actual}````"));
    format!("{before}\n## {}\n{}", case.name, section.replacen(&old, &new, 1))
}

fn vocabulary() -> Vocabulary {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Vocabulary::new(
        words(&["policy", "process", "procedure", "plan", "record", "page"]),
        words(&["public", "internal", "confidential", "restricted"]),
    )
    .with_key("doc_id", "id")
    .with_key("last_reviewed_on", "approved")
    .with_ignored(KeyPattern::new("hugo_*"))
    .with_ignored(KeyPattern::new("weight"))
}

#[test]
fn front_matter_is_reported_as_described() {
    check_cases("front-matter.md", |source| decode(source, &vocabulary()).problems);
}

#[test]
fn broken_yaml_is_reported_as_described() {
    check_cases("syntax.md", |source| decode(source, &vocabulary()).problems);
}

#[test]
fn settings_are_reported_as_described() {
    check_cases("settings.md", |source| {
        config::read(source, &rule_ids()).map_or_else(|invalid| invalid.problems, |_| Vec::new())
    });
}

#[test]
fn catalogues_are_reported_as_described() {
    check_cases("catalogue.md", |source| read_catalogue(source).err().unwrap_or_default());
}
