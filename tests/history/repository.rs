//! Repositories with a handbook, created by the tests with given days.

#[path = "../support/run.rs"]
mod run;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;
use tempfile::TempDir;

pub use run::Run;

/// A repository with a handbook in the folder `sms`.
pub struct Repository {
    folder: TempDir,
    /// The name of the repository's folder.
    name: &'static str,
}

impl Repository {
    /// An empty repository with a handbook that has settings but no documents.
    pub fn new() -> Repository {
        let repository = Repository { folder: tempfile::tempdir().expect("a folder"), name: "repository" };
        fs::create_dir_all(repository.root()).expect("a folder");
        repository.git(&["init", "-q", "-b", "main"]);
        repository.write("clausebook.yaml", "title: Small\nstandards: [iso20000-1]\n");
        repository
    }

    /// The repository's folder.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join(self.name)
    }

    /// A path in the handbook's folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join("sms").join(path)
    }

    /// Writes a file of the handbook.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    /// Removes a file of the handbook.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("a file");
    }

    /// Runs Git with a fixed date; it must succeed.
    pub fn git_on(&self, arguments: &[&str], day: &str) -> String {
        git_in(&self.root(), arguments, (day, day))
    }

    /// Runs git on a day that does not matter.
    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_on(arguments, "2026-01-01")
    }

    /// Commits everything on a day, at noon UTC.
    pub fn commit(&self, day: &str) {
        self.commit_by(day, day);
    }

    /// Commits everything with the author's and the committer's day. A day may be followed by a time and a zone.
    pub fn commit_by(&self, author: &str, committer: &str) {
        git_in(&self.root(), &["add", "-A"], (author, committer));
        git_in(&self.root(), &["commit", "-q", "--no-verify", "--allow-empty", "-m", "x"], (author, committer));
    }

    /// A shallow clone of the last commits.
    pub fn shallow_clone(&self, depth: usize) -> Repository {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("file://{}", self.root().display());
        git_in(
            folder.path(),
            &["clone", "-q", "--depth", &depth.to_string(), &url, "clone"],
            ("2026-01-01", "2026-01-01"),
        );
        Repository { folder, name: "clone" }
    }

    /// Deletes the object of a file at a revision, as if it were missing in a partial clone.
    pub fn delete_object(&self, object: &str) {
        let name = self.git(&["rev-parse", object]);
        fs::remove_file(self.root().join(".git/objects").join(&name[..2]).join(&name[2..])).expect("a loose object");
    }

    /// Runs the program in the handbook's folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::cargo_bin("clausebook").expect("the binary");
        command.env("XDG_CACHE_HOME", self.folder.path().join("cache"));
        Run::new(command.current_dir(self.path("")).args(arguments).output().expect("a run"))
    }
}

/// Runs Git in a folder with the given author and committer dates.
pub fn git_in(folder: &Path, arguments: &[&str], (author, committer): (&str, &str)) -> String {
    let full = |day: &str| if day.len() > 10 { day.to_owned() } else { format!("{day}T12:00:00+0000") };
    let identity = ["-c", "user.name=Ann Author", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false"];
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_AUTHOR_DATE", full(author)).env("GIT_COMMITTER_DATE", full(committer));
    command.env("TZ", "UTC").env("GIT_CONFIG_GLOBAL", "/dev/null");
    let output = command.args(identity).args(arguments).output().expect("git");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

/// The policy with a history.
pub const ID: &str = "POL-CHG-001";

/// A text of the policy with its version, its status, and the number of days that it allows.
pub fn policy(version: &str, status_lines: &str, days: &str) -> String {
    format!(
        "---\nid: {ID}\ntitle: Change policy\ntype: policy\nversion: \"{version}\"\n{status_lines}owner: Change Manager\n\
         approver: Service Director\nclauses: [8.5.1.1]\n---\n\n# Approval\n\nEvery change is approved within {days} days.\n"
    )
}

/// The status lines of an approved text.
pub fn approved(day: &str) -> String {
    format!("status: approved\napproved: {day}\n")
}

/// The status line of a draft.
pub const DRAFT: &str = "status: draft\n";
