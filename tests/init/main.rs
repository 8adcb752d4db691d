//! A new user's first hour with the program itself: `init`, `build`, and the next steps.

mod items;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

fn clausebook(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("clausebook").expect("the program");
    command.current_dir(folder).env("NO_COLOR", "1");
    command
}

/// Runs a command that must succeed, and returns its output.
fn run_ok(folder: &Path, arguments: &[&str]) -> String {
    let output = clausebook(folder).args(arguments).assert().success().get_output().stdout.clone();
    String::from_utf8(output).expect("text")
}

/// Runs a command that must fail, and returns its error output.
fn run_failing(folder: &Path, arguments: &[&str]) -> String {
    let output = clausebook(folder).args(arguments).assert().code(2).get_output().stderr.clone();
    String::from_utf8(output).expect("text")
}

fn build_and_assess(folder: &Path) -> Value {
    run_ok(folder, &["build", "--quiet", "--as-of", "2027-01-01"]);
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
    let output = run_ok(folder.path(), &["init", "handbook", "--name", "Fenwick IT"]);
    assert!(output.contains("draft documents") && output.contains("clausebook status"), "{output}");
    let assessment = build_and_assess(&folder.path().join("handbook"));
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
fn a_new_portal_says_no_more_than_it_knows() {
    let folder = tempfile::tempdir().expect("a folder");
    run_ok(folder.path(), &["init", "."]);
    build_and_assess(folder.path());
    let page = |name: &str| std::fs::read_to_string(folder.path().join("site").join(name)).expect("a page");
    let home = page("index.html");
    assert_eq!(home.matches("still a draft").count(), 3, "the next actions");
    assert!(!home.contains("awaiting approval") && !home.contains("next visit"));
    let calendar = page("calendar.html");
    assert_eq!(calendar.matches("Nothing is due.").count(), 1);
    assert!(!calendar.contains("class=\"months\""));
}

#[test]
fn the_gate_is_open_for_drafts_and_shut_for_broken_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    run_ok(folder.path(), &["init", "."]);
    let status = run_ok(folder.path(), &["status", "--as-of", "2027-01-01"]);
    assert!(status.contains("0 of 56") && status.contains("  3. "), "{status}");
    clausebook(folder.path()).arg("check").assert().code(0);
    let scope = folder.path().join("content/4-context/scope.md");
    let text = std::fs::read_to_string(&scope).expect("a document");
    std::fs::write(&scope, text + "\n[lost](nowhere.md)\n").expect("a document");
    clausebook(folder.path()).arg("check").assert().code(1);
}

#[test]
fn nothing_of_the_fictional_organization_is_left_but_its_examples() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "Fen | \"Moor\" & *Sons*: IT";
    run_ok(folder.path(), &["init", ".", "--name", name]);
    for (path, bytes) in files(folder.path()) {
        let text = String::from_utf8(bytes).expect("text");
        assert!(!text.to_lowercase().contains("gullwhistle"), "{path}");
        assert!(!text.contains("Left open on purpose"), "{path}");
        let Some(front) = text.strip_prefix("---\n").and_then(|rest| rest.split("\n---\n").next()) else { continue };
        let approval_keys = ["approved:", "effective:", "date:", "reviews:", "changes:"];
        assert!(!front.lines().any(|line| approval_keys.iter().any(|key| line.starts_with(key))), "{path}: {front}");
        if front.contains("\nid: ") || front.starts_with("id: ") {
            assert!(front.contains("\nstatus: draft"), "{path}");
            assert!(text.contains("---\n\n> [!NOTE]\n> **Draft.** "), "{path}");
        }
    }
    let assessment = build_and_assess(folder.path());
    assert!(errors(&assessment).is_empty(), "{:#?}", errors(&assessment));
    let home = std::fs::read_to_string(folder.path().join("site/index.html")).expect("a page");
    assert!(
        home.contains("Fen | &quot;Moor&quot; &amp; *Sons*: IT") || home.contains("Fen | \"Moor\" &amp; *Sons*: IT")
    );
}

#[test]
fn records_begin_without_anybodys_evidence() {
    let folder = tempfile::tempdir().expect("a folder");
    run_ok(folder.path(), &["init", "."]);
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
fn a_folder_with_content_is_rejected_and_left_unchanged() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join(".git")).expect("a repository");
    std::fs::write(folder.path().join("notes.txt"), "mine").expect("a file");
    let complaint = run_failing(folder.path(), &["init", "."]);
    assert!(complaint.contains("is not empty") && complaint.contains("notes.txt"), "{complaint}");
    assert_eq!(files(folder.path()).len(), 1);
    let complaint = run_failing(folder.path(), &["init", "notes.txt"]);
    assert!(complaint.contains("notes.txt"), "{complaint}");
    std::fs::remove_file(folder.path().join("notes.txt")).expect("removed");
    run_ok(folder.path(), &["init", "."]);
    let complaint = run_failing(folder.path(), &["init", "."]);
    assert!(complaint.contains("is a handbook already (it contains clausebook.yaml)"), "{complaint}");
}

#[test]
fn the_same_arguments_make_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["one", "other"] {
        run_ok(folder.path(), &["init", name, "--name", "Fenwick IT"]);
    }
    assert_eq!(files(&folder.path().join("one")), files(&folder.path().join("other")));
}

#[test]
fn a_blank_handbook_has_a_page_for_each_chapter_and_covers_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    for standard in ["iso20000-1", "iso9001", "iso27001"] {
        let handbook = folder.path().join(standard);
        run_ok(folder.path(), &["init", standard, "--blank", "--standard", standard]);
        let assessment = build_and_assess(&handbook);
        assert_eq!(assessment["totals"]["documents"], 0);
        assert_eq!(assessment["totals"]["units_covered"], 0);
        let empty = ["uncovered-clause", "nothing-checked"];
        let other = errors(&assessment).into_iter().filter(|f| !empty.iter().any(|rule| f["rule"] == *rule));
        assert_eq!(other.count(), 0, "{:#?}", errors(&assessment));
        assert!(files(&handbook.join("content")).len() > 6);
    }
    for chapter in ["8.6-resolution", "6-planning"] {
        assert!(folder.path().join(format!("iso20000-1/content/{chapter}/index.md")).is_file(), "{chapter}");
    }
}

#[test]
fn arguments_that_mean_nothing_are_refused_with_the_nearest_that_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let complaint = run_failing(folder.path(), &["init", "a", "--blank", "--standard", "iso2000-1"]);
    assert!(complaint.contains("did you mean `iso20000-1`?"), "{complaint}");
    let complaint = run_failing(folder.path(), &["init", "a", "--standard", "iso9001"]);
    assert!(complaint.contains("--blank"), "{complaint}");
    run_failing(folder.path(), &["init", "a", "--name", " "]);
    assert!(files(folder.path()).is_empty());
}

/// Findings more severe than a note, except those that only report missing text or approvals.
fn other_findings(assessment: &Value) -> Vec<&Value> {
    let expected = [
        "missing-document",
        "missing-record",
        "missing-key",
        "uncovered-clause",
        "draft-only",
        "partial-only",
        "empty-claim",
    ];
    let findings = assessment["findings"].as_array().expect("findings");
    let serious = findings.iter().filter(|finding| finding["severity"] != "note");
    serious.filter(|finding| !expected.iter().any(|rule| finding["rule"] == *rule)).collect()
}

#[test]
fn a_new_document_gets_the_next_id_of_its_area_and_the_folder_of_its_clause() {
    let folder = tempfile::tempdir().expect("a folder");
    run_ok(folder.path(), &["init", "."]);
    let arguments = ["new", "procedure", "Handling of spare: parts \"A\"", "--clause", "8.6.1"];
    let preview = run_ok(folder.path(), &[&arguments[..], &["--dry-run"]].concat());
    assert!(
        preview.starts_with("content/8.6-resolution/handling-of-spare-parts-a.md\n\n---\nid: PRO-INC-002\n"),
        "{preview}"
    );
    assert!(!folder.path().join("content/8.6-resolution/handling-of-spare-parts-a.md").exists());
    let created = run_ok(folder.path(), &arguments);
    assert!(created.contains("PRO-INC-002"), "{created}");
    let text = std::fs::read_to_string(folder.path().join("content/8.6-resolution/handling-of-spare-parts-a.md"))
        .expect("a file");
    for line in [
        "title: \"Handling of spare: parts \\\"A\\\"\"",
        "status: draft",
        "clauses: [\"8.6.1\"]",
        "owner: \"Incident Manager\"",
        "## Steps",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let assessment = build_and_assess(folder.path());
    let documents = assessment["documents"].as_array().expect("documents");
    assert!(documents.iter().any(|document| document["id"] == "PRO-INC-002" && document["state"] == "draft"));
    // An outline claims a clause but is empty, which is its only error until somebody writes it.
    let rules: Vec<&Value> = errors(&assessment).iter().map(|finding| &finding["rule"]).collect();
    assert_eq!(rules, ["empty-claim"]);
    assert!(other_findings(&assessment).is_empty(), "{:#?}", other_findings(&assessment));
    let complaint = run_failing(folder.path(), &arguments);
    assert!(complaint.contains("already exists; nothing was changed"), "{complaint}");
    let again = std::fs::read_to_string(folder.path().join("content/8.6-resolution/handling-of-spare-parts-a.md"))
        .expect("a file");
    assert_eq!(again, text);
}

/// Every register of a folder, by path.
fn find_registers(folder: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder.join("content")).sort_by_file_name().into_iter();
    let paths = files.map(|file| file.expect("a file").into_path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect()
}

#[test]
fn each_kind_of_register_begins_empty_with_an_example_that_can_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    run_ok(folder.path(), &["init", "."]);
    let mut kinds = BTreeSet::new();
    for path in find_registers(folder.path()) {
        let text = std::fs::read_to_string(&path).expect("a register");
        assert!(text.starts_with("# ") && text.contains("An entry needs "), "{}: {text}", path.display());
        let lists: BTreeMap<String, Option<Value>> = serde_yaml::from_str(&text).expect("YAML");
        assert!(lists.values().all(Option::is_none), "{}: {text}", path.display());
        kinds.extend(lists.into_keys());
        let is_example = |line: &str| line.starts_with("# - ") || line.starts_with("#   ");
        let with_examples = text.lines().map(|line| if is_example(line) { &line[2..] } else { line });
        std::fs::write(&path, with_examples.collect::<Vec<_>>().join("\n") + "\n").expect("a register");
    }
    let expected = "acknowledgements audits competences improvements indicators issues locations management_reviews \
                  nonconformities objectives requirements risks services suppliers";
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>().join(" "), expected);
    let assessment = build_and_assess(folder.path());
    let findings = assessment["findings"].as_array().expect("findings");
    let unread: Vec<&Value> = findings
        .iter()
        .filter(|finding| finding["rule"] == "invalid-register" || finding["rule"] == "register-not-shown")
        .collect();
    assert!(unread.is_empty(), "{unread:#?}");
}

#[test]
fn every_type_makes_a_document_that_can_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    run_ok(folder.path(), &["init", ".", "--blank"]);
    let types = [
        "policy",
        "process",
        "procedure",
        "plan",
        "work-instruction",
        "guideline",
        "agreement",
        "catalogue",
        "register",
        "specification",
        "analysis",
        "report",
        "record",
        "template",
    ];
    for kind in types {
        run_ok(
            folder.path(),
            &["new", kind, &format!("Spare parts {kind}"), "--clause", "8.2.5", "--owner", "Store: keeper"],
        );
    }
    let assessment = build_and_assess(folder.path());
    assert_eq!(assessment["totals"]["documents"], types.len());
    assert!(other_findings(&assessment).is_empty(), "{:#?}", other_findings(&assessment));
    assert!(folder.path().join("content/8.2-portfolio/spare-parts-policy.md").is_file());
}

#[test]
fn misspelt_words_are_rejected_with_the_nearest_known_word() {
    let folder = tempfile::tempdir().expect("a folder");
    run_ok(folder.path(), &["init", "."]);
    for (arguments, hint) in [
        (&["new", "procedur", "x"][..], "did you mean `procedure`?"),
        (&["new", "policy", "x", "--clause", "8.6.11"], "the nearest are 8.6.1 to 8.6.3"),
        (&["new", "policy", "x", "--clause", "eight"], "`eight`"),
        (&["new", "policy", "x", "--provides", "change-managment-policy"], "did you mean `change-management-policy`?"),
        (&["new", "policy", "x", "--id", "PRC-INC-001"], "already in use"),
        (&["new", "policy", "x", "--id", "X"], "id_pattern"),
        (&["new", "policy", "x", "--folder", "../.."], "leads out"),
        (&["new", "policy", " "], "a title is"),
        (&["new", "page", "x"], "`page` is not a document type"),
        (&["new", "--missing", "sms-scop"], "did you mean `sms-scope`?"),
        (&["new", "--missing", "sms-scope"], "already provided by content/4-context/scope.md"),
        (&["new", "policy"], "TITLE"),
        (&["new"], "TYPE"),
    ] {
        let complaint = run_failing(folder.path(), arguments);
        assert!(complaint.contains(hint), "{arguments:?}: {complaint}");
    }
    assert!(
        run_failing(&std::env::temp_dir(), &["new", "policy", "x", "--source", "/nonexistent"])
            .contains("clausebook init")
    );
}

#[test]
fn a_handbooks_own_template_comes_first() {
    let folder = tempfile::tempdir().expect("a folder");
    run_ok(folder.path(), &["init", ".", "--blank"]);
    std::fs::create_dir(folder.path().join("templates")).expect("a folder");
    let template = "---\nid: {{id}}\ntitle: \"{{title}}\"\ntype: {{type}}\nversion: \"0.1\"\nstatus: draft\nowner: {{ owner }}\nclauses: [{{clauses}}]\nprovides: [{{provides}}]\n---\n\n# {{title}}\n\nBy {{owner}}.\n";
    std::fs::write(folder.path().join("templates/policy.md"), template).expect("a template");
    let arguments = ["new", "policy", "Say \"yes\"", "--provides", "change-management-policy", "--owner", "Role: one"];
    let preview = run_ok(folder.path(), &[&arguments[..], &["--clause", "8.5.1.1", "--dry-run"]].concat());
    assert!(preview.contains("title: \"Say \\\"yes\\\"\"\n") && preview.contains("\n# Say \"yes\"\n"), "{preview}");
    assert!(
        preview.contains("owner: \"Role: one\"\nclauses: [\"8.5.1.1\"]\nprovides: [\"change-management-policy\"]"),
        "{preview}"
    );
    std::fs::write(folder.path().join("templates/policy.md"), "{{ttle}}").expect("a template");
    let complaint = run_failing(folder.path(), &arguments);
    assert!(complaint.contains("templates/policy.md") && complaint.contains("{{ttle}}"), "{complaint}");
}
