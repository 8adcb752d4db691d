//! Gates: when a check passes and fails.

use std::process::{Command, Stdio};

use assert_cmd::prelude::*;

use crate::support::{Handbook, run};

#[test]
fn a_handbook_without_findings_passes() {
    Handbook::clean().check(&[]).assert_code(0).assert_stdout(&[
        "0 errors, 0 warnings",
        "3 of 3 clauses covered (100.0%)",
        "passed",
    ]);
}

#[test]
fn errors_fail_and_lighter_findings_fail_only_when_asked_to() {
    let handbook = Handbook::clean();
    handbook.replace("content/policy.md", "approved: 2026-03-02", "approved: 2025-12-02");
    handbook.write("clausebook.yaml", &(handbook.read("clausebook.yaml") + "warning_days: 0\nreview: 11 months\n"));
    handbook.replace("content/policy.md", "review: 12 months\n", "review: 11 months\n");
    handbook.check(&[]).assert_code(0).assert_stdout(&["review-overdue", "stale-only"]);
    let run = handbook.check(&["--fail-on", "warning"]).assert_code(1);
    assert!(run.out.ends_with("failed: 3 errors or warnings\n"), "{}", run.out);
    handbook.write("clausebook.yaml", &(handbook.read("clausebook.yaml") + "gates: {fail_on: warning}\n"));
    handbook.check(&[]).assert_code(1);
    handbook.check(&["--fail-on", "error"]).assert_code(0);
}

#[test]
fn an_unmet_gate_is_reported_with_its_figure() {
    let handbook = Handbook::clean();
    handbook.replace("content/policy.md", r#", "8.3""#, "");
    handbook.write(
        "clausebook.yaml",
        &handbook.read("clausebook.yaml").replace("rules: {", "rules: {uncovered-clause: \"off\", "),
    );
    handbook
        .check(&["--min-coverage", "66"])
        .assert_code(0)
        .assert_stdout(&["coverage is 66.6% (2 of 3 clauses), at least the required 66%"]);
    let sentence = "failed: coverage is 66.6% (2 of 3 clauses), below the required 67%";
    handbook.check(&["--min-coverage", "67"]).assert_code(1).assert_stdout(&[sentence]);
    handbook.check(&["--min-coverage", "67", "--format", "json"]).assert_code(1).assert_stderr(&[sentence]);
    let sentence = "failed: 2 documents, fewer than the required 3";
    handbook.check(&["--min-documents", "3"]).assert_code(1).assert_stdout(&[sentence]);
    handbook.write("clausebook.yaml", &(handbook.read("clausebook.yaml") + "gates: {min_documents: 3}\n"));
    handbook.check(&[]).assert_code(1).assert_stdout(&[sentence]);
    handbook.check(&["--min-documents", "2"]).assert_code(0);
}

#[test]
fn a_check_that_checked_nothing_always_fails() {
    let handbook = Handbook::clean();
    let off = "rules: {uncovered-clause: \"off\", missing-document: \"off\", unreadable-source: \"off\"}\n";
    let waiver = "waivers: [{rule: nothing-checked, reason: x, who: y, until: 2027-01-01}]\n";
    let settings = handbook.read("clausebook.yaml");
    let settings = settings.split("rules:").next().unwrap();
    handbook.write("clausebook.yaml", &format!("{settings}{off}{waiver}"));
    std::fs::remove_dir_all(handbook.path("content")).unwrap();
    handbook
        .check(&[])
        .assert_code(1)
        .assert_stdout(&["nothing-checked", "there is no Markdown file in the folder `content`"]);
    std::fs::create_dir(handbook.path("content")).unwrap();
    handbook.check(&[]).assert_code(1).assert_stdout(&["nothing was checked"]);
    handbook.write("content/index.md", "---\ntype: page\n---\n\nOnly a page.\n");
    handbook.check(&[]).assert_code(1).assert_stdout(&["no file in the folder `content` is a document with an ID"]);
    let baseline = handbook.path("known.json");
    let arguments = ["--baseline", baseline.to_str().unwrap(), "--update-baseline"];
    handbook.check(&arguments).assert_code(1).assert_stdout(&["nothing-checked"]);
}

#[test]
fn a_command_that_cannot_run_exits_with_2_and_says_why() {
    let handbook = Handbook::clean();
    let elsewhere = tempfile::tempdir().unwrap();
    run(elsewhere.path(), &["check"])
        .assert_code(2)
        .assert_stderr(&["no clausebook.yaml found in this folder or any parent"]);
    std::fs::write(elsewhere.path().join("a.md"), "# A\n").expect("a file");
    run(elsewhere.path(), &["check", "--source", "a.md"])
        .assert_code(2)
        .assert_stderr(&["`a.md` is a file; name the folder"]);
    run(elsewhere.path(), &["check", "--source", "no"])
        .assert_code(2)
        .assert_stderr(&["`no` contains no clausebook.yaml"]);
    handbook.check(&["--format", "pdf"]).assert_code(2).assert_stderr(&["concise"]);
    handbook.check(&["--fail-on", "off"]).assert_code(2);
    handbook.check(&["--min-coverage", "101"]).assert_code(2);
    handbook.check(&["--update-baseline"]).assert_code(2).assert_stderr(&["--baseline"]);
    handbook
        .check(&["--output", "no/such/folder/x.txt"])
        .assert_code(2)
        .assert_stderr(&["`no/such/folder/x.txt` cannot be written"]);
    handbook.check(&["--output", "content"]).assert_code(2).assert_stderr(&["it is a folder"]);
    handbook.write("clausebook.yaml", "title: x\nstandrads: [mini]\n");
    handbook.check(&[]).assert_code(2).assert_stderr(&["clausebook.yaml:2:1", "did you mean `standards`?"]);
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let handbook = Handbook::clean();
    for at in 0..400 {
        handbook.write(&format!("content/bad/{at}.md"), "---\nid: X\nunknown: 1\n---\n\n[x](nowhere.md)\n");
    }
    let mut program = Command::cargo_bin("clausebook").unwrap();
    program
        .current_dir(handbook.root())
        .args(["check", "--limit", "2000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = program.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn thousands_of_findings_stay_readable() {
    let handbook = Handbook::clean();
    let links: String = (0..2000).map(|at| format!("[x](nowhere-{at}.md)\n")).collect();
    handbook.write("content/many.md", &format!("---\ntype: page\n---\n\n{links}"));
    let run = handbook
        .check(&[])
        .assert_code(1)
        .assert_stdout(&["1950 further findings not shown; `--limit 2000`", "2000  broken-link (error)"]);
    assert!(run.out.lines().count() < 50 * 10, "{} lines", run.out.lines().count());
    let summary = run.out.split("further findings").nth(1).unwrap();
    assert!(summary.lines().count() < 24, "{summary}");
    let run = handbook.check(&["--limit", "0"]).assert_code(1);
    assert!(run.out.lines().count() < 24, "{}", run.out);
}

#[test]
fn a_report_in_a_file_has_no_colours_and_the_verdict_is_still_printed() {
    let handbook = Handbook::fixture();
    let run = handbook.check(&["--output", "report.txt"]).assert_code(1).assert_stderr(&["failed: 3 "]);
    assert_eq!(run.out, "");
    let report = handbook.read("report.txt");
    assert!(report.contains("error[broken-link]") && !report.contains('\u{1b}'), "{report}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &str| std::fs::metadata(handbook.path(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("report.txt"), mode("clausebook.yaml"));
        std::fs::set_permissions(handbook.path("report.txt"), std::fs::Permissions::from_mode(0o640)).unwrap();
        handbook.check(&["--output", "report.txt"]).assert_code(1);
        assert_eq!(mode("report.txt"), 0o640);
    }
}

#[test]
fn the_handbook_is_found_from_a_folder_inside_it() {
    let handbook = Handbook::fixture();
    let from_subfolder = run(&handbook.path("content/incidents"), &["check", "--as-of", "2026-11-22"]).assert_code(1);
    assert_eq!(from_subfolder.out, handbook.check(&[]).out);
}
