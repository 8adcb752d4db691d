//! The files of a handbook's folder in a commit.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

use crate::config::SETTINGS_FILE;
use crate::git::{Git, GitError, ObjectName};
use crate::path::is_markdown;

/// A file of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Blob {
    /// Path below the handbook's folder.
    pub(super) path: PathBuf,
    /// The name of the blob.
    pub(super) object: ObjectName,
    /// The kind of file.
    pub(super) kind: BlobKind,
}

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlobKind {
    /// A text file that the handbook reads.
    Text,
    /// A picture or an attachment.
    Asset,
    /// A symbolic link, whose content is a path.
    Link,
}

/// The content of the handbook's folder in a commit.
#[derive(Debug, Default)]
pub(super) struct CommitListing {
    /// The readable files.
    pub(super) blobs: Vec<Blob>,
    /// The unreadable paths, each with the reason.
    pub(super) unreadable: Vec<(PathBuf, &'static str)>,
}

/// Why a submodule cannot be read: its files are in another repository.
const SUBMODULE: &str = "this is a submodule, whose files are not in the commit";
const NO_UNICODE: &str = "the name of this file is not valid Unicode";

impl Blob {
    /// Whether it is the handbook's settings file.
    pub(super) fn is_settings(&self) -> bool {
        self.path == Path::new(SETTINGS_FILE)
    }
}

/// Lists the files of a commit below the handbook's folder.
pub(super) fn list(git: &Git, commit: &ObjectName, prefix: &str) -> Result<CommitListing, GitError> {
    let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", commit.as_str()];
    if !prefix.is_empty() {
        arguments.extend(["--", prefix]);
    }
    let output = git.run(&arguments)?;
    let mut all = CommitListing::default();
    output.split(|byte| *byte == 0).for_each(|entry| all.add(entry, prefix));
    Ok(all)
}

impl CommitListing {
    /// Parses `mode SP type SP object TAB path`. A path that points outside the folder is left out.
    fn add(&mut self, entry: &[u8], prefix: &str) {
        let text = String::from_utf8_lossy(entry);
        let Some((facts, path)) = text.split_once('\t') else { return };
        let mut facts = facts.split(' ');
        let (Some(mode), Some(kind), Some(object)) = (facts.next(), facts.next(), facts.next()) else { return };
        let Some(path) = path.strip_prefix(prefix).map(PathBuf::from) else { return };
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return;
        }
        let Ok(object) = object.parse() else { return };
        let kind = match (mode, kind) {
            _ if matches!(text, Cow::Owned(_)) => return self.unreadable.push((path, NO_UNICODE)),
            ("160000", _) => return self.unreadable.push((path, SUBMODULE)),
            ("120000", "blob") => BlobKind::Link,
            (_, "blob") if is_text(&path) => BlobKind::Text,
            (_, "blob") => BlobKind::Asset,
            _ => return,
        };
        self.blobs.push(Blob { path, object, kind });
    }
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    is_markdown(&path.to_string_lossy()) || matches!(ending, "yaml" | "yml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_below_the_prefix_are_copied_or_reported_as_missing() {
        let add = |entry: &[u8]| {
            let mut listed = CommitListing::default();
            listed.add(entry, "sms/");
            let blobs = listed.blobs.into_iter().map(|blob| (blob.path, ""));
            blobs
                .chain(listed.unreadable)
                .map(|(path, why)| (path.to_string_lossy().into_owned(), why))
                .collect::<Vec<_>>()
        };
        let at = |facts: &str, path: &[u8]| {
            add(&[format!("{facts} 0123456789abcdef0123456789abcdef01234567\t").as_bytes(), path].concat())
        };
        assert_eq!(at("100644 blob", b"sms/content/a.md"), [("content/a.md".to_owned(), "")]);
        assert_eq!(at("160000 commit", b"sms/content/module"), [("content/module".to_owned(), SUBMODULE)]);
        assert_eq!(at("100644 blob", b"sms/content/\xff.md"), [("content/\u{fffd}.md".to_owned(), NO_UNICODE)]);
        assert_eq!(at("100644 blob", b"sms/../x.md"), []);
        assert_eq!(at("100644 blob", b"other/a.md"), []);
        assert_eq!(add(b""), []);
    }
}
