//! `diff`: the changed words.

use super::repository::{DRAFT, ID, Repository, approved, policy};
use super::shapes::linear;

#[test]
fn the_version_before_is_compared_with_the_text_of_today() {
    let repository = linear();
    let changes = "changes:\n- {version: \"3.0\", date: 2026-05-09, summary: Quicker.}\n- {version: \"2.0\", date: 2026-03-09, summary: New.}\nowner:";
    repository.write("content/policy.md", &policy("3.0", &approved("2026-05-09"), "two").replace("owner:", changes));
    let run = repository.run(&["diff", ID]).assert_code(0);
    let expected = [
        "POL-CHG-001 Change policy\n",
        "  old: version 2.0 (proved by git), commit ",
        " of 2026-03-10\n  new: `content/policy.md` as it is now\n",
        "\nFront matter\n  version: [-\"2.0\"-] {+\"3.0\"+}\n  approved: [-2026-03-09-] {+2026-05-09+}\n+ changes: - {version: \"3.0\"",
        "\nApproval\n  Every change is approved within [-three-] {+two+} days.\n",
    ];
    run.assert_stdout(&expected);
    let markdown = repository.run(&["diff", ID, "--format", "markdown"]).assert_code(0);
    markdown.assert_stdout(&[
        "## POL-CHG-001 Change policy\n",
        "### Front matter\n\n| Key | Old | New |\n|---|---|---|\n| version | \"2.0\" | \"3.0\" |\n| approved | 2026-03-09 | 2026-05-09 |\n",
        "\n### Approval\n\n\nEvery change is approved within ~~three~~ **two** days.\n",
    ]);
}

#[test]
fn days_versions_and_revisions_are_compared() {
    let repository = linear();
    repository.run(&["diff", ID, "2026-01-31", "2026-02-28"]).assert_code(0).assert_stdout(&[
        "old: on 2026-01-31, commit ",
        "new: on 2026-02-28, commit ",
        "within [-five-] {+four+} days.",
    ]);
    repository.run(&["diff", ID, "2.0", "HEAD"]).assert_code(0).assert_stdout(&["within [-three-] {+thirty+} days."]);
    repository.run(&["diff", ID, "HEAD~3", "HEAD~3"]).assert_code(0).assert_stdout(&["No words changed."]);
    repository.run(&["diff", ID]).assert_code(2).assert_stderr(&["`changes` of POL-CHG-001 names no earlier version"]);
    let first = policy("2.0", &approved("2026-03-09"), "six");
    let entry = "changes:\n- {version: \"2.0\", date: 2026-03-09, summary: First.}\nowner:";
    repository.write("content/policy.md", &first.replace("owner:", entry));
    repository
        .run(&["diff", ID])
        .assert_code(0)
        .assert_stdout(&["old: version 2.0 ", "within [-three-] {+six+} days."]);
    repository.run(&["diff", ID, "9.9"]).assert_code(2).assert_stderr(&["has no version `9.9`"]);
    repository.remove("content/policy.md");
    repository.run(&["diff", ID, "HEAD"]).assert_code(2).assert_stderr(&["no document has the ID `POL-CHG-001` now"]);
    repository.run(&["diff", ID, "HEAD~1", "HEAD"]).assert_code(0).assert_stdout(&["[-three-] {+thirty+}"]);
}

#[test]
fn line_ends_and_wrapping_are_ignored_and_a_changed_row_is_one_row() {
    let repository = Repository::new();
    let table = |hours: &str| format!("\n| Priority | Hours |\n|---|---|\n| P1 | {hours} |\n| P2 | 8 |\n");
    let text = policy("1.0", &approved("2026-01-05"), "five");
    repository.write("content/policy.md", &(text.clone() + &table("4")));
    repository.commit("2026-01-10");
    let wrapped = (text.clone() + &table("4")).replace("change is", "change\nis").replace('\n', "\r\n");
    repository.write("content/policy.md", &wrapped);
    repository.run(&["diff", ID, "HEAD"]).assert_code(0).assert_stdout(&["No words changed."]);
    repository.write("content/policy.md", &(text + &table("2 | <b>x</b>")));
    repository.run(&["diff", ID, "HEAD"]).assert_code(0).assert_stdout(&["  | P1 | [-4-] {+2 | <b>x</b>+} |\n"]);
    repository
        .run(&["diff", ID, "HEAD", "--format", "markdown"])
        .assert_code(0)
        .assert_stdout(&["\n| Priority | Hours |\n|---|---|\n| P1 | ~~4~~ **2** | **&lt;b>x&lt;/b>** |\n"]);
}

#[test]
fn output_contains_no_control_characters() {
    let repository = linear();
    let evil = "five\u{1b}]0;owned\u{7}";
    repository.write("content/policy.md", &policy("2.0", &approved("2026-03-09"), evil));
    let run = repository.run(&["diff", ID, "HEAD"]).assert_code(0);
    assert!(!run.out.contains('\u{1b}') && !run.out.contains('\u{7}'), "{:?}", run.out);
}

#[test]
fn an_attachment_that_was_replaced_is_named() {
    let repository = Repository::new();
    repository.write("clausebook.yaml", "title: Small\nstandards: [iso20000-1]\nas_of: 2026-11-22\n");
    let text = policy("1.0", DRAFT, "five");
    repository.write("content/policy.md", &(text + "\nSee [the form](form.csv) and [the list](list.csv).\n"));
    repository.write("content/form.csv", "what\n");
    repository.write("content/list.csv", "who\n");
    repository.commit("2026-01-10");
    repository
        .run(&["approve", ID, "--by", "Service Director", "--on", "2026-01-11", "--summary", "First"])
        .assert_code(0);
    repository.commit("2026-01-11");
    repository.write("content/form.csv", "what,when\n");
    repository
        .run(&["check", "--as-of", "2026-01-12"])
        .assert_code(1)
        .assert_stdout(&["the wording is unchanged; what changed is the file `content/form.csv`"]);
    let run = repository.run(&["diff", ID, "1.0"]).assert_code(0);
    let run = run.assert_stdout(&["No words changed.", "Changed attachments:\n\n- the file `content/form.csv`"]);
    assert!(!run.out.contains("list.csv"), "{}", run.out);
    repository.run(&["diff", ID, "HEAD~1", "HEAD"]).assert_code(0).assert_stdout(&["approved"]);
}
