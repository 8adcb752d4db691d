//! Whether the handbook in the folder is, byte for byte, the one of a revision.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf, absolute};

use super::revision::{FoldersOf, needed};
use super::tree::{Kind, list};
use crate::config::SETTINGS_FILE;
use crate::git::{Git, ObjectName};

/// The commit of a revision whose handbook has the same files as the folder, each with the same bytes. Nothing also when that
/// cannot be told: git fails, there are links, or something is in the folder that the revision does not have.
///
/// The bytes are hashed as they are: git's index, which can be told to pass over a change, is not asked.
pub(crate) fn commit_of_same(handbook: &Path, revision: &str, folders: FoldersOf) -> Option<ObjectName> {
    let root = absolute(handbook).ok()?;
    let settings = fs::read(root.join(SETTINGS_FILE)).ok()?;
    let folders = folders(&String::from_utf8_lossy(&settings))?;
    let git = Git::of(handbook).ok()?;
    let commit = git.commit(revision).ok()?;
    let blobs = needed(list(&git, &commit, &git.prefix().ok()?).ok()?, Some(&folders));
    let is_file = |kind| kind != Kind::Link;
    let mut then: HashMap<&Path, &ObjectName> = HashMap::new();
    for blob in &blobs {
        then.insert(is_file(blob.kind).then_some(&*blob.path)?, &blob.object);
    }
    let now = files(&root, &folders, &then)?;
    let has_same_bytes =
        |(hash, path): (&ObjectName, &PathBuf)| then.get(&**path).is_some_and(|object| *object == hash);
    let is_same = now.len() == then.len() && git.hashes(&root, &now).ok()?.iter().zip(&now).all(has_same_bytes);
    is_same.then_some(commit)
}

/// Whether a commit is the one checked out.
pub(crate) fn is_checked_out(handbook: &Path, commit: &ObjectName) -> bool {
    Git::of(handbook).and_then(|git| git.commit("HEAD")).is_ok_and(|tip| tip == *commit)
}

/// The settings and every file below the folders, by their paths from the root; nothing when there is one that is not known,
/// or anything that git does not keep.
fn files(root: &Path, folders: &[String], known: &HashMap<&Path, &ObjectName>) -> Option<Vec<PathBuf>> {
    let mut found = vec![PathBuf::from(SETTINGS_FILE)];
    let mut open: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    open.retain(|folder| root.join(folder).symlink_metadata().is_ok());
    while let Some(folder) = open.pop() {
        let mut is_empty = true;
        for entry in fs::read_dir(root.join(&folder)).ok()? {
            let entry = entry.ok()?;
            let (path, kind) = (folder.join(entry.file_name()), entry.file_type().ok()?);
            is_empty = false;
            match kind {
                _ if kind.is_dir() => open.push(path),
                _ if kind.is_file() && known.contains_key(&*path) => found.push(path),
                _ => return None,
            }
        }
        if is_empty {
            return None;
        }
    }
    Some(found)
}
