//! Runs git as a program, for reading only. This is the only module that does.
//!
//! A repository may be untrusted: `check` runs on merge requests from strangers. The repository's own configuration can
//! name programs (a file system monitor, a signature checker, a remote's `uploadpack`, hooks, filters), and a folder of
//! the handbook can pose as a repository. Every call therefore goes through [`Git::command`]:
//!
//! - the program is looked up only in absolute folders of the search path ([`crate::program`]);
//! - variables that redirect git are removed; those with which its *user* configures it are kept ([`environment`]);
//! - whatever could run a program or change an answer is set on the command line, which no file overrides;
//! - no object is fetched, whatever a remote promises: by `GIT_NO_LAZY_FETCH`, supported since git 2.44, and by
//!   `GIT_ALLOW_PROTOCOL`, which every version supports and which overrides the repository's own `protocol.*.allow`;
//! - a bare repository between the handbook and its `.git` is rejected here ([`repository`]), because versions before
//!   2.38 do not support `safe.bareRepository`;
//! - revisions are resolved once, after `--end-of-options`, and only full object names are passed on.
//!
//! Git may refuse a repository of another owner (`safe.directory`); this remains its user's decision.

pub(crate) mod checkout;
mod environment;
mod objects;
mod output;
mod repository;
#[cfg(test)]
mod tests;
mod watchdog;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

pub(crate) use objects::ObjectName;
use watchdog::Watchdog;

use crate::program;

/// The time limit for an answer: more than the longest history needs, but finite in case git waits for something.
const LIMIT: Duration = Duration::from_secs(180);

/// Git for the repository that contains a folder.
#[derive(Debug)]
pub(crate) struct Git {
    program: PathBuf,
    folder: PathBuf,
}

/// Why git failed.
#[derive(Debug)]
pub(crate) enum GitError {
    /// It could not be run.
    NotRun(io::Error),
    /// It refused, with its reason as a sentence fragment.
    Refused(String),
    /// It exceeded this time limit and was stopped.
    TooSlow(Duration),
    /// Reading its output or processing an object failed.
    Failed(io::Error),
    /// Its answer was not as expected.
    Unexpected(String),
}

impl Git {
    /// Creates it for a folder.
    ///
    /// # Errors
    /// If git is not installed, or the folder is in a repository that must not be used.
    pub(crate) fn of(folder: &Path) -> Result<Git, GitError> {
        let program =
            program::find(Path::new("git")).ok_or_else(|| GitError::NotRun(io::ErrorKind::NotFound.into()))?;
        repository::reject_bare_repository(folder).map_err(GitError::Refused)?;
        Ok(Git { program, folder: folder.to_path_buf() })
    }

    /// Whether a folder is in a repository, regardless of its owner and of whether git is installed.
    pub(crate) fn has_repository(folder: &Path) -> bool {
        repository::is_in_repository(folder)
    }

    /// Runs git and returns its output.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        let mut command = self.command();
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(GitError::NotRun)?;
        let watchdog = Watchdog::watch(&child, LIMIT);
        let said = output::read_output(&mut child)?;
        let status = child.wait()?;
        match status.success() {
            _ if watchdog.has_stopped_program() => Err(GitError::TooSlow(LIMIT)),
            true => Ok(said.stdout),
            false => Err(GitError::Refused(reason(&said.stderr))),
        }
    }

    /// Resolves a revision to a commit.
    pub(crate) fn commit(&self, revision: &str) -> Result<ObjectName, GitError> {
        let commit = format!("{revision}^{{commit}}");
        let answer = self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        let answer = String::from_utf8_lossy(&answer);
        answer.trim().parse().map_err(|()| GitError::Unexpected("it gave no object name".to_owned()))
    }

    /// A string that changes with everything that answers about `HEAD` depend on: the commit itself, and the objects in
    /// the clone.
    pub(crate) fn state(&self) -> Result<String, GitError> {
        let answer =
            self.run(&["rev-parse", "--show-prefix", "--is-shallow-repository", "--git-common-dir", "HEAD"])?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let common = self.folder.join(answer.lines().nth(2).unwrap_or_default());
        let look = |name: &str| fs::metadata(common.join(name)).and_then(|found| found.modified()).ok();
        let looks = ["config", "shallow", "objects/pack", "objects/info", "info/grafts", "refs/replace"].map(look);
        Ok(format!("{answer}{looks:?}"))
    }

    /// Returns `tip`, or the commit of `HEAD` if it is `None`.
    pub(crate) fn tip(&self, tip: Option<&ObjectName>) -> Result<ObjectName, GitError> {
        tip.map_or_else(|| self.commit("HEAD"), |tip| Ok(tip.clone()))
    }

    /// The path of the folder in its repository, with a final `/`; empty at the root.
    pub(crate) fn prefix(&self) -> Result<String, GitError> {
        let prefix = self.run(&["rev-parse", "--show-prefix"])?;
        Ok(String::from_utf8_lossy(&prefix).trim_end_matches(['\n', '\r']).to_owned())
    }

    /// The git folder that all worktrees of the repository share.
    pub(crate) fn common_folder(&self) -> Result<PathBuf, GitError> {
        let folder = self.run(&["rev-parse", "--git-common-dir"])?;
        Ok(self.folder.join(String::from_utf8_lossy(&folder).trim_end_matches(['\n', '\r'])))
    }

    /// A git command with its folder and environment, to which arguments are added.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        environment::prepare(&mut command);
        command.arg("-C").arg(&self.folder).args(environment::options()).stdin(Stdio::null());
        command
    }
}

/// Decodes bytes as UTF-8, replacing invalid sequences.
pub(crate) fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The first line of git's error output, without `fatal:`.
fn reason(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let line = text.lines().next().unwrap_or("it gave no reason");
    line.trim_start_matches("fatal: ").trim().to_owned()
}
