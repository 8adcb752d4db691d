//! A new user's first hour, through the program itself: `init`, `build`, and what comes after.

use std::collections::BTreeMap;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn clausebook(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("clausebook").expect("the program");
    command.current_dir(folder).env("NO_COLOR", "1");
    command
}

/// Runs a command that must succeed, and returns what it printed.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = clausebook(folder).args(arguments).assert().success().get_output().stdout.clone();
    String::from_utf8(output).expect("text")
}

/// Runs a command that must not, and returns what it complained about.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = clausebook(folder).args(arguments).assert().code(2).get_output().stderr.clone();
    String::from_utf8(output).expect("text")
}

fn built(folder: &Path) -> Value {
    said(folder, &["build", "--quiet", "--as-of", "2027-01-01"]);
    let text = std::fs::read_to_string(folder.join("site/assessment.json")).expect("an assessment");
    serde_json::from_str(&text).expect("JSON")
}

/// Every file below a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("a path below").to_string_lossy().into_owned();
            (path, std::fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

fn errors(assessment: &Value) -> Vec<&Value> {
    let findings = assessment["findings"].as_array().expect("findings");
    findings.iter().filter(|finding| finding["severity"] == "error").collect()
}

#[test]
fn a_new_handbook_builds_at_once_and_its_matrix_is_honest() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = said(folder.path(), &["init", "handbook", "--name", "Fenwick IT"]);
    assert!(said.contains("all of them drafts") && said.contains("clausebook status"), "{said}");
    let assessment = built(&folder.path().join("handbook"));
    let clauses = assessment["standards"][0]["clauses"].as_array().expect("clauses");
    let verdicts: Vec<&Value> = clauses.iter().filter(|c| c["unit"] == true).map(|c| &c["verdict"]).collect();
    assert_eq!(verdicts.len(), 56);
    assert!(verdicts.iter().all(|verdict| *verdict == "draft"), "{verdicts:?}");
    assert_eq!(assessment["totals"]["units_covered"], 0);
    assert_eq!(assessment["totals"]["required_items_provided"], 0);
    let documents = assessment["documents"].as_array().expect("documents");
    assert!(documents.len() > 50 && documents.iter().all(|document| document["state"] == "draft"));
    assert!(documents.iter().all(|document| document["approved"].is_null()));
    assert!(errors(&assessment).is_empty(), "{:#?}", errors(&assessment));
    let drafts = ["missing-document", "missing-record", "missing-key", "draft-only"];
    let findings = assessment["findings"].as_array().expect("findings");
    let other: Vec<&Value> = findings
        .iter()
        .filter(|f| f["severity"] == "warning" && !drafts.iter().any(|rule| f["rule"] == *rule))
        .collect();
    assert!(other.is_empty(), "{other:#?}");
}

#[test]
fn nothing_of_the_fictional_organization_is_left_but_its_examples() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "Fen | \"Moor\" & *Sons*: IT";
    said(folder.path(), &["init", ".", "--name", name]);
    for (path, bytes) in files(folder.path()) {
        let text = String::from_utf8(bytes).expect("text");
        assert!(!text.to_lowercase().contains("gullwhistle"), "{path}");
        assert!(!text.contains("Left open on purpose"), "{path}");
        let Some(front) = text.strip_prefix("---\n").and_then(|rest| rest.split("\n---\n").next()) else { continue };
        let done = ["approved:", "effective:", "date:", "reviews:", "changes:"];
        assert!(!front.lines().any(|line| done.iter().any(|key| line.starts_with(key))), "{path}: {front}");
        if front.contains("\nid: ") || front.starts_with("id: ") {
            assert!(front.contains("\nstatus: draft"), "{path}");
            assert!(text.contains("---\n\n> [!NOTE]\n> **Draft.** "), "{path}");
        }
    }
    let assessment = built(folder.path());
    assert!(errors(&assessment).is_empty(), "{:#?}", errors(&assessment));
    let home = std::fs::read_to_string(folder.path().join("site/index.html")).expect("a page");
    assert!(
        home.contains("Fen | &quot;Moor&quot; &amp; *Sons*: IT") || home.contains("Fen | \"Moor\" &amp; *Sons*: IT")
    );
}

#[test]
fn records_begin_without_anybodys_evidence() {
    let folder = tempfile::tempdir().expect("a folder");
    said(folder.path(), &["init", "."]);
    for (path, bytes) in files(&folder.path().join("content")) {
        let text = String::from_utf8(bytes).expect("text");
        if !text.contains("\ntype: record\n") && !text.contains("\ntype: report\n") {
            continue;
        }
        assert!(!text.contains("2026") && !text.contains("2025"), "{path}: {text}");
        assert!(text.contains("Nothing is recorded yet."), "{path}");
    }
}

#[test]
fn a_folder_that_holds_something_is_refused_and_left_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join(".git")).expect("a repository");
    std::fs::write(folder.path().join("notes.txt"), "mine").expect("a file");
    let complaint = refused(folder.path(), &["init", "."]);
    assert!(complaint.contains("is not empty") && complaint.contains("notes.txt"), "{complaint}");
    assert_eq!(files(folder.path()).len(), 1);
    let complaint = refused(folder.path(), &["init", "notes.txt"]);
    assert!(complaint.contains("notes.txt"), "{complaint}");
    std::fs::remove_file(folder.path().join("notes.txt")).expect("removed");
    said(folder.path(), &["init", "."]);
}

#[test]
fn the_same_arguments_make_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["one", "other"] {
        said(folder.path(), &["init", name, "--name", "Fenwick IT"]);
    }
    assert_eq!(files(&folder.path().join("one")), files(&folder.path().join("other")));
}

#[test]
fn a_blank_handbook_has_a_page_for_each_chapter_and_covers_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    for standard in ["iso20000-1", "iso9001", "iso27001"] {
        let handbook = folder.path().join(standard);
        said(folder.path(), &["init", standard, "--blank", "--standard", standard]);
        let assessment = built(&handbook);
        assert_eq!(assessment["totals"]["documents"], 0);
        assert_eq!(assessment["totals"]["units_covered"], 0);
        assert!(errors(&assessment).iter().all(|f| f["rule"] == "uncovered-clause"), "{:#?}", errors(&assessment));
        assert!(files(&handbook.join("content")).len() > 6);
    }
    assert!(folder.path().join("iso20000-1/content/8.6-resolution/index.md").is_file());
}

#[test]
fn arguments_that_mean_nothing_are_refused_with_the_nearest_that_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let complaint = refused(folder.path(), &["init", "a", "--blank", "--standard", "iso2000-1"]);
    assert!(complaint.contains("did you mean `iso20000-1`?"), "{complaint}");
    let complaint = refused(folder.path(), &["init", "a", "--standard", "iso9001"]);
    assert!(complaint.contains("--blank"), "{complaint}");
    refused(folder.path(), &["init", "a", "--name", " "]);
    assert!(files(folder.path()).is_empty());
}
