//! Handbooks in temporary folders, and runs of the program on them.

#[path = "../support/run.rs"]
mod run;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::prelude::*;
use tempfile::TempDir;
use walkdir::WalkDir;

pub use run::Run;

/// The day on which all handbooks are assessed.
pub const DAY: &str = "2026-11-22";

/// A handbook in a temporary folder.
pub struct Handbook {
    folder: TempDir,
}

impl Handbook {
    /// Creates an empty folder.
    pub fn empty() -> Handbook {
        Handbook { folder: tempfile::tempdir().unwrap() }
    }

    /// A copy of the fixture.
    pub fn fixture() -> Handbook {
        let handbook = Handbook::empty();
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/handbook");
        for entry in WalkDir::new(&fixture).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file())
        {
            let path = entry.path().strip_prefix(&fixture).unwrap();
            handbook.write(path.to_str().unwrap(), &fs::read_to_string(entry.path()).unwrap());
        }
        handbook
    }

    /// The fixture without any findings.
    pub fn clean() -> Handbook {
        let handbook = Handbook::fixture();
        handbook.replace("content/policy.md", "approved: 2025-03-02", "approved: 2026-03-02");
        handbook.replace("content/policy.md", r#"clauses: ["8.2"]"#, r#"clauses: ["8.2", "8.3"]"#);
        handbook.replace("content/incidents/procedure.md", "[the 50 % rule, line: two](missing%20page.md)", "the rule");
        handbook.replace("content/incidents/procedure.md", "../policy.md#nowhere", "../policy.md");
        handbook.replace("content/incidents/procedure.md", "![The flow of an incident](flow.svg)", "No picture.");
        let settings = handbook.read("clausebook.yaml");
        let settings = settings.split("waivers:").next().unwrap();
        handbook.write("clausebook.yaml", &format!("{settings}as_of: {DAY}\nrules: {{unbound-approval: off}}\n"));
        handbook
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        self.write(path, &text.replace(from, to));
    }

    /// Runs `clausebook check` in the handbook's folder.
    pub fn check(&self, arguments: &[&str]) -> Run {
        run(self.root(), &[&["check", "--as-of", DAY], arguments].concat())
    }

    /// Runs `clausebook review` in the handbook's folder.
    pub fn review(&self, arguments: &[&str]) -> Run {
        run(self.root(), &[&["review", "--on", DAY, "--by", "Service lead"], arguments].concat())
    }

    /// Runs `clausebook status` in the handbook's folder.
    pub fn status(&self) -> Run {
        run(self.root(), &["status", "--as-of", DAY])
    }

    /// Commits everything; creates the repository if there is none.
    pub fn commit(&self) {
        commit(self.root(), DAY);
    }

    /// Makes a commit on another day.
    pub fn commit_on(&self, day: &str) {
        commit(self.root(), day);
    }
}

/// Runs the program in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Run {
    Run::new(Command::cargo_bin("clausebook").unwrap().current_dir(folder).args(arguments).output().unwrap())
}

/// Commits everything below a folder on a day, creating a repository if there is none.
pub fn commit(folder: &Path, day: &str) {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    for arguments in [&["init", "-q"][..], &["add", "-A"], &["commit", "-q", "--no-verify", "-m", "x"]] {
        let mut command = Command::new("git");
        command.current_dir(folder).env("GIT_COMMITTER_DATE", format!("{day}T12:00:00+0000"));
        let output = command.args(identity).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
