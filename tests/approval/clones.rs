//! Incomplete clones are reported; worktrees and submodules count as complete.

use std::path::Path;
use std::process::Command;

use assert_cmd::prelude::*;

use crate::proving::{OTHER, PROVED, ROOT, SAME, findings, git, is, linear};
use crate::support::{DAY, Handbook, run};

#[test]
fn a_partial_clone_names_the_text_that_it_lacks() {
    let origin = linear();
    git(origin.root(), (DAY, DAY), &["config", "uploadpack.allowFilter", "true"]);
    let clone = Handbook::empty();
    let url = format!("file://{}", origin.root().display());
    git(clone.root(), (DAY, DAY), &["clone", "-q", "--filter=blob:none", &url, "."]);
    let lacks = "the clone lacks a text of 2026-03-01, as a partial clone does: fetch it";
    is(&clone, &[], [("content/a.md", lacks), ("content/b.md", lacks), ("content/c.md", ROOT)]);
    // Reading the blobs fetches them; with them, the clone proves the same as the origin.
    for text in ["HEAD~1:content/a.md", "HEAD~1:content/b.md", "HEAD~2:content/a.md", "HEAD~2:content/b.md"] {
        git(clone.root(), (DAY, DAY), &["cat-file", "blob", text]);
    }
    is(&clone, &["content/a.md"], PROVED);
}

#[test]
fn a_linked_worktree_proves_what_the_repository_proves() {
    let origin = linear();
    let worktree = Handbook::empty();
    let folder = worktree.root().display().to_string();
    git(origin.root(), (DAY, DAY), &["worktree", "add", "-q", "--force", "-b", "other", &folder]);
    assert!(worktree.path(".git").is_file());
    is(&worktree, &["content/a.md"], PROVED);
    worktree.replace("content/b.md", "four hours", "nine hours");
    let helps = [("content/a.md", OTHER), ("content/b.md", OTHER), ("content/c.md", ROOT)];
    is(&worktree, &["content/a.md", "content/b.md"], helps);
    is(&origin, &["content/a.md"], [("content/a.md", OTHER), ("content/b.md", SAME), ("content/c.md", ROOT)]);
}

#[test]
fn a_submodule_is_asked_and_not_the_repository_around_it() {
    let (origin, outer) = (linear(), Handbook::empty());
    git(outer.root(), (DAY, DAY), &["init", "-q"]);
    let url = format!("file://{}", origin.root().display());
    git(outer.root(), (DAY, DAY), &["submodule", "add", "-q", &url, "sms"]);
    git(outer.root(), ("2026-06-01", "2026-06-01"), &["commit", "-q", "-m", "x"]);
    assert!(outer.path("sms/.git").is_file());
    let run = run(&outer.path("sms"), &["check", "--as-of", DAY]).ends(1);
    assert_eq!(run.out.matches("error[edited-since-approval]").count(), 1, "{}", run.out);
    run.says(&["since the commit of 2026-03-10 that approved it", SAME, ROOT]);
}

#[test]
#[cfg(unix)]
fn a_repository_of_another_owner_is_refused_by_git_and_said_to_be() {
    let handbook = linear();
    if !is_given_away(handbook.root()) {
        eprintln!("skipped: only the superuser can give a folder to another owner");
        return;
    }
    let found = findings(&handbook);
    assert!(!found.is_empty() && found.iter().all(|(one, _)| one.starts_with("unbound-approval")), "{found:?}");
    for (_, help) in &found {
        assert!(help.contains("dubious ownership"), "{help}");
    }
    // A user who trusts the repository gets the result.
    let mut command = Command::cargo_bin("clausebook").unwrap();
    command.env("GIT_CONFIG_COUNT", "1").env("GIT_CONFIG_KEY_0", "safe.directory").env("GIT_CONFIG_VALUE_0", "*");
    let output = command.current_dir(handbook.root()).args(["check", "--as-of", DAY]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("error[edited-since-approval]"), "{said}");
}

/// Changes the owner of a repository to an unknown user; returns whether that succeeded.
#[cfg(unix)]
fn is_given_away(root: &Path) -> bool {
    [root, &root.join(".git")].iter().all(|path| std::os::unix::fs::chown(path, Some(4242), Some(4242)).is_ok())
}
