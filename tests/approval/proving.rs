//! Git's evidence for approvals without a digest, in repositories of every shape.
//!
//! Each repository has PRO-A, edited after its approval; PRO-B, unchanged since its approval; and PRO-C, approved in
//! the first commit, so that its text is not proved.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::binding::bind;
use crate::support::{DAY, Handbook, run};

/// Runs Git with the given author and committer dates.
pub(super) fn git(folder: &Path, (author, committer): (&str, &str), arguments: &[&str]) {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    let settings = ["-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main", "-c", "core.autocrlf=false"];
    let time = |day: &str| format!("{day}T12:00:00+0000");
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_AUTHOR_DATE", time(author)).env("GIT_COMMITTER_DATE", time(committer));
    let output = command.args(identity).args(settings).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

pub(super) fn commit(handbook: &Handbook, day: &str) {
    commit_as(handbook, (day, day));
}

fn commit_as(handbook: &Handbook, days: (&str, &str)) {
    git(handbook.root(), days, &["add", "-A"]);
    git(handbook.root(), days, &["commit", "-q", "--no-verify", "-m", "x"]);
}

pub(super) fn path(name: &str) -> String {
    format!("content/{}.md", name.to_lowercase())
}

pub(super) fn write(handbook: &Handbook, name: &str, status: &str, text: &str) {
    let head = format!(
        "---\nid: PRO-{name}-001\ntitle: Text {name}\ntype: procedure\nversion: \"1.0\"\nowner: Desk Manager\napprover: Director\n"
    );
    handbook.write(&path(name), &format!("{head}{status}---\n\n{text}\n"));
}

const APPROVED: &str = "status: approved\napproved: 2026-03-09\n";

/// A repository with drafts of A and B, and with C, approved in the first commit.
pub(super) fn new_repository() -> Handbook {
    let handbook = Handbook::empty();
    handbook.write("clausebook.yaml", "title: Test\n");
    git(handbook.root(), (DAY, DAY), &["init", "-q"]);
    write(&handbook, "C", APPROVED, "We answer within four hours.");
    write(&handbook, "A", "status: draft\n", "We answer at some time.");
    write(&handbook, "B", "status: draft\n", "We answer at some time.");
    commit(&handbook, "2026-03-01");
    handbook
}

/// Approves A and B, in a commit on that day.
pub(super) fn approve(handbook: &Handbook) {
    for name in ["A", "B"] {
        write(handbook, name, APPROVED, "We answer within four hours, see [the other](c.md).");
    }
}

/// Changes a word in A, and the owner in both, which is not part of the text.
pub(super) fn edit(handbook: &Handbook) {
    handbook.replace(&path("A"), "four hours", "eight hours");
    for name in ["A", "B"] {
        handbook.replace(&path(name), "Desk Manager", "Service Manager");
    }
}

pub(super) fn linear() -> Handbook {
    let handbook = new_repository();
    approve(&handbook);
    commit(&handbook, "2026-03-10");
    edit(&handbook);
    commit(&handbook, "2026-04-01");
    handbook
}

/// The findings of the two rules, each as rule and file, with its help.
pub(super) fn findings(handbook: &Handbook) -> Vec<(String, String)> {
    let run = handbook.check(&["--format", "json"]);
    let data: Value = serde_json::from_str(&run.out).expect(&run.error);
    let all = data["findings"].as_array().unwrap().iter();
    let approval_findings = all
        .filter(|finding| ["unbound-approval", "edited-since-approval"].contains(&finding["rule"].as_str().unwrap()));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    approval_findings
        .map(|finding| (format!("{} {}", text(&finding["rule"]), text(&finding["file"])), text(&finding["help"])))
        .collect()
}

/// Asserts which documents are reported as edited, and that all are unbound, with these words in their help.
#[track_caller]
pub(super) fn assert_findings(handbook: &Handbook, edited: &[&str], helps: [(&str, &str); 3]) {
    let findings_list = findings(handbook);
    let files_with =
        |rule: &str| -> Vec<&str> { findings_list.iter().filter_map(|(key, _)| key.strip_prefix(rule)).collect() };
    assert_eq!(files_with("edited-since-approval "), edited, "{findings_list:?}");
    assert_eq!(files_with("unbound-approval ").len(), 3, "{findings_list:?}");
    for (file, words) in helps {
        let help =
            findings_list.iter().find(|(key, _)| *key == format!("unbound-approval {file}")).map(|(_, help)| help);
        assert!(help.is_some_and(|help| help.contains(words)), "{file}: {help:?} has no {words:?}");
    }
}

pub(super) const SAME_TEXT: &str = "git proves that it is this text: record it with `clausebook approve --bind";
pub(super) const OTHER_TEXT: &str = "git proves that it was another text";
pub(super) const FIRST_VERSION: &str = "the repository begins on 2026-03-01 with this version";
pub(super) const PROVED_HELPS: [(&str, &str); 3] =
    [("content/a.md", OTHER_TEXT), ("content/b.md", SAME_TEXT), ("content/c.md", FIRST_VERSION)];

#[test]
fn a_line_of_commits() {
    let handbook = linear();
    assert_findings(&handbook, &["content/a.md"], PROVED_HELPS);
    let run = handbook.check(&[]).assert_code(1);
    run.assert_stdout(&[
        "error[edited-since-approval]: the text has changed since the commit of 2026-03-10 that approved it",
        "- We answer within four hours",
        "+ We answer within eight hours",
    ]);
    // Uncommitted changes also count.
    handbook.replace(&path("B"), "four hours", "nine hours");
    assert_findings(
        &handbook,
        &["content/a.md", "content/b.md"],
        [("content/a.md", OTHER_TEXT), ("content/b.md", OTHER_TEXT), ("content/c.md", FIRST_VERSION)],
    );
}

#[test]
fn another_spelling_of_a_version_is_the_same_version() {
    for other in ["v1.0", "Version: 1.0", "1,0", "第1.0版", "１．０"] {
        let handbook = new_repository();
        approve(&handbook);
        commit(&handbook, "2026-03-10");
        handbook.replace(&path("A"), "version: \"1.0\"", &format!("version: \"{other}\""));
        edit(&handbook);
        commit(&handbook, "2026-04-01");
        assert_findings(&handbook, &["content/a.md"], PROVED_HELPS);
    }
}

#[test]
fn a_merge_and_a_squash_count_as_the_main_line_has_them() {
    for squash in [false, true] {
        let handbook = new_repository();
        git(handbook.root(), (DAY, DAY), &["checkout", "-q", "-b", "work"]);
        approve(&handbook);
        handbook.replace(&path("A"), "four hours", "nobody knows");
        commit(&handbook, "2026-03-02");
        handbook.replace(&path("A"), "nobody knows", "four hours");
        commit(&handbook, "2026-03-03");
        git(handbook.root(), (DAY, DAY), &["checkout", "-q", "main"]);
        if squash {
            git(handbook.root(), ("2026-03-10", "2026-03-10"), &["merge", "-q", "--squash", "work"]);
            commit(&handbook, "2026-03-10");
        } else {
            git(handbook.root(), ("2026-03-10", "2026-03-10"), &["merge", "-q", "--no-ff", "-m", "m", "work"]);
        }
        assert_findings(
            &handbook,
            &[],
            [("content/a.md", SAME_TEXT), ("content/b.md", SAME_TEXT), ("content/c.md", FIRST_VERSION)],
        );
        edit(&handbook);
        commit(&handbook, "2026-04-01");
        assert_findings(&handbook, &["content/a.md"], PROVED_HELPS);
    }
}

#[test]
fn files_that_moved_with_the_links_that_follow() {
    let handbook = linear();
    let text = handbook.read(&path("B")).replace("(c.md)", "(../other/c.md)");
    handbook.write("content/moved/b.md", &text);
    handbook.write("content/other/c.md", &handbook.read(&path("C")));
    handbook.replace(&path("A"), "(c.md)", "(other/c.md)");
    ["B", "C"].iter().for_each(|name| std::fs::remove_file(handbook.path(&path(name))).unwrap());
    commit(&handbook, "2026-05-01");
    let helps =
        [("content/a.md", OTHER_TEXT), ("content/moved/b.md", SAME_TEXT), ("content/other/c.md", FIRST_VERSION)];
    assert_findings(&handbook, &["content/a.md"], helps);
    // A link with another target makes the text different.
    handbook.replace("content/moved/b.md", "(../other/c.md)", "(../a.md)");
    let helps =
        [("content/a.md", OTHER_TEXT), ("content/moved/b.md", OTHER_TEXT), ("content/other/c.md", FIRST_VERSION)];
    assert_findings(&handbook, &["content/a.md", "content/moved/b.md"], helps);
}

#[test]
fn a_content_folder_that_moved() {
    let handbook = linear();
    std::fs::rename(handbook.path("content"), handbook.path("pages")).unwrap();
    handbook.write("clausebook.yaml", "title: Test\ncontent: pages\n");
    commit(&handbook, "2026-05-01");
    assert_findings(
        &handbook,
        &["pages/a.md"],
        [("pages/a.md", OTHER_TEXT), ("pages/b.md", SAME_TEXT), ("pages/c.md", FIRST_VERSION)],
    );
}

#[test]
fn a_handbook_that_moved_in_its_repository_proves_nothing_of_what_it_was_before() {
    let repository = linear();
    let folder = repository.path("docs/handbook");
    std::fs::create_dir_all(&folder).unwrap();
    for name in ["content", "clausebook.yaml"] {
        std::fs::rename(repository.path(name), folder.join(name)).unwrap();
    }
    commit(&repository, "2026-05-01");
    let checked = run(&folder, &["check", "--as-of", DAY]);
    let proof = "the handbook came to this folder on 2026-05-01 with this version";
    assert_eq!(checked.out.matches(proof).count(), 3, "{}", checked.out);
    let bound = run(&folder, &["approve", "--bind", "--all"]);
    for name in ["A", "B", "C"] {
        let text = repository.read(&format!("docs/handbook/{}", path(name)));
        assert!(!text.contains("digest"), "{}{}", bound.out, bound.error);
    }
}

#[test]
fn a_rebase_whose_committer_came_after_the_author() {
    let handbook = new_repository();
    approve(&handbook);
    commit_as(&handbook, ("2026-03-10", "2026-06-10"));
    edit(&handbook);
    commit_as(&handbook, ("2026-03-05", "2026-06-11"));
    assert_findings(&handbook, &["content/a.md"], PROVED_HELPS);
    handbook.check(&[]).assert_stdout(&["since the commit of 2026-06-10 that approved it"]);
}

#[test]
fn a_shallow_clone_is_called_shallow_and_proves_nothing() {
    let origin = linear();
    for (depth, edited) in [("1", false), ("3", true)] {
        let clone = Handbook::empty();
        let url = format!("file://{}", origin.root().display());
        git(clone.root(), (DAY, DAY), &["clone", "-q", "--depth", depth, &url, "."]);
        if edited {
            // There are only three commits.
            assert_findings(&clone, &["content/a.md"], PROVED_HELPS);
        } else {
            let shallow = "the clone is shallow and begins on 2026-04-01: fetch the whole history";
            assert_findings(&clone, &[], ["content/a.md", "content/b.md", "content/c.md"].map(|file| (file, shallow)));
        }
    }
    // A shallow clone that goes back exactly to the approval.
    let clone = Handbook::empty();
    let url = format!("file://{}", origin.root().display());
    git(clone.root(), (DAY, DAY), &["clone", "-q", "--depth", "2", &url, "."]);
    let shallow = "the clone is shallow and begins on 2026-03-10";
    assert_findings(&clone, &[], ["content/a.md", "content/b.md", "content/c.md"].map(|file| (file, shallow)));
}

#[test]
fn no_repository_a_detached_head_and_no_commit() {
    let handbook = linear();
    git(handbook.root(), (DAY, DAY), &["checkout", "-q", "--detach"]);
    assert_findings(&handbook, &["content/a.md"], PROVED_HELPS);
    std::fs::rename(handbook.path(".git"), handbook.path("elsewhere")).unwrap();
    let findings_list = findings(&handbook);
    let [(key, help)] = findings_list.as_slice() else { panic!("{findings_list:?}") };
    assert_eq!(key, "unbound-approval clausebook.yaml", "one note for all");
    assert!(help.contains("clausebook approve"), "{help}");
    std::fs::remove_dir_all(handbook.path("elsewhere")).unwrap();
    git(handbook.root(), (DAY, DAY), &["init", "-q"]);
    let findings_list = findings(&handbook);
    assert!(
        findings_list.iter().all(|(key, _)| key.starts_with("unbound-approval")) && findings_list.len() == 3,
        "{findings_list:?}"
    );
}

#[test]
fn a_file_that_was_deleted_and_came_back() {
    let handbook = linear();
    let text = handbook.read(&path("B"));
    std::fs::remove_file(handbook.path(&path("B"))).unwrap();
    commit(&handbook, "2026-05-01");
    handbook.write(&path("B"), &text);
    commit(&handbook, "2026-05-02");
    assert_findings(&handbook, &["content/a.md"], PROVED_HELPS);
    handbook.write(&path("B"), &text.replace("four hours", "five hours"));
    assert_findings(
        &handbook,
        &["content/a.md", "content/b.md"],
        [("content/a.md", OTHER_TEXT), ("content/b.md", OTHER_TEXT), ("content/c.md", FIRST_VERSION)],
    );
}

#[test]
fn line_ends_and_wrapping_alone_edit_nothing() {
    let handbook = linear();
    let text = handbook.read(&path("B"));
    for new in [text.replace('\n', "\r\n"), text.replace("within four", "within\nfour"), text.replace("c.md", "./c.md")]
    {
        handbook.write(&path("B"), &new);
        commit(&handbook, "2026-05-01");
        assert_findings(&handbook, &["content/a.md"], PROVED_HELPS);
    }
}

#[test]
fn an_attachment_that_was_replaced_is_an_edit() {
    let handbook = new_repository();
    handbook.write("content/form.csv", "what,when\n");
    approve(&handbook);
    for name in ["A", "B"] {
        handbook.replace(&path(name), "[the other](c.md)", "[the form](form.csv)");
    }
    commit(&handbook, "2026-03-10");
    assert_findings(
        &handbook,
        &[],
        [("content/a.md", SAME_TEXT), ("content/b.md", SAME_TEXT), ("content/c.md", FIRST_VERSION)],
    );
    handbook.write("content/form.csv", "what,when,who\n");
    commit(&handbook, "2026-04-01");
    let both = ["content/a.md", "content/b.md"];
    assert_findings(
        &handbook,
        &both,
        [("content/a.md", OTHER_TEXT), ("content/b.md", OTHER_TEXT), ("content/c.md", FIRST_VERSION)],
    );
    handbook.check(&[]).assert_stdout(&["the wording is unchanged; what changed is the file `content/form.csv`"]);
    bind(&handbook, &["--all"]).assert_code(1);
    assert!(!handbook.read(&path("A")).contains("digest"), "an attachment that nobody approved is not bound");
}

#[test]
fn a_file_that_documents_insert_is_part_of_the_text_that_was_approved() {
    let handbook = new_repository();
    handbook.write("clausebook.yaml", "title: Test\nincludes: [parts]\n");
    handbook.write("parts/hours.md", "From eight to six.\n");
    approve(&handbook);
    for name in ["A", "B"] {
        handbook.replace(&path(name), "[the other](c.md)", "the other.\n\n--8<-- \"hours.md\"\n");
    }
    commit(&handbook, "2026-03-10");
    handbook.write("parts/hours.md", "From eight\nto six.\n");
    commit(&handbook, "2026-03-20");
    assert_findings(
        &handbook,
        &[],
        [("content/a.md", SAME_TEXT), ("content/b.md", SAME_TEXT), ("content/c.md", FIRST_VERSION)],
    );
    handbook.write("parts/hours.md", "From nine to six.\n");
    commit(&handbook, "2026-04-01");
    let both = ["content/a.md", "content/b.md"];
    assert_findings(
        &handbook,
        &both,
        [("content/a.md", OTHER_TEXT), ("content/b.md", OTHER_TEXT), ("content/c.md", FIRST_VERSION)],
    );
    handbook
        .check(&[])
        .assert_code(1)
        .assert_stdout(&["its own text is unchanged; the text of inserted files is not compared"]);
    run(handbook.root(), &["diff", "PRO-A-001", "2026-03-20"]).assert_code(0).assert_stdout(&[
        "No words changed in the document's own file.",
        "The text of files that the document inserts is not compared.",
    ]);
    bind(&handbook, &["--all"]).assert_code(1);
    assert!(!handbook.read(&path("A")).contains("digest"), "a text that nobody approved is not bound");
    handbook.write("parts/hours.md", "From eight to six.\n");
    bind(&handbook, &["PRO-A-001"]).assert_code(0);
    assert_eq!(crate::state(&handbook, "PRO-A-001"), "current");
    handbook.write("parts/hours.md", "From nine to six.\n");
    assert_eq!(crate::state(&handbook, "PRO-A-001"), "changed");
}
