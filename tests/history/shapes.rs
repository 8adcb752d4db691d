//! Repositories of every shape, each with the same policy.

use super::repository::{DRAFT, Repository, approved, policy};

/// A repository with the name of its shape.
pub struct Shape {
    pub name: &'static str,
    pub repository: Repository,
}

/// One approved version after another: 1.0 from the beginning, 2.0 first as a draft, edited after its approval.
pub fn linear() -> Repository {
    let repository = Repository::new();
    repository.write("content/policy.md", &policy("1.0", &approved("2026-01-05"), "five"));
    repository.commit("2026-01-10");
    repository.write("content/policy.md", &policy("2.0", DRAFT, "four"));
    repository.commit("2026-02-10");
    repository.write("content/policy.md", &policy("2.0", &approved("2026-03-09"), "three"));
    repository.commit("2026-03-10");
    repository.write("content/policy.md", &policy("2.0", &approved("2026-03-09"), "thirty"));
    repository.commit("2026-04-10");
    repository
}

/// Version 1.0 on the main branch, which is checked out, and version 2.0 on the branch `change`.
fn branched() -> Repository {
    let repository = Repository::new();
    repository.write("content/policy.md", &policy("1.0", &approved("2026-01-05"), "five"));
    repository.commit("2026-01-10");
    repository.git(&["checkout", "-q", "-b", "change"]);
    repository.write("content/policy.md", &policy("2.0", DRAFT, "four"));
    repository.commit("2026-02-10");
    repository.write("content/policy.md", &policy("2.0", &approved("2026-03-09"), "three"));
    repository.commit("2026-03-10");
    repository.git(&["checkout", "-q", "main"]);
    repository
}

/// Version 2.0 comes by a merge, with commits on the branch before and after the day of the merge.
fn merge() -> Repository {
    let repository = branched();
    repository.write("content/other.md", "---\ntype: page\n---\n\nOther.\n");
    repository.commit("2026-03-05");
    repository.git_on(&["merge", "-q", "--no-ff", "-m", "merge", "change"], "2026-03-20");
    repository
}

/// Version 2.0 comes by a squashed commit.
fn squash() -> Repository {
    let repository = branched();
    repository.git_on(&["merge", "-q", "--squash", "change"], "2026-03-20");
    repository.commit("2026-03-20");
    repository
}

/// The file is moved and changed in the same commit; later it is moved to another folder unchanged.
fn rename() -> Repository {
    let repository = linear();
    repository.remove("content/policy.md");
    repository.write("content/change/policy.md", &policy("3.0", &approved("2026-05-09"), "two"));
    repository.commit("2026-05-10");
    repository.git(&["mv", "sms/content/change", "sms/content/8.5 change"]);
    repository.commit("2026-06-10");
    repository
}

/// Rebased commits, whose committer dates are later than their author dates.
fn rebase() -> Repository {
    let repository = Repository::new();
    repository.write("content/policy.md", &policy("1.0", &approved("2026-01-05"), "five"));
    repository.commit_by("2026-01-10", "2026-01-12");
    repository.write("content/policy.md", &policy("2.0", &approved("2026-03-09"), "three"));
    repository.commit_by("2026-03-10", "2026-03-25");
    repository.write("content/policy.md", &policy("2.0", &approved("2026-03-09"), "thirty"));
    repository.commit_by("2026-03-11", "2026-03-25T23:30:00+0000");
    repository
}

/// A commit with a wrong clock: dates go back, then forward again.
fn back_in_time() -> Repository {
    let repository = linear();
    repository.write("content/policy.md", &policy("2.1", &approved("2026-03-11"), "six"));
    repository.commit("2026-02-20");
    repository.write("content/policy.md", &policy("2.2", &approved("2026-05-11"), "seven"));
    repository.commit("2026-05-20");
    repository
}

fn detached() -> Repository {
    let repository = linear();
    repository.git(&["checkout", "-q", "--detach", "HEAD~1"]);
    repository
}

fn deleted_and_back() -> Repository {
    let repository = linear();
    repository.remove("content/policy.md");
    repository.commit("2026-05-10");
    repository.write("content/policy.md", &policy("2.0", &approved("2026-03-09"), "three"));
    repository.commit("2026-06-10");
    repository
}

fn line_ends_only() -> Repository {
    let repository = linear();
    repository.write("content/policy.md", &policy("2.0", &approved("2026-03-09"), "three").replace('\n', "\r\n"));
    repository.commit("2026-05-10");
    repository
}

fn wrapping_only() -> Repository {
    let repository = linear();
    let wrapped = policy("2.0", &approved("2026-03-09"), "three").replace("change is", "change\nis");
    repository.write("content/policy.md", &wrapped);
    repository.commit("2026-05-10");
    repository
}

/// All shapes in which git has the full history.
pub fn all() -> Vec<Shape> {
    type Named = (&'static str, fn() -> Repository);
    let shapes: [Named; 12] = [
        ("linear", linear),
        ("merge", merge),
        ("squash", squash),
        ("rename", rename),
        ("rebase", rebase),
        ("back in time", back_in_time),
        ("shallow at 1", || linear().shallow_clone(1)),
        ("shallow at 3", || linear().shallow_clone(3)),
        ("detached", detached),
        ("deleted and back", deleted_and_back),
        ("line ends only", line_ends_only),
        ("wrapping only", wrapping_only),
    ];
    shapes.into_iter().map(|(name, make)| Shape { name, repository: make() }).collect()
}
