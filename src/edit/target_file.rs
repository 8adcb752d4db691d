//! Resolves the target of a change, which must be inside the handbook despite any symbolic links.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::EditError;
use crate::text::is_invisible;

/// A file inside the handbook that is to be written.
#[derive(Debug)]
pub(super) struct TargetFile {
    /// The file as the author names it, for messages.
    pub(super) named_path: PathBuf,
    /// The file to write: the target of `named` if that is a link.
    pub(super) file: PathBuf,
}

impl TargetFile {
    /// Resolves the path of an existing file (`exists`) or of a new one.
    ///
    /// # Errors
    /// If the path leads out of the handbook, through a link to a folder, or into git's own folder, or is not a regular
    /// file.
    pub(super) fn resolve(root: &Path, path: &str, exists: bool) -> Result<TargetFile, EditError> {
        let named_path = root.join(path);
        refuse_path(path, &named_path)?;
        refuse_linked_folders(root, path)?;
        let file = if exists { resolve_file(root, &named_path)? } else { named_path.clone() };
        Ok(TargetFile { named_path, file })
    }

    /// The folder that the file is in.
    pub(super) fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new("."))
    }
}

/// Whether some file system treats a name as git's own folder: in any letter case; on NTFS also with trailing dots and
/// spaces, with
/// a stream name, and by its short name; on HFS+ with invisible characters in it.
fn is_repository(name: &str) -> bool {
    let visible: String = name.chars().filter(|c| !is_invisible(*c)).collect();
    let name = visible.split(':').next().unwrap_or_default().trim_end_matches([' ', '.']);
    name.eq_ignore_ascii_case(".git") || name.eq_ignore_ascii_case("git~1")
}

/// Rejects a path that is not a plain path below a folder, or that leads into git's own folder.
fn refuse_path(path: &str, full_path: &Path) -> Result<(), EditError> {
    let mut names = 0;
    for part in Path::new(path).components() {
        match part {
            Component::Normal(name) if is_repository(&name.to_string_lossy()) => {
                return Err(EditError::Repository(full_path.to_path_buf()));
            }
            Component::Normal(_) => names += 1,
            _ => return Err(EditError::Outside(full_path.to_path_buf())),
        }
    }
    if names == 0 { Err(EditError::Outside(full_path.to_path_buf())) } else { Ok(()) }
}

/// Rejects a path with a parent folder that is a link or not a folder at all.
fn refuse_linked_folders(root: &Path, path: &str) -> Result<(), EditError> {
    let mut folder = root.to_path_buf();
    for name in Path::new(path).parent().into_iter().flat_map(Path::components) {
        folder.push(name);
        match fs::symlink_metadata(&folder) {
            Ok(metadata) if metadata.is_symlink() => return Err(EditError::LinkedFolder(folder)),
            Ok(metadata) if !metadata.is_dir() => {
                return Err(EditError::WrongKind { path: folder, expected: "folder" });
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(EditError::refused("looked at", &folder, error)),
        }
    }
    Ok(())
}

/// The regular file at a path, following a link if its target is inside the root.
fn resolve_file(root: &Path, path: &Path) -> Result<PathBuf, EditError> {
    let metadata = fs::symlink_metadata(path).map_err(|error| missing_file(path, error))?;
    let file = if metadata.is_symlink() { resolve_link(root, path)? } else { path.to_path_buf() };
    let is_file = fs::symlink_metadata(&file).map_err(|error| missing_file(path, error))?.is_file();
    if is_file { Ok(file) } else { Err(EditError::WrongKind { path: path.to_path_buf(), expected: "file" }) }
}

fn resolve_link(root: &Path, link: &Path) -> Result<PathBuf, EditError> {
    let root = root.canonicalize().map_err(|error| EditError::refused("found", root, error))?;
    let target = link.canonicalize().map_err(|error| missing_file(link, error))?;
    let path = target.strip_prefix(&root).map_err(|_| EditError::Outside(link.to_path_buf()))?;
    refuse_path(&path.to_string_lossy(), link)?;
    Ok(target)
}

/// A file that has disappeared since the command read it counts as changed.
fn missing_file(path: &Path, error: io::Error) -> EditError {
    match error.kind() {
        io::ErrorKind::NotFound => EditError::Changed(path.to_path_buf()),
        _ => EditError::refused("looked at", path, error),
    }
}
