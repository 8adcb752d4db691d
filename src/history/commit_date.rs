//! Finding the commit that contains the handbook of a day or of a revision.

use std::path::Path;

use super::commit_line::CommitLine;
use super::earlier_texts::describe_error;
use crate::date::Date;
use crate::git::{Git, GitError, ObjectName};

/// A commit and its day in the committer's time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CommitDate {
    /// The commit.
    pub(crate) commit: ObjectName,
    /// The day of the commit.
    pub(crate) day: Date,
}

/// Why a commit was not found; each variant is shown as a sentence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommitDateError {
    /// Git failed.
    #[error("{0}")]
    Git(String),
    /// The repository has no such revision.
    #[error("revision `{0}` not found; in a shallow clone, fetch it or clone the full history")]
    NoRevision(String),
    /// The repository begins after the day.
    #[error("no commit exists on or before {day}: the repository begins on {begins}")]
    TooEarly {
        /// The day.
        day: Date,
        /// The day of the first commit.
        begins: Date,
    },
    /// The shallow clone begins after the day.
    #[error(
        "no commit on or before {day} is in this clone, which is shallow and begins on {begins}: fetch the whole history"
    )]
    BeforeShallowStart {
        /// The day.
        day: Date,
        /// The day of the first commit that the clone has.
        begins: Date,
    },
}

impl From<GitError> for CommitDateError {
    fn from(error: GitError) -> CommitDateError {
        CommitDateError::Git(describe_error(error))
    }
}

impl CommitDate {
    /// Returns the last commit on or before a day, on the line of first parents from `HEAD`.
    ///
    /// # Errors
    /// If there is no such commit or git fails.
    pub(crate) fn on(handbook: &Path, day: Date) -> Result<CommitDate, CommitDateError> {
        let git = Git::of(handbook)?;
        let tip = git.commit("HEAD")?;
        let output = git.run(&["log", "--first-parent", "--no-show-signature", "--format=%H %cs", tip.as_str()])?;
        let text = String::from_utf8_lossy(&output);
        let mut line = text.lines().filter_map(parse);
        let mut begins = None;
        let result = line.find(|then| {
            begins = Some(then.day);
            then.day <= day
        });
        let begins = begins.ok_or_else(|| GitError::Unexpected("it gave no commit".to_owned()))?;
        let is_shallow = || super::earlier_texts::is_shallow(&git);
        result.ok_or_else(|| match is_shallow() {
            true => CommitDateError::BeforeShallowStart { day, begins },
            false => CommitDateError::TooEarly { day, begins },
        })
    }

    /// Returns the commit that a revision names.
    ///
    /// # Errors
    /// If there is no such commit or git fails.
    pub(crate) fn at(handbook: &Path, revision: &str) -> Result<CommitDate, CommitDateError> {
        let git = Git::of(handbook)?;
        let commit = git.commit(revision).map_err(|error| match error {
            GitError::Refused(why) if !why.contains("dubious ownership") => {
                CommitDateError::NoRevision(revision.to_owned())
            }
            other => other.into(),
        })?;
        let output = git.run(&["log", "-1", "--no-show-signature", "--format=%H %cs", commit.as_str()])?;
        let then = String::from_utf8_lossy(&output).lines().next().and_then(parse);
        then.ok_or_else(|| GitError::Unexpected("it gave no commit".to_owned()).into())
    }
}

/// The commits on the line of first parents that changed the handbook's folder, newest first.
#[derive(Debug)]
pub(crate) struct CommitDates {
    /// The commits.
    pub(crate) commits: Vec<CommitDate>,
    /// Whether the clone is shallow, without the start of its history.
    pub(crate) is_shallow: bool,
}

impl CommitDates {
    /// Reads the commits with a single `git log`.
    ///
    /// # Errors
    /// If git fails. The error is a sentence fragment.
    pub(crate) fn read(line: CommitLine<'_>) -> Result<CommitDates, String> {
        let read = || -> Result<CommitDates, GitError> {
            let git = Git::of(line.folder)?;
            let tip = git.tip(line.tip)?;
            let format = "--format=%H %cs";
            let output = git.run(&["log", "--first-parent", "--no-show-signature", format, tip.as_str(), "--", "."])?;
            let line = String::from_utf8_lossy(&output).lines().filter_map(parse).collect();
            Ok(CommitDates { commits: line, is_shallow: super::earlier_texts::is_shallow(&git) })
        };
        read().map_err(describe_error)
    }
}

/// Parses a line of the form `name day`.
fn parse(line: &str) -> Option<CommitDate> {
    let (commit, day) = line.split_once(' ')?;
    Some(CommitDate { commit: commit.parse().ok()?, day: day.trim().parse().ok()? })
}
