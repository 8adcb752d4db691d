//! Reasons why an edit was not made, worded for the person who ran the command.

use std::io;
use std::path::{Path, PathBuf};

use crate::platform::is_full;

/// Why no file was changed. Each variant displays as a sentence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EditError {
    /// A file to be created already exists.
    #[error("`{}` already exists; nothing was changed", .0.display())]
    Exists(PathBuf),
    /// A file has changed since the command read it.
    #[error("`{}` was changed just now; look at it again, then repeat this", .0.display())]
    Changed(PathBuf),
    /// A path leads out of the handbook.
    #[error("`{}` leads out of the handbook, and nothing is written there", .0.display())]
    Outside(PathBuf),
    /// A folder on the path is a symbolic link.
    #[error("`{}` is a symbolic link to a folder; use the folder it points to", .0.display())]
    LinkedFolder(PathBuf),
    /// The path is in the repository's own folder.
    #[error("`{}` is in git's own folder; name a folder of the handbook", .0.display())]
    Repository(PathBuf),
    /// The path exists but is not a file, or a parent of it is not a folder.
    #[error("`{}` is not a {expected}", .path.display())]
    WrongKind {
        /// The path in question.
        path: PathBuf,
        /// What was expected: `file` or `folder`.
        expected: &'static str,
    },
    /// The disk is full.
    #[error("`{}` is not changed: no space on its disk ({source})", .path.display())]
    DiskFull {
        /// The file to be written.
        path: PathBuf,
        /// The operating system's error.
        source: io::Error,
    },
    /// The operating system refused the action.
    #[error("`{}` cannot be {action}: {source}", .path.display())]
    Refused {
        /// The file or folder.
        path: PathBuf,
        /// The action, a participle that completes "cannot be …".
        action: &'static str,
        /// The operating system's error.
        source: io::Error,
    },
}

impl EditError {
    /// Wraps an operating system error for an action on a file; a full disk gets its own variant.
    pub(super) fn refused(action: &'static str, path: &Path, source: io::Error) -> EditError {
        let path = path.to_path_buf();
        if is_full(&source) {
            EditError::DiskFull { path, source }
        } else {
            EditError::Refused { path, action, source }
        }
    }
}
