//! `--at`: the handbook on a day or at a revision, assessed for that day.

use super::repository::{DRAFT, Repository, approved, policy};
use super::shapes::linear;

/// The state of the policy, and the date of the assessment.
fn state(repository: &Repository, arguments: &[&str]) -> (String, String) {
    let run = repository.run(&[&["check", "--format", "json"], arguments].concat());
    assert!(run.code < 2, "{}", run.error);
    let data: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    (text(&data["documents"][0]["state"]), text(&data["as_of"]))
}

fn pair(state: &str, day: &str) -> (String, String) {
    (state.to_owned(), day.to_owned())
}

#[test]
fn the_handbook_of_a_day_is_judged_on_that_day() {
    let repository = linear();
    assert_eq!(state(&repository, &["--at", "2026-01-31"]), pair("current", "2026-01-31"));
    assert_eq!(state(&repository, &["--at", "2026-02-28"]), pair("draft", "2026-02-28"));
    assert_eq!(state(&repository, &["--at", "2026-03-31"]), pair("current", "2026-03-31"));
    // For a revision, the day is that of its commit.
    assert_eq!(state(&repository, &["--at", "HEAD~2"]), pair("draft", "2026-02-10"));
}

#[test]
fn a_day_that_is_asked_for_comes_before_that_of_the_handbook_and_both_before_the_settings() {
    let repository = linear();
    repository.write("clausebook.yaml", "title: Small\nstandards: [iso20000-1]\nas_of: 2030-01-01\n");
    repository.commit("2026-05-10");
    assert_eq!(state(&repository, &["--at", "2026-05-31"]), pair("current", "2026-05-31"));
    assert_eq!(state(&repository, &["--at", "HEAD"]), pair("current", "2026-05-10"));
    assert_eq!(state(&repository, &["--at", "HEAD", "--as-of", "2029-01-01"]), pair("overdue", "2029-01-01"));
    assert_eq!(state(&repository, &[]).1, "2030-01-01");
}

#[test]
fn what_is_proved_of_approvals_is_what_the_line_of_that_handbook_proves() {
    let repository = linear();
    let commit = repository.git(&["rev-parse", "HEAD"]);
    let findings = || {
        let run = repository.run(&["check", "--at", commit.trim(), "--format", "json"]);
        let data: serde_json::Value = serde_json::from_str(&run.out).expect(&run.error);
        data["findings"].to_string()
    };
    let before = findings();
    assert!(before.contains("git proves"), "{before}");
    repository.git(&["checkout", "-q", "--orphan", "elsewhere"]);
    repository.commit("2026-05-10");
    assert_eq!(findings(), before);
}

#[test]
fn uncommitted_changes_are_ignored_with_a_note() {
    let repository = linear();
    repository.write("content/policy.md", &policy("2.0", DRAFT, "three"));
    repository.write("content/other.md", "---\nid: POL-NEW-001\ntype: policy\n---\n\nText.\n");
    let before = repository.git(&["status", "--porcelain"]);
    let run = repository.run(&["check", "--at", "2026-04-30", "--format", "json"]);
    let notes = run.assert_stderr(&[
        "the handbook is that of commit ",
        " of 2026-04-10; uncommitted and later changes are not in it",
    ]);
    let data: serde_json::Value = serde_json::from_str(&notes.out).expect("JSON");
    assert_eq!(data["documents"].as_array().map(Vec::len), Some(1));
    assert_eq!(data["documents"][0]["state"], "current");
    assert_eq!(repository.git(&["status", "--porcelain"]), before, "the checkout was touched");
}

#[test]
fn status_and_build_know_the_day_too() {
    let repository = linear();
    repository
        .run(&["status", "--at", "2026-02-28"])
        .assert_code(0)
        .assert_stdout(&["on 2026-02-28", "1 document: 1 draft"]);
    repository.write("content/form.txt", "today");
    let output = repository.root().join("out");
    let build = ["build", "-q", "--at", "2026-02-28", "--output", output.to_str().expect("a path")];
    repository.run(&build).assert_code(0);
    let page = std::fs::read_to_string(output.join("policy.html")).expect("a page");
    assert!(page.contains("within four days") && page.contains("2026-02-28"), "{page}");
}

#[test]
fn attachments_of_that_day_are_in_the_portal_of_that_day() {
    let repository = Repository::new();
    let text = policy("1.0", &approved("2026-01-05"), "five") + "\n[The form](form.txt)\n";
    repository.write("content/policy.md", &text);
    repository.write("content/form.txt", "the old form");
    repository.write("notes/big.bin", "not of the handbook");
    repository.commit("2026-01-10");
    repository.write("content/form.txt", "the new form");
    repository.commit("2026-02-10");
    let output = repository.root().join("out");
    let out = output.to_str().expect("a path");
    repository.run(&["build", "-q", "--at", "2026-01-31", "-o", out]).assert_code(0);
    assert_eq!(std::fs::read_to_string(output.join("form.txt")).expect("the form"), "the old form");
}

#[test]
fn missing_objects_of_a_commit_are_reported() {
    let parts = Repository::new();
    parts.write("content/part.md", "Words.\n");
    parts.commit("2026-01-05");
    let repository = linear();
    let url = parts.root().to_string_lossy().into_owned();
    repository.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", &url, "sms/content/shared"]);
    repository.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", &url, "sms/notes"]);
    repository.commit("2026-05-10");
    let run = repository.run(&["check", "--at", "HEAD", "--format", "concise"]).assert_code(1);
    let message = "content/shared:1:1: error[unreadable-source] this is a submodule, whose files are not in the commit";
    assert_eq!(run.out.matches("unreadable-source").count(), 1, "{}", run.out);
    run.assert_stdout(&[message]);
    repository.run(&["check", "--format", "concise"]).assert_stdout(&["content/shared/sms/content/part.md"]);
    // A checkout without submodules leaves their folders empty. Folders that are not read do not matter.
    repository.git(&["submodule", "deinit", "-q", "-f", "--all"]);
    let run = repository.run(&["check", "--format", "concise"]).assert_code(1);
    let message = "content/shared:1:1: error[unreadable-source] the files of this submodule were not fetched";
    assert_eq!(run.out.matches("unreadable-source").count(), 1, "{}", run.out);
    run.assert_stdout(&[message]);
}

#[test]
fn a_failure_to_open_is_reported_with_its_reason() {
    let repository = linear();
    for (at, reason) in [
        ("2025-01-01", "the repository begins on 2026-01-10"),
        ("nowhere", "revision `nowhere` not found"),
        ("--all", "revision `--all` not found"),
    ] {
        let at = format!("--at={at}");
        for command in ["check", "status"] {
            repository.run(&[command, &at]).assert_code(2).assert_stderr(&[reason]);
        }
    }
    repository.run(&["check", "--fix", "--at", "HEAD"]).assert_code(2).assert_stderr(&["cannot be used with"]);
    repository.write("clausebook.yaml", "title: [x\n");
    repository.commit("2026-05-10");
    repository.write("clausebook.yaml", "title: Small\nstandards: [iso20000-1]\n");
    repository
        .run(&["check", "--at", "HEAD"])
        .assert_code(2)
        .assert_stderr(&["the handbook of commit ", " cannot be read"]);
    repository.remove("clausebook.yaml");
    repository.commit("2026-06-10");
    repository.write("clausebook.yaml", "title: Small\nstandards: [iso20000-1]\n");
    repository
        .run(&["check", "--at", "HEAD"])
        .assert_code(2)
        .assert_stderr(&["this handbook's folder has no clausebook.yaml"]);
}

#[test]
fn files_are_named_by_the_paths_they_have() {
    let repository = linear();
    repository
        .run(&["check", "content/policy.md", "--at", "HEAD~1", "--format", "concise"])
        .assert_code(1)
        .assert_stderr(&["the handbook is that of commit"]);
    repository
        .run(&["check", "content/none.md", "--at", "HEAD~1"])
        .assert_code(2)
        .assert_stderr(&["is not a file of this handbook"]);
}

#[test]
fn a_pointer_of_a_large_file_store_stands_for_the_file_that_it_names() {
    let repository = linear();
    repository.write("clausebook.yaml", "title: Small\nstandards: [iso20000-1]\nas_of: 2026-11-22\n");
    let text = policy("3.0", DRAFT, "six") + "\n![The way](way.png)\n";
    repository.write("content/policy.md", &text);
    repository.write("content/way.png", "a picture");
    repository
        .run(&["approve", "POL-CHG-001", "--by", "Service Director", "--on", "2026-05-02", "--summary", "New"])
        .assert_code(0);
    let sum = "92b2fa58028958317e408bd84ecfa70f5ee35b121991dbc232c49d166353708b";
    let pointer = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{sum}\nsize 9\n");
    repository.write("content/way.png", &pointer);
    repository.commit("2026-05-02");
    // Without the file on this machine, nobody knows whether it is the picture that was approved.
    assert_eq!(state(&repository, &["--at", "HEAD"]), pair("changed", "2026-05-02"));
    repository.write("content/way.png", "a picture");
    assert_eq!(state(&repository, &["--at", "HEAD"]), pair("current", "2026-05-02"));
    repository.write("content/way.png", "a pictur3");
    assert_eq!(state(&repository, &["--at", "HEAD"]), pair("changed", "2026-05-02"));
}
