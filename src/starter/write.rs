//! Puts new files in a folder and overwrites none.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewFile {
    /// Path relative to the handbook's folder, with `/` between names.
    pub(crate) path: String,
    /// Its content.
    pub(crate) text: String,
}

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    /// It is there already.
    #[error("`{}` is there already, and nothing is overwritten", .0.display())]
    Exists(PathBuf),
    /// The system refused.
    #[error("`{}` cannot be written: {source}", .path.display())]
    Refused {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder for a new handbook holds something.
    #[error("`{}` is not empty (it holds `{held}`); a new handbook starts in an empty folder", .folder.display())]
    NotEmpty {
        /// The folder.
        folder: PathBuf,
        /// The first thing in it.
        held: String,
    },
}

/// Whether a new handbook may start in a folder: it does not exist, or holds nothing but a repository.
///
/// # Errors
/// [`WriteError::NotEmpty`] when something is in it, [`WriteError::Refused`] when it cannot be looked into.
pub(crate) fn is_free(folder: &Path) -> Result<(), WriteError> {
    let refused = |source| WriteError::Refused { path: folder.to_path_buf(), source };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(refused)?,
    };
    let mut held = Vec::new();
    for entry in entries {
        held.push(entry.map_err(refused)?.file_name().to_string_lossy().into_owned());
    }
    held.sort();
    match held.into_iter().find(|name| name != ".git") {
        Some(held) => Err(WriteError::NotEmpty { folder: folder.to_path_buf(), held }),
        None => Ok(()),
    }
}

/// Writes files below a folder, in their order, making folders as needed.
///
/// # Errors
/// When one of them is there already: then nothing is written. When the system refuses one: those before it stay.
pub(crate) fn write_new(root: &Path, files: &[NewFile]) -> Result<(), WriteError> {
    let mut paths = files.iter().map(|file| root.join(&file.path));
    if let Some(path) = paths.find(|path| path.symlink_metadata().is_ok()) {
        return Err(WriteError::Exists(path));
    }
    files.iter().try_for_each(|file| write_one(&root.join(&file.path), &file.text))
}

fn write_one(path: &Path, text: &str) -> Result<(), WriteError> {
    let refused = |source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists => WriteError::Exists(path.to_path_buf()),
        _ => WriteError::Refused { path: path.to_path_buf(), source },
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|source| WriteError::Refused { path: folder.to_path_buf(), source })?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(refused)?;
    file.write_all(text.as_bytes()).map_err(refused)
}
