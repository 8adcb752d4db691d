//! `clausebook review`: reviews bound to a text by its digest.

use crate::support::{DAY, Handbook, run};

const POLICY: &str = "content/policy.md";

fn state(handbook: &Handbook, id: &str) -> (String, String) {
    let data: serde_json::Value = serde_json::from_str(&handbook.check(&["--format", "json"]).out).unwrap();
    let documents = data["documents"].as_array().unwrap();
    let document = documents.iter().find(|document| document["id"] == id).unwrap();
    let text = |key: &str| document[key].as_str().unwrap().to_owned();
    (text("state"), text("next_review"))
}

#[test]
fn an_overdue_document_is_current_after_its_review_and_changed_when_a_number_changes() {
    let handbook = Handbook::fixture();
    assert_eq!(state(&handbook, "POL-PRB-001").0, "overdue");
    handbook.review(&["POL-PRB-001"]).assert_code(0).assert_stdout(&[
        "POL-PRB-001 Problem policy: reviewed on 2026-11-22 by Service lead; the next review is due on 2027-11-22",
    ]);
    assert_eq!(state(&handbook, "POL-PRB-001"), ("current".to_owned(), "2027-11-22".to_owned()));
    // Wrapping a line does not change any word.
    handbook.replace(POLICY, "has a problem behind it; ", "has a problem\nbehind it; ");
    assert_eq!(state(&handbook, "POL-PRB-001").0, "current");
    handbook.replace(POLICY, "Every major", "Every 2nd major");
    assert_eq!(state(&handbook, "POL-PRB-001").0, "changed");
    handbook.review(&[POLICY, "--note", "Looked at again"]).assert_code(2).assert_stderr(&[
        "the text of `content/policy.md` is not the one that was approved, and a review does not approve it; run \
         `clausebook approve` with a version higher than 1.0, or restore the approved text",
    ]);
    handbook.replace(POLICY, "Every 2nd major", "Every major");
    handbook.review(&[POLICY, "--note", "Looked at again"]).assert_code(0);
    assert_eq!(state(&handbook, "POL-PRB-001").0, "current");
    assert_eq!(handbook.read(POLICY).matches("- date: 2026-11-22").count(), 2);
    assert!(handbook.read(POLICY).contains("    note: Looked at again\n"));
}

#[test]
fn line_ends_a_byte_order_mark_comments_and_permissions_are_kept() {
    let handbook = Handbook::fixture();
    let text = handbook.read(POLICY).replace("version:", "# said by whom?\nversion:");
    let old = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    handbook.write(POLICY, &old);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(handbook.path(POLICY), std::fs::Permissions::from_mode(0o640)).unwrap();
    }
    handbook.review(&["POL-PRB-001"]).assert_code(0);
    let new = handbook.read(POLICY);
    let (head, rest) = new.split_once("reviews:\r\n").unwrap();
    let (added, tail) = rest.split_once("---\r\n").unwrap();
    assert_eq!(format!("{head}---\r\n{tail}"), old, "nothing else was touched");
    assert_eq!(added.matches("\r\n").count(), added.matches('\n').count());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(handbook.path(POLICY)).unwrap().permissions().mode() & 0o777, 0o640);
    }
    let left = std::fs::read_dir(handbook.path("content")).unwrap().count();
    assert_eq!(left, 3, "no temporary file is left");
}

#[test]
fn a_dry_run_shows_the_change_and_writes_nothing() {
    let handbook = Handbook::fixture();
    let before = handbook.read(POLICY);
    handbook.review(&["POL-PRB-001", "--dry-run"]).assert_code(0).assert_stdout(&[
        "--- a/content/policy.md\n+++ b/content/policy.md\n@@ -9,6 +9,11 @@\n",
        " clauses: [\"8.2\"]\n+reviews:\n+  - date: 2026-11-22\n+    by: Service lead\n+    version: \"1.0\"\n",
    ]);
    assert_eq!(handbook.read(POLICY), before);
}

#[test]
fn several_are_written_together_or_not_at_all() {
    let handbook = Handbook::fixture();
    let before = handbook.read(POLICY);
    handbook.review(&["POL-PRB-001", "PRO-INC-009", "content/index.md"]).assert_code(2).assert_stderr(&[
        "no document has the ID `PRO-INC-009`; did you mean `PRO-INC-001`?",
        "`content/index.md` is a page",
    ]);
    assert_eq!(handbook.read(POLICY), before);
    handbook.review(&["POL-PRB-001", "./content/policy.md", "PRO-INC-001"]).assert_code(0);
    assert_eq!(handbook.read(POLICY).matches("- date:").count(), 1, "named twice, reviewed once");
}

#[test]
fn a_path_counts_from_here_or_from_the_handbooks_folder() {
    let handbook = Handbook::fixture();
    let subfolder = handbook.path("content/incidents");
    let review = |document: &str| run(&subfolder, &["review", "--by", "Lead", "--on", DAY, document, "--dry-run"]);
    for document in ["procedure.md", "../policy.md", "content/policy.md", handbook.path(POLICY).to_str().unwrap()] {
        review(document).assert_code(0);
    }
    review("policy.md").assert_code(2);
}

#[test]
fn invalid_attestations_are_rejected_with_a_sentence() {
    let handbook = Handbook::fixture();
    let by = |role: &str, on: &str| run(handbook.root(), &["review", "POL-PRB-001", "--by", role, "--on", on]);
    by("Lead", "2126-01-01").assert_code(2).assert_stderr(&["2126-01-01 is in the future"]);
    by("Lead", "2025-01-01")
        .assert_code(2)
        .assert_stderr(&["was approved on 2025-03-02; a review on 2025-01-01 says nothing"]);
    by("  ", DAY).assert_code(2);
    by("a\nb", DAY).assert_code(2);
    handbook.replace(POLICY, "status: approved", "status: retired");
    handbook.review(&["POL-PRB-001"]).assert_code(2).assert_stderr(&["is retired"]);
    handbook.replace(POLICY, "status: retired", "status: aproved");
    handbook
        .review(&["POL-PRB-001"])
        .assert_code(2)
        .assert_stderr(&["`content/policy.md` has errors, which come first: content/policy.md:6:"]);
    handbook.replace(
        POLICY,
        "status: aproved",
        "status: approved\nreviews:\n  - on: 2025-04-01\n    note: |\n      # x",
    );
    handbook
        .review(&["POL-PRB-001"])
        .assert_code(2)
        .assert_stderr(&["written in a way that cannot be added to safely"]);
}

#[test]
fn a_review_that_would_not_count_is_refused() {
    let handbook = Handbook::fixture();
    let review = |by: &str| run(handbook.root(), &["review", "POL-PRB-001", "--on", DAY, "--by", by]);
    review("TBD").assert_code(2).assert_stderr(&["`TBD` names nobody; write the role"]);
    let settings = handbook.read("clausebook.yaml");
    handbook.write("clausebook.yaml", &format!("{settings}reviews: {{by: another}}\n"));
    let owner = handbook.read(POLICY).lines().find_map(|line| line.strip_prefix("owner: ").map(str::to_owned)).unwrap();
    let before = handbook.read(POLICY);
    review(&owner).assert_code(2).assert_stderr(&["with `reviews: {by: another}`, somebody else reviews it"]);
    assert_eq!(handbook.read(POLICY), before);
    let status = run(handbook.root(), &["status", "--as-of", DAY]);
    status.assert_stdout(&["clausebook review POL-PRB-001 --by \"Service management lead\""]);
    review("Somebody Else").assert_code(0);
    assert_eq!(state(&handbook, "POL-PRB-001").0, "current");
}

#[test]
fn the_same_review_is_recorded_once() {
    let handbook = Handbook::fixture();
    handbook.review(&["POL-PRB-001"]).assert_code(0);
    let text = handbook.read(POLICY);
    handbook
        .review(&["POL-PRB-001"])
        .assert_code(2)
        .assert_stderr(&["a review of 2026-11-22 by Service lead is already recorded"]);
    assert_eq!(handbook.read(POLICY), text);
}
