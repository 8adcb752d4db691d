//! Byte-for-byte comparison of the handbook in the folder with a revision.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf, absolute};

use super::revision::{FolderReader, needed_files};
use super::tree::{Blob, BlobKind, list};
use crate::config::SETTINGS_FILE;
use crate::git::{Git, ObjectName};
use crate::path::is_markdown;
use crate::source::MAX_BYTES;

/// A commit whose handbook has the same files as the folder, except for the content of some Markdown files.
pub(crate) struct SimilarCommit {
    /// The commit.
    pub(crate) commit: ObjectName,
    /// The commit's content of the Markdown files that differ, by path.
    pub(crate) texts: HashMap<String, String>,
}

impl SimilarCommit {
    /// Compares the folder with a revision. Returns `None` if anything other than Markdown differs, or if the
    /// comparison is not possible: git fails, there are links, or the folder contains files that the revision does not
    /// have.
    ///
    /// The bytes on disk are hashed directly. Git's index is not consulted, because it can be set to ignore changes.
    pub(crate) fn compare(handbook: &Path, revision: &str, folders: FolderReader) -> Option<SimilarCommit> {
        let root = absolute(handbook).ok()?;
        let settings = fs::read(root.join(SETTINGS_FILE)).ok()?;
        let folders = folders(&String::from_utf8_lossy(&settings))?;
        let git = Git::of(handbook).ok()?;
        let commit = git.commit(revision).ok()?;
        let blobs = needed_files(list(&git, &commit, &git.prefix().ok()?).ok()?.blobs, Some(&folders));
        let mut then: HashMap<&Path, &Blob> = HashMap::new();
        for blob in &blobs {
            then.insert((blob.kind != BlobKind::Link).then_some(&*blob.path)?, blob);
        }
        let now = files(&root, &folders, &then)?;
        let hashes = git.hash_files(&root, &now).ok().filter(|_| now.len() == then.len())?;
        let at = |(path, hash): (&PathBuf, &ObjectName)| then.get(&**path).copied().filter(|blob| blob.object != *hash);
        let other: Vec<&Blob> = now.iter().zip(&hashes).filter_map(at).collect();
        let texts = texts(&git, &other)?;
        Some(SimilarCommit { commit, texts })
    }
}

/// The content of files by path, or `None` if one of them is not Markdown or is not readable text.
fn texts(git: &Git, files: &[&Blob]) -> Option<HashMap<String, String>> {
    let paths: Vec<&str> =
        files.iter().map(|blob| blob.path.to_str().filter(|path| is_markdown(path))).collect::<Option<_>>()?;
    let objects: Vec<&ObjectName> = files.iter().map(|blob| &blob.object).collect();
    let mut texts = HashMap::new();
    let take = |at: usize, bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).ok().filter(|text| text.len() as u64 <= MAX_BYTES);
        texts.insert(paths[at].to_owned(), text.ok_or_else(|| io::Error::other("no text"))?);
        Ok(())
    };
    git.read_objects(&objects, MAX_BYTES, take).ok()?;
    Some(texts)
}

/// Whether a commit is checked out.
pub(crate) fn is_checked_out(handbook: &Path, commit: &ObjectName) -> bool {
    Git::of(handbook).and_then(|git| git.commit("HEAD")).is_ok_and(|tip| tip == *commit)
}

/// The settings and every file below the folders, as paths from the root. Returns `None` if a file is not known, or if
/// there is anything that git does not track.
fn files(root: &Path, folders: &[String], tracked: &HashMap<&Path, &Blob>) -> Option<Vec<PathBuf>> {
    let mut paths = vec![PathBuf::from(SETTINGS_FILE)];
    let exists = |folder: &&String| root.join(folder).symlink_metadata().is_ok();
    let mut open: Vec<PathBuf> = folders.iter().filter(exists).map(PathBuf::from).collect();
    // A folder inside another one is read once, with its parent.
    open.sort();
    open.dedup_by(|inner, outer| inner.starts_with(outer));
    while let Some(folder) = open.pop() {
        let mut is_empty = true;
        for entry in fs::read_dir(root.join(&folder)).ok()? {
            let entry = entry.ok()?;
            let (path, kind) = (folder.join(entry.file_name()), entry.file_type().ok()?);
            is_empty = false;
            match kind {
                _ if kind.is_dir() => open.push(path),
                _ if kind.is_file() && tracked.contains_key(&*path) => paths.push(path),
                _ => return None,
            }
        }
        if is_empty {
            return None;
        }
    }
    Some(paths)
}
