//! Git, run as a program; the only room that does, and only to read.
//!
//! A repository may be anybody's: `check` runs on merge requests of people whom nobody knows. Its own configuration can name
//! programs (a monitor of files, a signature checker, a remote's `uploadpack`, hooks, filters), and a folder of the handbook
//! can pose as a repository. So every call goes through [`Git::command`]:
//!
//! - the program is found on absolute folders of the search path alone ([`crate::program`]);
//! - variables that lead git elsewhere are taken away; those by which its *user* configures it stay ([`environment`]);
//! - whatever could run a program or change an answer is set on the command line, which no file outranks;
//! - no object is fetched, whatever remote promises it: by `GIT_NO_LAZY_FETCH`, which git knows since 2.44, and by
//!   `GIT_ALLOW_PROTOCOL`, which every version knows and which outranks the repository's own `protocol.*.allow`;
//! - a bare repository between the handbook and its `.git` is refused here ([`repository`]), because versions before 2.38
//!   do not know `safe.bareRepository`;
//! - revisions are resolved once, behind `--end-of-options`, and only full object names are passed on.
//!
//! That git may refuse a repository of another owner (`safe.directory`) is up to its user, and stays so.

mod answer;
pub(crate) mod checkout;
mod environment;
mod objects;
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

/// How long git may take for one answer: more than the longest history needs, and an end when it waits for something.
const LIMIT: Duration = Duration::from_secs(180);

/// Git for the repository that a folder is in.
#[derive(Debug)]
pub(crate) struct Git {
    program: PathBuf,
    folder: PathBuf,
}

/// Why git gave no answer.
#[derive(Debug)]
pub(crate) enum GitError {
    /// It could not be run.
    NotRun(io::Error),
    /// It refused, and why: half a sentence.
    Refused(String),
    /// It took longer than this, and was ended.
    TooSlow(Duration),
    /// Reading from it, or what was done with an object, failed.
    Failed(io::Error),
    /// It answered something else.
    Unexpected(String),
}

impl Git {
    /// Git for a folder.
    ///
    /// # Errors
    /// When git is not installed, or the folder is in a repository that nobody should ask.
    pub(crate) fn of(folder: &Path) -> Result<Git, GitError> {
        let program =
            program::find(Path::new("git")).ok_or_else(|| GitError::NotRun(io::ErrorKind::NotFound.into()))?;
        repository::reject_bare_repository(folder).map_err(GitError::Refused)?;
        Ok(Git { program, folder: folder.to_path_buf() })
    }

    /// Whether a folder is in a repository, whoever it belongs to, and whether or not git is installed.
    pub(crate) fn has_repository(folder: &Path) -> bool {
        repository::is_near(folder)
    }

    /// Runs git and gives what it wrote.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        let mut command = self.command();
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(GitError::NotRun)?;
        let watchdog = Watchdog::watch(&child, LIMIT);
        let said = answer::all(&mut child)?;
        let status = child.wait()?;
        match status.success() {
            _ if watchdog.has_bitten() => Err(GitError::TooSlow(LIMIT)),
            true => Ok(said.answer),
            false => Err(GitError::Refused(reason(&said.errors))),
        }
    }

    /// The commit that a revision names.
    pub(crate) fn commit(&self, revision: &str) -> Result<ObjectName, GitError> {
        let commit = format!("{revision}^{{commit}}");
        let answer = self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        let answer = String::from_utf8_lossy(&answer);
        answer.trim().parse().map_err(|()| GitError::Unexpected("it gave no object name".to_owned()))
    }

    /// What an answer about the commit that is checked out depends on, in words that change with it: the commit itself, and
    /// which objects the clone has.
    pub(crate) fn state(&self) -> Result<String, GitError> {
        let answer =
            self.run(&["rev-parse", "--show-prefix", "--is-shallow-repository", "--git-common-dir", "HEAD"])?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let common = self.folder.join(answer.lines().nth(2).unwrap_or_default());
        let look = |name: &str| fs::metadata(common.join(name)).and_then(|found| found.modified()).ok();
        let looks = ["config", "shallow", "objects/pack", "objects/info", "info/grafts", "refs/replace"].map(look);
        Ok(format!("{answer}{looks:?}"))
    }

    /// A commit, or with none the one checked out.
    pub(crate) fn tip(&self, tip: Option<&ObjectName>) -> Result<ObjectName, GitError> {
        tip.map_or_else(|| self.commit("HEAD"), |tip| Ok(tip.clone()))
    }

    /// The path of the folder in its repository, with `/` at its end; empty at the top.
    pub(crate) fn prefix(&self) -> Result<String, GitError> {
        let prefix = self.run(&["rev-parse", "--show-prefix"])?;
        Ok(String::from_utf8_lossy(&prefix).trim_end_matches(['\n', '\r']).to_owned())
    }

    /// The folder of the repository in which git keeps what all its checkouts share.
    pub(crate) fn common_folder(&self) -> Result<PathBuf, GitError> {
        let folder = self.run(&["rev-parse", "--git-common-dir"])?;
        Ok(self.folder.join(String::from_utf8_lossy(&folder).trim_end_matches(['\n', '\r'])))
    }

    /// Git with its folder and its environment; what it does is up to the arguments that follow.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        environment::prepare(&mut command);
        command.arg("-C").arg(&self.folder).args(environment::options()).stdin(Stdio::null());
        command
    }
}

/// Bytes as text; what is no UTF-8 in them is replaced.
pub(crate) fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The first line of what git said, without its `fatal:`.
fn reason(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let line = text.lines().next().unwrap_or("it gave no reason");
    line.trim_start_matches("fatal: ").trim().to_owned()
}
