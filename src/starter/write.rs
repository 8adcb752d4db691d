//! Files of a new handbook, and whether one may start in a folder.

use std::io;
use std::path::{Path, PathBuf};

use crate::config::SETTINGS_FILE;
use crate::source;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewFile {
    /// Path relative to the handbook's folder, with `/` between names.
    pub(crate) path: String,
    /// Its content.
    pub(crate) text: String,
}

/// Why a handbook cannot start in a folder.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FolderError {
    /// The system refused.
    #[error("cannot read folder `{}`: {source}", .folder.display())]
    Refused {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is a handbook already.
    #[error("`{}` is a handbook already (it contains {SETTINGS_FILE}); choose an empty folder for a new one", .0.display())]
    Handbook(PathBuf),
    /// It holds something.
    #[error("`{}` is not empty (it contains `{held}`); choose an empty folder, or turn what is there into a handbook with `clausebook adopt {}`", .folder.display(), .folder.display())]
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
/// [`FolderError::Handbook`] or [`FolderError::NotEmpty`] when something is in it, [`FolderError::Refused`] when it cannot be
/// read.
pub(crate) fn is_free(folder: &Path) -> Result<(), FolderError> {
    let refused = |source| FolderError::Refused { folder: folder.to_path_buf(), source };
    let held = match source::names_in(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        names => names.map_err(refused)?,
    };
    if held.iter().any(|name| name == SETTINGS_FILE) {
        return Err(FolderError::Handbook(folder.to_path_buf()));
    }
    match held.into_iter().find(|name| name != ".git") {
        Some(held) => Err(FolderError::NotEmpty { folder: folder.to_path_buf(), held }),
        None => Ok(()),
    }
}
