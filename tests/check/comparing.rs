//! Comparison with another revision of the repository.

use std::fs;
use std::process::Command;

use crate::support::{DAY, Handbook, commit, run};

#[test]
fn a_clause_that_got_worse_is_a_finding_and_every_change_is_reported() {
    let handbook = Handbook::clean();
    handbook.commit();
    handbook.replace("content/policy.md", r#""8.2", "8.3""#, r#""8.3""#);
    handbook.replace("content/policy.md", "Every major", "[New](new.md). Every major");
    handbook.replace("content/incidents/procedure.md", "status: approved", "status: draft");
    handbook.check(&["--base", "HEAD"]).assert_code(1).assert_stdout(&[
        "error[coverage-drop]: clause 8.1 Incidents was covered at HEAD and is now draft",
        "error[coverage-drop]: clause 8.2 Problems was covered at HEAD and is now missing",
        "content/incidents/procedure.md:11:",
        "Clauses lost: 2",
        "Documented information lost: 1",
        "Incident procedure: provided → draft",
    ]);
    handbook.commit();
    handbook.check(&["--base", "HEAD~1"]).assert_code(1).assert_stdout(&["coverage-drop"]);
    handbook.check(&["--base", "HEAD"]).assert_code(1).assert_not_in_stdout(&["coverage-drop"]);
}

#[test]
fn gains_are_reported_and_fail_nothing() {
    let handbook = Handbook::fixture();
    handbook.commit();
    let better = Handbook::clean();
    for path in ["content/policy.md", "content/incidents/procedure.md", "clausebook.yaml"] {
        handbook.write(path, &better.read(path));
    }
    handbook.check(&["--base", "HEAD"]).assert_code(0).assert_stdout(&[
        "Clauses gained: 2",
        "clause 8.2 Problems: stale → covered",
        "clause 8.3 Changes: missing → covered",
        "Findings fixed: 5",
        // An edit of the same version and approval.
        "[edited-since-approval]: the text has changed since the commit of 2026-11-22",
        "1 finding new",
    ]);
    let markdown = handbook.check(&["--base", "HEAD", "--format", "markdown"]).assert_code(0);
    markdown.assert_stdout(&[
        "| clauses covered | 1 of 3 (33.3%) | 3 of 3 (100.0%) |",
        "### Gained",
        "Compared with `HEAD`: 1 new finding, 5 fixed.",
    ]);
}

#[test]
fn an_excluded_clause_is_neither_lost_nor_gained() {
    let handbook = Handbook::clean();
    handbook.replace(
        "standards/mini.yaml",
        "title: Mini standard\n",
        "title: Mini standard\nexclusions_allowed: true\n",
    );
    handbook.replace(
        "standards/mini.yaml",
        "        basis: required\n",
        "        basis: required\n        conditional: true\n",
    );
    handbook.commit();
    handbook.replace("content/policy.md", r#""8.2", "8.3""#, r#""8.2""#);
    handbook.replace("content/incidents/procedure.md", "provides: [incident-procedure]\n", "");
    let settings = handbook.read("clausebook.yaml");
    let excluded = "excluded:\n- {clause: '8.3', reason: Nothing is ever changed here}\n";
    let not_needed = "not_needed:\n- {item: incident-procedure, reason: No incident has ever been reported}\n";
    handbook.write("clausebook.yaml", &format!("{settings}{excluded}{not_needed}"));
    let run = handbook.check(&["--base", "HEAD"]);
    run.assert_stdout(&[
        "Clauses excluded: 1",
        "clause 8.3 Changes: covered → not-applicable",
        "Documented information excluded: 1",
        "Incident procedure: provided → not-needed",
    ])
    .assert_not_in_stdout(&["gained", "lost: "]);
    handbook
        .check(&["--base", "HEAD", "--format", "markdown"])
        .assert_stdout(&["### Excluded"])
        .assert_not_in_stdout(&["### Gained"]);
    // A requirement that applies again counts as gained if it is met, and as lost if not.
    handbook.commit();
    handbook.write("clausebook.yaml", &settings);
    handbook
        .check(&["--base", "HEAD"])
        .assert_code(1)
        .assert_stdout(&["clause 8.3 Changes was not-applicable at HEAD and is now missing"]);
    handbook.replace("content/policy.md", r#""8.2""#, r#""8.2", "8.3""#);
    handbook
        .check(&["--base", "HEAD"])
        .assert_stdout(&["Clauses gained: 1"])
        .assert_not_in_stdout(&["coverage-drop", "Clauses lost"]);
}

#[test]
fn a_handbook_in_a_folder_of_its_repository_is_compared_with_that_folder() {
    let repository = tempfile::tempdir().unwrap();
    let handbook = Handbook::clean();
    // A name that git would treat as a pattern.
    let folder = repository.path().join("docs [sms] *");
    copy(handbook.root(), &folder);
    fs::write(repository.path().join("clausebook.yaml"), "title: [another").unwrap();
    commit(repository.path(), DAY);
    let policy = folder.join("content/policy.md");
    fs::write(&policy, fs::read_to_string(&policy).unwrap().replace(r#""8.2", "8.3""#, r#""8.3""#)).unwrap();
    let before = status(repository.path());
    run(&folder, &["check", "--as-of", "2026-11-22", "--base", "HEAD"])
        .assert_code(1)
        .assert_stdout(&["clause 8.2 Problems was covered"]);
    assert_eq!(status(repository.path()), before, "the checkout was touched");
}

#[test]
fn an_equal_base_is_compared_as_any_other_and_git_is_not_believed_about_changes() {
    let handbook = Handbook::clean();
    handbook.replace("content/policy.md", "Every major", "[New](new.md). Every major");
    handbook.commit();
    let report = || handbook.check(&["--base", "HEAD", "--format", "json"]).out;
    let equal = report();
    assert!(equal.contains("broken-link") && equal.contains("\"comparison\""), "{equal}");
    // With a folder that git does not track, both are read separately.
    fs::create_dir(handbook.path("content/empty")).unwrap();
    assert_eq!(report(), equal);
    fs::remove_dir(handbook.path("content/empty")).unwrap();
    let status = Command::new("git")
        .current_dir(handbook.root())
        .args(["update-index", "--assume-unchanged", "content/policy.md"])
        .status()
        .unwrap();
    assert!(status.success());
    handbook.replace("content/policy.md", r#""8.2", "8.3""#, r#""8.3""#);
    handbook.check(&["--base", "HEAD"]).assert_code(1).assert_stdout(&["clause 8.2 Problems was covered at HEAD"]);
    handbook.replace("content/policy.md", r#""8.3""#, r#""8.2", "8.3""#);
    handbook.write("content/new.md", "---\ntype: page\ntitle: New\n---\n\n# New\n\nIt says something.\n");
    handbook.check(&["--base", "HEAD"]).assert_stdout(&["Findings fixed: 1"]);
}

/// A clean handbook for which git is queried, with a commit that approves its policy.
fn unbound_handbook() -> Handbook {
    let handbook = Handbook::clean();
    handbook.replace("clausebook.yaml", "rules: {unbound-approval: off}\n", "");
    let policy = handbook.read("content/policy.md");
    handbook.replace("content/policy.md", "status: approved", "status: draft");
    handbook.commit_on("2026-03-01");
    handbook.write("content/policy.md", &policy);
    handbook.commit_on("2026-03-02");
    handbook
}

#[test]
fn approvals_checked_with_git_are_compared_with_the_base() {
    let handbook = unbound_handbook();
    let compare = |base: &str| handbook.check(&["--base", base, "--format", "markdown"]).assert_code(0);
    let unchanged = |base: &str| format!("Compared with `{base}`: 0 new findings, 0 fixed.");
    compare("HEAD").assert_stdout(&["2 notes", &unchanged("HEAD")]);
    // With a folder that git does not track, both are read separately.
    fs::create_dir(handbook.path("content/empty")).unwrap();
    compare("HEAD").assert_stdout(&["2 notes", &unchanged("HEAD")]);
    fs::remove_dir(handbook.path("content/empty")).unwrap();
    handbook.replace("content/index.md", "title: ", "title: The ");
    compare("HEAD").assert_stdout(&["2 notes", &unchanged("HEAD")]);
    handbook.commit();
    compare("HEAD~1").assert_stdout(&["2 notes", &unchanged("HEAD~1")]);
    // Another commit has the same files, and git's evidence for that commit counts.
    handbook.replace("content/index.md", "title: The ", "title: ");
    handbook.commit();
    compare("HEAD~2").assert_stdout(&["2 notes", &unchanged("HEAD~2")]);
}

#[test]
fn a_text_that_is_edited_after_its_approval_is_a_new_finding_until_it_is_in_the_base() {
    let handbook = unbound_handbook();
    handbook.replace("content/policy.md", "Every major", "Nearly every major");
    let compare = || handbook.check(&["--base", "HEAD", "--format", "markdown"]);
    compare().assert_stdout(&["edited-since-approval", ": 1 new finding, 0 fixed."]);
    handbook.commit();
    compare().assert_stdout(&["edited-since-approval", ": 0 new findings, 0 fixed."]);
    handbook.replace("content/index.md", "title: ", "title: The ");
    compare().assert_stdout(&["edited-since-approval", ": 0 new findings, 0 fixed."]);
}

#[test]
fn a_base_with_few_changed_texts_is_judged_like_a_copied_one() {
    let handbook = unbound_handbook();
    let edits = [
        ("content/policy.md", "Every major", "[New](new.md). Every major"),
        ("content/policy.md", "id: POL-PRB-001", "id: POL-PRB-002"),
        ("content/policy.md", "---\n\n# ", "-- -\n\n# "),
        ("content/incidents/procedure.md", "status: approved", "status: draft"),
        ("content/index.md", "type: page", "type: policy"),
    ];
    let report = |base: &str| handbook.check(&["--base", base, "--format", "json"]).out;
    for (path, from, to) in edits {
        let before = handbook.read(path);
        handbook.replace(path, from, to);
        let compared = report("HEAD");
        // With a folder that git does not track, the base is copied from the repository.
        fs::create_dir(handbook.path("content/empty")).unwrap();
        assert_eq!(report("HEAD"), compared, "{path}: {to}");
        fs::remove_dir(handbook.path("content/empty")).unwrap();
        // The other way round: the base is worse.
        handbook.commit();
        handbook.write(path, &before);
        let compared = report("HEAD");
        fs::create_dir(handbook.path("content/empty")).unwrap();
        assert_eq!(report("HEAD"), compared, "{path}: {to}");
        fs::remove_dir(handbook.path("content/empty")).unwrap();
        handbook.commit();
    }
}

#[test]
fn a_text_of_the_base_that_cannot_be_read_is_a_finding_of_the_base() {
    let handbook = Handbook::clean();
    let text = handbook.read("content/policy.md");
    fs::write(handbook.path("content/policy.md"), [text.as_bytes(), b"\xff\n"].concat()).unwrap();
    handbook.commit();
    handbook.write("content/policy.md", &text);
    let data: serde_json::Value =
        serde_json::from_str(&handbook.check(&["--base", "HEAD", "--format", "json"]).out).unwrap();
    let gone_findings = data["comparison"]["gone_findings"].to_string();
    assert!(gone_findings.contains("unreadable-source"), "{gone_findings}");
}

#[test]
fn an_edition_is_compared_with_the_same_edition_of_the_base() {
    let handbook = Handbook::clean();
    let settings = handbook.read("clausebook.yaml");
    handbook.write("clausebook.yaml", &format!("{settings}editions: {{customers: {{up_to: public}}}}\n"));
    handbook.replace("content/policy.md", "clauses: ", "classification: confidential\nclauses: ");
    handbook.replace("content/policy.md", "Every major", "[New](new.md). Every major");
    handbook.replace("content/incidents/procedure.md", "clauses: ", "classification: public\nclauses: ");
    handbook.write("content/index.md", &(handbook.read("content/index.md") + "\n[Policy](policy.md)\n"));
    handbook.commit();
    let compare = || handbook.check(&["--edition", "customers", "--base", "HEAD", "--format", "json"]).out;
    let equal = compare();
    handbook.replace("content/index.md", "title: ", "title: The ");
    let other = compare();
    for report in [equal, other] {
        let data: serde_json::Value = serde_json::from_str(&report).unwrap();
        assert_eq!(data["comparison"]["gone_findings"], serde_json::json!([]), "{report}");
        assert_eq!(data["comparison"]["new_findings"], serde_json::json!(0), "{report}");
        assert!(data["findings"].to_string().contains("link-to-withheld"), "{report}");
    }
}

#[test]
fn a_removed_document_is_missed_in_nested_folders() {
    let handbook = Handbook::clean();
    let settings = handbook.read("clausebook.yaml");
    handbook.write("clausebook.yaml", &format!("{settings}includes: [content/parts]\n"));
    handbook.write("content/parts/part.md", "A sentence.\n");
    handbook.commit();
    fs::remove_file(handbook.path("content/policy.md")).unwrap();
    handbook
        .check(&["--base", "HEAD"])
        .assert_code(1)
        .assert_stdout(&["error[lost-id]: POL-PRB-001 was the ID of `content/policy.md`"]);
}

#[cfg(unix)]
#[test]
fn links_of_another_revision_are_not_followed_outside() {
    let handbook = Handbook::clean();
    let secret = tempfile::tempdir().unwrap();
    fs::write(secret.path().join("secret.md"), "---\nid: SECRET\ntype: policy\n---\n\nSecret.\n").unwrap();
    std::os::unix::fs::symlink(secret.path().join("secret.md"), handbook.path("content/link.md")).unwrap();
    std::os::unix::fs::symlink("../content/policy.md", handbook.path("content/inside.md")).unwrap();
    handbook.commit();
    fs::remove_file(handbook.path("content/link.md")).unwrap();
    fs::remove_file(handbook.path("content/inside.md")).unwrap();
    let run = handbook.check(&["--base", "HEAD", "--format", "json"]).assert_code(0);
    let data: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let gone_findings = data["comparison"]["gone_findings"].to_string();
    assert!(gone_findings.contains("duplicate-id"), "the link inside was followed: {gone_findings}");
    assert!(!gone_findings.contains("SECRET") && !gone_findings.contains("secret"), "{gone_findings}");
}

#[test]
fn a_failed_comparison_is_explained() {
    let handbook = Handbook::clean();
    handbook
        .check(&["--base", "HEAD"])
        .assert_code(2)
        .assert_stderr(&["--base needs the handbook to be in a Git repository (`git init`)"]);
    handbook.commit();
    for revision in ["no-such-branch", "--all", "-x", "", "HEAD:content"] {
        let argument = format!("--base={revision}");
        let run = handbook.check(&[&argument]).assert_code(2);
        assert!(run.error.contains("not found; in a shallow clone"), "{revision}: {}", run.error);
        assert_eq!(run.error.lines().count(), 1, "{}", run.error);
    }
    let inner = handbook.path("inner");
    copy(Handbook::clean().root(), &inner);
    run(&inner, &["check", "--base", "HEAD"])
        .assert_code(2)
        .assert_stderr(&["this handbook's folder has no clausebook.yaml at `HEAD`"]);
    fs::remove_dir_all(&inner).unwrap();
    let settings = handbook.read("clausebook.yaml");
    handbook.write("clausebook.yaml", "title: [x\n");
    handbook.commit();
    handbook.write("clausebook.yaml", &settings);
    handbook.check(&["--base", "HEAD"]).assert_code(2).assert_stderr(&["the handbook at `HEAD` cannot be assessed"]);
}

#[test]
fn a_hook_of_git_can_compare() {
    let repository = tempfile::tempdir().unwrap();
    copy(Handbook::clean().root(), &repository.path().join("sms"));
    commit(repository.path(), DAY);
    let output = Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .current_dir(repository.path())
        .env("GIT_DIR", ".git")
        .env("GIT_INDEX_FILE", ".git/index")
        .args(["check", "--as-of", "2026-11-22", "--source", "sms", "--base", "HEAD"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn without_git_the_sentence_says_so() {
    let handbook = Handbook::clean();
    let output = Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .current_dir(handbook.root())
        .env("PATH", "")
        .args(["check", "--base", "HEAD"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("--base needs git, which could not be run"), "{stderr}");
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file())
    {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(entry.path(), target).unwrap();
    }
}

fn status(repository: &std::path::Path) -> (String, String) {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").current_dir(repository).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    (git(&["status", "--porcelain"]), git(&["rev-parse", "HEAD"]))
}
