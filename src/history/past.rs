//! Texts as they were on earlier days, from the history of the repository.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::line::{FileChange, Line};
use crate::date::Date;
use crate::git::{Git, GitError, ObjectName};
use crate::handbook::{EarlierText, FileOnDate, History};
use crate::source::MAX_BYTES;

/// Git is told which files are meant when there are no more; else it lists all that ever changed.
const MAX_PATHS: usize = 200;

/// A version of a file: since which day the main line has it, and the object that holds it.
struct Version {
    since: Date,
    /// Nothing where the file was deleted.
    object: Option<ObjectName>,
}

/// Versions by path, the newest first.
type Versions = HashMap<String, Vec<Version>>;

/// The texts that are asked for, as they were on the line of commits that leads to the one checked out; the day of a
/// commit is that on which it was made where its committer was.
///
/// With `tip`, the line is the one that leads to that commit. Git is asked twice for all texts together, and not at all when
/// none is asked for. What cannot be told is told to be unknown, with the reason.
pub(crate) fn earlier_texts(handbook: &Path, tip: Option<&ObjectName>, wanted: &BTreeSet<FileOnDate>) -> History {
    if wanted.is_empty() {
        return History::default();
    }
    let texts = || {
        let git = Git::of(handbook)?;
        let versions = versions(&git, tip, wanted)?;
        read(&git, wanted, &versions)
    };
    let unknown =
        |why: String| wanted.iter().map(|moment| (moment.clone(), EarlierText::Unknown(why.clone()))).collect();
    texts().unwrap_or_else(|error| unknown(sentence(error)))
}

/// Every version that the files ever had, by one `git log`.
fn versions(git: &Git, tip: Option<&ObjectName>, wanted: &BTreeSet<FileOnDate>) -> Result<Versions, GitError> {
    let paths: BTreeSet<&str> = wanted.iter().map(|moment| &*moment.file).collect();
    let named: Vec<&str> = if paths.len() <= MAX_PATHS { paths.iter().copied().collect() } else { vec!["."] };
    Ok(versions_on(Line::read(git, tip, &named)?, &paths))
}

fn versions_on(line: Line, paths: &BTreeSet<&str>) -> Versions {
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

/// Reads the versions that were there on the days asked for, by one `git cat-file`.
fn read(git: &Git, wanted: &BTreeSet<FileOnDate>, versions: &Versions) -> Result<History, GitError> {
    let mut moments_of: BTreeMap<&ObjectName, Vec<&FileOnDate>> = BTreeMap::new();
    let mut missing = Vec::new();
    for moment in wanted {
        match object_at(versions, moment) {
            Some(object) => moments_of.entry(object).or_default().push(moment),
            None => missing.push(moment),
        }
    }
    let is_shallow = !missing.is_empty() && is_shallow(git);
    let mut history: Vec<_> = missing.into_iter().map(|one| (one.clone(), unknown(one, is_shallow))).collect();
    let (names, moments): (Vec<&ObjectName>, Vec<Vec<&FileOnDate>>) = moments_of.into_iter().unzip();
    let take = |at: usize, bytes: Vec<u8>| {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        history.extend(moments[at].iter().map(|moment| ((*moment).clone(), EarlierText::Text(text.clone()))));
        Ok(())
    };
    if !names.is_empty() {
        git.objects(&names, MAX_BYTES, take)?;
    }
    Ok(history.into_iter().collect())
}

/// The object that held a file at the end of a day.
fn object_at<'v>(versions: &'v Versions, moment: &FileOnDate) -> Option<&'v ObjectName> {
    let version = versions.get(&*moment.file)?.iter().find(|version| version.since <= moment.on)?;
    version.object.as_ref()
}

pub(super) fn sentence(error: GitError) -> String {
    match error {
        GitError::NotRun(error) => format!("cannot run git ({error})"),
        GitError::Refused(said) => format!("git has no history of this handbook ({said})"),
        GitError::TooSlow(limit) => format!("git did not respond within {} seconds", limit.as_secs()),
        GitError::Failed(error) => format!("git could not be read from ({error})"),
        GitError::Unexpected(what) => format!("git did not give the text: {what}"),
    }
}

/// Whether the repository lacks the beginning of its history.
pub(super) fn is_shallow(git: &Git) -> bool {
    git.run(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer.starts_with(b"true"))
}

fn unknown(moment: &FileOnDate, is_shallow: bool) -> EarlierText {
    let FileOnDate { file, on } = moment;
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
        let versions = versions_on(Line::parse(&full(answer)), &paths);
        let shown = |path: &str| -> Vec<String> {
            versions[path]
                .iter()
                .map(|one| format!("{} {:?}", one.since, one.object.as_ref().map(|name| &name.as_str()[..2])))
                .collect()
        };
        assert_eq!(shown("content/a b.md"), ["2026-05-04 Some(\"bb\")", "2026-03-01 Some(\"aa\")"]);
        assert_eq!(shown("c.md"), ["2026-05-04 None", "2026-03-01 Some(\"cc\")"]);
        assert!(!versions.contains_key("other.md"));
        let none = |answer: &str| versions_on(Line::parse(answer), &paths).is_empty();
        assert!(none("") && none("\u{1}nonsense\0\0"));
    }
}
