//! Why no file was changed, for the person who ran the command.

use std::io;
use std::path::{Path, PathBuf};

use crate::platform::is_full;

/// Why no file was changed; each a sentence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EditError {
    /// A file that was to be made is there already.
    #[error("`{}` already exists; nothing was changed", .0.display())]
    Exists(PathBuf),
    /// A file is not what the command read.
    #[error("`{}` was changed just now; look at it again, then repeat this", .0.display())]
    Changed(PathBuf),
    /// A path would lead out of the handbook.
    #[error("`{}` leads out of the handbook, and nothing is written there", .0.display())]
    Outside(PathBuf),
    /// A folder on the way is a symbolic link.
    #[error("`{}` is a symbolic link to a folder; use the folder it points to", .0.display())]
    LinkedFolder(PathBuf),
    /// The path is in the repository's own folder.
    #[error("`{}` is in git's own folder; name a folder of the handbook", .0.display())]
    Repository(PathBuf),
    /// What stands there is no file, or where a folder has to be is none.
    #[error("`{}` is not a {expected}", .path.display())]
    Kind {
        /// What stands there.
        path: PathBuf,
        /// What was expected: `file` or `folder`.
        expected: &'static str,
    },
    /// The disk has no room.
    #[error("`{}` is not changed: no space on its disk ({source})", .path.display())]
    Full {
        /// The file that was to be written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The system refused.
    #[error("`{}` cannot be {action}: {source}", .path.display())]
    Refused {
        /// The file or folder.
        path: PathBuf,
        /// What was to be done, as in "cannot be written".
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

impl EditError {
    /// What the system refused to do with a file.
    pub(super) fn refused(action: &'static str, path: &Path, source: io::Error) -> EditError {
        let path = path.to_path_buf();
        if is_full(&source) { EditError::Full { path, source } } else { EditError::Refused { path, action, source } }
    }
}
