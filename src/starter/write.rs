//! Files of a new handbook, and the check whether a folder is free for one.

use std::io;
use std::path::{Path, PathBuf};

use crate::config::SETTINGS_FILE;
use crate::source;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewFile {
    /// The path relative to the handbook's folder, separated by `/`.
    pub(crate) path: String,
    /// Its content.
    pub(crate) text: String,
}

/// Why a folder is not free for a new handbook.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FolderError {
    /// The operating system refused access.
    #[error("cannot read folder `{}`: {source}", .folder.display())]
    Refused {
        /// The folder.
        folder: PathBuf,
        /// The operating system's error.
        source: io::Error,
    },
    /// The folder already is a handbook.
    #[error("`{}` is a handbook already (it contains {SETTINGS_FILE}); choose an empty folder for a new one", .0.display())]
    Handbook(PathBuf),
    /// The folder is not empty.
    #[error("`{}` is not empty (it contains `{held}`); choose an empty folder, or turn what is there into a handbook with `clausebook adopt {}`", .folder.display(), .folder.display())]
    NotEmpty {
        /// The folder.
        folder: PathBuf,
        /// The first entry in it.
        held: String,
    },
}

/// Checks that a folder is free for a new handbook: it does not exist, or contains nothing but a repository.
///
/// # Errors
/// [`FolderError::Handbook`] or [`FolderError::NotEmpty`] if something is in it, [`FolderError::Refused`] if it cannot
/// be read.
pub(crate) fn require_free(folder: &Path) -> Result<(), FolderError> {
    let refused = |source| FolderError::Refused { folder: folder.to_path_buf(), source };
    let names = match source::names_in(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        names => names.map_err(refused)?,
    };
    if names.iter().any(|name| name == SETTINGS_FILE) {
        return Err(FolderError::Handbook(folder.to_path_buf()));
    }
    match names.into_iter().find(|name| name != ".git") {
        Some(name) => Err(FolderError::NotEmpty { folder: folder.to_path_buf(), held: name }),
        None => Ok(()),
    }
}
