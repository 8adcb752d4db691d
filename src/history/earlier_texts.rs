//! Files as they were on earlier days, from the history of the repository.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::commit_line::CommitLine;
use super::commit_log::{CommitLog, FileChange};
use crate::date::Date;
use crate::git::{Git, GitError, ObjectName};
use crate::handbook::{EarlierText, FileOnDate, History};
use crate::source::MAX_BYTES;

/// The maximum number of paths passed to git. Beyond it, git lists all files that ever changed.
const MAX_PATHS: usize = 200;

/// A version of a file: the day it reached the line, and its blob.
struct Version {
    since: Date,
    /// `None` if the file was deleted.
    object: Option<ObjectName>,
}

/// Versions by path, newest first.
type Versions = HashMap<String, Vec<Version>>;

/// Returns the wanted files as they were on their days, on the line of first parents from `HEAD`. The day of a commit
/// is that in its committer's time zone.
///
/// With `tip`, the line leads to that commit instead. Git runs twice for all files together, and not at all if none is
/// wanted. Content that is not known is reported as unknown, with the reason.
pub(crate) fn earlier_texts(line: CommitLine<'_>, requested: &BTreeSet<FileOnDate>) -> History {
    if requested.is_empty() {
        return History::default();
    }
    let texts = || {
        let git = Git::of(line.folder)?;
        let versions = read_versions(&git, line.tip, requested)?;
        read(&git, requested, &versions)
    };
    let unknown = |reason: String| {
        requested.iter().map(|moment| (moment.clone(), EarlierText::Unknown(reason.clone()))).collect()
    };
    texts().unwrap_or_else(|error| unknown(describe_error(error)))
}

/// Reads every version that the files ever had, with a single `git log`.
fn read_versions(git: &Git, tip: Option<&ObjectName>, requested: &BTreeSet<FileOnDate>) -> Result<Versions, GitError> {
    let paths: BTreeSet<&str> = requested.iter().map(|moment| &*moment.file).collect();
    let named: Vec<&str> = if paths.len() <= MAX_PATHS { paths.iter().copied().collect() } else { vec!["."] };
    Ok(versions_on(CommitLog::read(git, tip, &named)?, &paths))
}

fn versions_on(line: CommitLog, paths: &BTreeSet<&str>) -> Versions {
    let mut versions = Versions::new();
    for commit in line.commits {
        for FileChange { path, after, .. } in commit.changes {
            if paths.contains(&*path) {
                versions.entry(path).or_default().push(Version { since: commit.day, object: after });
            }
        }
    }
    versions
}

/// Reads the versions that existed on the wanted days, with a single `git cat-file`.
fn read(git: &Git, requested: &BTreeSet<FileOnDate>, versions: &Versions) -> Result<History, GitError> {
    let mut moments_of: BTreeMap<&ObjectName, Vec<&FileOnDate>> = BTreeMap::new();
    let mut missing = Vec::new();
    for moment in requested {
        match object_at(versions, moment) {
            Some(object) => moments_of.entry(object).or_default().push(moment),
            None => missing.push(moment),
        }
    }
    let is_shallow = !missing.is_empty() && is_shallow(git);
    let mut history: Vec<_> =
        missing.into_iter().map(|moment| (moment.clone(), unknown_text(moment, is_shallow))).collect();
    let (names, moments): (Vec<&ObjectName>, Vec<Vec<&FileOnDate>>) = moments_of.into_iter().unzip();
    let take = |at: usize, bytes: Vec<u8>| {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        history.extend(moments[at].iter().map(|moment| ((*moment).clone(), EarlierText::Text(text.clone()))));
        Ok(())
    };
    if !names.is_empty() {
        git.read_objects(&names, MAX_BYTES, take)?;
    }
    Ok(history.into_iter().collect())
}

/// The blob of a file at the end of a day.
fn object_at<'v>(versions: &'v Versions, moment: &FileOnDate) -> Option<&'v ObjectName> {
    let version = versions.get(&*moment.file)?.iter().find(|version| version.since <= moment.date)?;
    version.object.as_ref()
}

pub(super) fn describe_error(error: GitError) -> String {
    match error {
        GitError::NotRun(error) => format!("cannot run git ({error})"),
        GitError::Refused(said) => format!("git has no history of this handbook ({said})"),
        GitError::TooSlow(limit) => format!("git did not respond within {} seconds", limit.as_secs()),
        GitError::Failed(error) => format!("git could not be read from ({error})"),
        GitError::Unexpected(what) => format!("git did not give the text: {what}"),
    }
}

/// Whether the repository is shallow, without the start of its history.
pub(super) fn is_shallow(git: &Git) -> bool {
    git.run(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|output| output.starts_with(b"true"))
}

fn unknown_text(moment: &FileOnDate, is_shallow: bool) -> EarlierText {
    let FileOnDate { file, date: on } = moment;
    EarlierText::Unknown(if is_shallow {
        format!("this clone is shallow, and does not reach back to {on}")
    } else {
        format!("on {on} the repository had no `{file}`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_with_their_days_without_deletions() {
        let paths = BTreeSet::from(["content/a b.md", "c.md"]);
        let answer = "\u{1} ee 2026-05-04 ff\0\n:100644 100644 aa bb M\0content/a b.md\0:100644 000000 cc 00 D\0c.md\0\
                      \u{1} ff 2026-03-01 \0\n:000000 100644 00 aa A\0content/a b.md\0:000000 100755 00 cc A\0c.md\0:000000 100644 00 dd A\0other.md\0";
        let full = |answer: &str| {
            ["aa", "bb", "cc", "dd", "ee", "ff", "00"].iter().fold(answer.to_owned(), |text, short| {
                text.replace(&format!(" {short}"), &format!(" {}", short.repeat(20)))
            })
        };
        let versions = versions_on(CommitLog::parse(&full(answer)), &paths);
        let shown = |path: &str| -> Vec<String> {
            versions[path]
                .iter()
                .map(|one| format!("{} {:?}", one.since, one.object.as_ref().map(|name| &name.as_str()[..2])))
                .collect()
        };
        assert_eq!(shown("content/a b.md"), ["2026-05-04 Some(\"bb\")", "2026-03-01 Some(\"aa\")"]);
        assert_eq!(shown("c.md"), ["2026-05-04 None", "2026-03-01 Some(\"cc\")"]);
        assert!(!versions.contains_key("other.md"));
        let none = |answer: &str| versions_on(CommitLog::parse(answer), &paths).is_empty();
        assert!(none("") && none("\u{1}nonsense\0\0"));
    }
}
