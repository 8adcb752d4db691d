//! The files of a handbook's folder in a commit.

use std::path::{Component, Path, PathBuf};

use crate::config::SETTINGS_FILE;
use crate::git::{Git, GitError, ObjectName};
use crate::path::is_markdown;

/// A file of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Blob {
    /// Path below the handbook's folder.
    pub(super) path: PathBuf,
    /// The object that holds it.
    pub(super) object: ObjectName,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text that is read.
    Text,
    /// A picture or an attachment.
    Asset,
    /// A symbolic link: its text is a path.
    Link,
}

impl Blob {
    /// Whether it is the handbook's settings.
    pub(super) fn is_settings(&self) -> bool {
        self.path == Path::new(SETTINGS_FILE)
    }
}

/// Lists the files of a commit below the handbook's folder.
pub(super) fn list(git: &Git, commit: &ObjectName, prefix: &str) -> Result<Vec<Blob>, GitError> {
    let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", commit.as_str()];
    if !prefix.is_empty() {
        arguments.extend(["--", prefix]);
    }
    let listed = git.run(&arguments)?;
    Ok(listed.split(|byte| *byte == 0).filter_map(|entry| blob(entry, prefix)).collect())
}

/// Reads `mode SP type SP object TAB path`; what is no file, or has a path that leads out, is left out.
fn blob(entry: &[u8], prefix: &str) -> Option<Blob> {
    let entry = std::str::from_utf8(entry).ok()?;
    let (facts, path) = entry.split_once('\t')?;
    let mut facts = facts.split(' ');
    let (mode, kind, object) = (facts.next()?, facts.next()?, facts.next()?.parse().ok()?);
    let path = PathBuf::from(path.strip_prefix(prefix)?);
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    let kind = match (mode, kind) {
        ("120000", "blob") => Kind::Link,
        (_, "blob") if is_text(&path) => Kind::Text,
        (_, "blob") => Kind::Asset,
        _ => return None,
    };
    is_inside.then_some(Blob { path, object, kind })
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    is_markdown(&path.to_string_lossy()) || matches!(ending, "yaml" | "yml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_below_the_prefix_are_taken() {
        let path = |entry: &[u8]| blob(entry, "sms/").map(|blob| blob.path);
        assert_eq!(
            path(b"100644 blob 0123456789abcdef0123456789abcdef01234567\tsms/content/a.md"),
            Some(PathBuf::from("content/a.md"))
        );
        assert_eq!(path(b"160000 commit 0123456789abcdef0123456789abcdef01234567\tsms/module"), None);
        assert_eq!(path(b"100644 blob 0123456789abcdef0123456789abcdef01234567\tsms/../x.md"), None);
        assert_eq!(path(b"100644 blob 0123456789abcdef0123456789abcdef01234567\tother/a.md"), None);
        assert_eq!(path(b""), None);
    }
}
