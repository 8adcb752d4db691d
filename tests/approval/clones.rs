//! Messages for incomplete clones; work trees and submodules are complete.

use std::path::Path;
use std::process::Command;

use assert_cmd::prelude::*;

use crate::proving::{FIRST_VERSION, OTHER_TEXT, PROVED_HELPS, SAME_TEXT, assert_findings, findings, git, linear};
use crate::support::{DAY, Handbook, run};

#[test]
fn a_partial_clone_names_the_text_that_it_lacks() {
    let origin = linear();
    git(origin.root(), (DAY, DAY), &["config", "uploadpack.allowFilter", "true"]);
    let clone = Handbook::empty();
    let url = format!("file://{}", origin.root().display());
    git(clone.root(), (DAY, DAY), &["clone", "-q", "--filter=blob:none", &url, "."]);
    let missing_text = "the clone lacks a text of 2026-03-01, as a partial clone does: fetch it";
    assert_findings(
        &clone,
        &[],
        [("content/a.md", missing_text), ("content/b.md", missing_text), ("content/c.md", FIRST_VERSION)],
    );
    // Once the texts have been fetched by reading them, it proves what the origin proves.
    for text in ["HEAD~1:content/a.md", "HEAD~1:content/b.md", "HEAD~2:content/a.md", "HEAD~2:content/b.md"] {
        git(clone.root(), (DAY, DAY), &["cat-file", "blob", text]);
    }
    assert_findings(&clone, &["content/a.md"], PROVED_HELPS);
}

#[test]
fn a_linked_worktree_proves_what_the_repository_proves() {
    let origin = linear();
    let worktree = Handbook::empty();
    let folder = worktree.root().display().to_string();
    git(origin.root(), (DAY, DAY), &["worktree", "add", "-q", "--force", "-b", "other", &folder]);
    assert!(worktree.path(".git").is_file());
    assert_findings(&worktree, &["content/a.md"], PROVED_HELPS);
    worktree.replace("content/b.md", "four hours", "nine hours");
    let helps = [("content/a.md", OTHER_TEXT), ("content/b.md", OTHER_TEXT), ("content/c.md", FIRST_VERSION)];
    assert_findings(&worktree, &["content/a.md", "content/b.md"], helps);
    assert_findings(
        &origin,
        &["content/a.md"],
        [("content/a.md", OTHER_TEXT), ("content/b.md", SAME_TEXT), ("content/c.md", FIRST_VERSION)],
    );
}

#[test]
fn a_submodule_is_asked_and_not_the_repository_around_it() {
    let (origin, outer) = (linear(), Handbook::empty());
    git(outer.root(), (DAY, DAY), &["init", "-q"]);
    let url = format!("file://{}", origin.root().display());
    git(outer.root(), (DAY, DAY), &["submodule", "add", "-q", &url, "sms"]);
    git(outer.root(), ("2026-06-01", "2026-06-01"), &["commit", "-q", "-m", "x"]);
    assert!(outer.path("sms/.git").is_file());
    let run = run(&outer.path("sms"), &["check", "--as-of", DAY]).assert_code(1);
    assert_eq!(run.out.matches("error[edited-since-approval]").count(), 1, "{}", run.out);
    run.assert_stdout(&["since the commit of 2026-03-10 that approved it", SAME_TEXT, FIRST_VERSION]);
}

#[test]
#[cfg(unix)]
fn a_repository_of_another_owner_is_refused_by_git_and_reported() {
    let handbook = linear();
    if !give_away(handbook.root()) {
        eprintln!("skipped: only the superuser can give a folder to another owner");
        return;
    }
    let findings_list = findings(&handbook);
    assert!(
        !findings_list.is_empty() && findings_list.iter().all(|(key, _)| key.starts_with("unbound-approval")),
        "{findings_list:?}"
    );
    for (_, help) in &findings_list {
        assert!(help.contains("dubious ownership"), "{help}");
    }
    // A user who trusts the repository gets its answer.
    let mut command = Command::cargo_bin("clausebook").unwrap();
    command.env("GIT_CONFIG_COUNT", "1").env("GIT_CONFIG_KEY_0", "safe.directory").env("GIT_CONFIG_VALUE_0", "*");
    let output = command.current_dir(handbook.root()).args(["check", "--as-of", DAY]).output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(stdout.contains("error[edited-since-approval]"), "{stdout}");
}

/// Gives a repository to another user. Returns whether this was possible.
#[cfg(unix)]
fn give_away(root: &Path) -> bool {
    [root, &root.join(".git")].iter().all(|path| std::os::unix::fs::chown(path, Some(4242), Some(4242)).is_ok())
}
