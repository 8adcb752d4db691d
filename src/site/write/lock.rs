//! Locks on folders, so that two builds do not write to one output.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::site::write::error::Context;
use crate::site::write::{WriteError, system};

/// What came of locking a folder.
pub(super) enum Attempt {
    /// It is ours until the file is closed, which a process that ends in any way does.
    Locked(File),
    /// Another build holds it.
    Busy,
    /// The file system does not lock folders, as some network shares do not.
    Unsupported(File),
    /// There is no such folder: another build has just removed it.
    Gone,
}

/// Tries to lock a folder, without waiting.
pub(super) fn attempt(folder: &Path) -> Result<Attempt, WriteError> {
    let file = match File::open(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Attempt::Gone),
        opened => opened.context("open", folder)?,
    };
    Ok(match file.try_lock() {
        Ok(()) => Attempt::Locked(file),
        Err(TryLockError::WouldBlock) => Attempt::Busy,
        Err(TryLockError::Error(_)) => Attempt::Unsupported(file),
    })
}

/// An output folder while it is built: locked, made when it was missing, and taken away again when still empty.
pub(super) struct Hold {
    output: PathBuf,
    opened: File,
    made: bool,
}

impl Hold {
    /// Locks the output, and makes it when it is missing; `None` when it was removed in between.
    pub(super) fn take(output: &Path) -> Result<Option<Hold>, WriteError> {
        let made = make_missing(output)?;
        match attempt(output)? {
            Attempt::Busy => Err(WriteError::Busy(output.to_owned())),
            Attempt::Locked(opened) | Attempt::Unsupported(opened) => {
                Ok(Some(Hold { output: output.to_owned(), opened, made }))
            }
            Attempt::Gone => Ok(None),
        }
    }

    /// Whether the folder that is held is still the one of that name: another build may have exchanged it just before.
    pub(super) fn is_current(&self) -> bool {
        let named = fs::symlink_metadata(&self.output);
        let held = self.opened.metadata();
        matches!((named, held), (Ok(named), Ok(held)) if system::is_same(&named, &held))
    }
}

impl Drop for Hold {
    /// Only an empty folder can be removed like this: a finished site is not.
    fn drop(&mut self) {
        if self.made && self.is_current() {
            let _ = fs::remove_dir(&self.output);
        }
    }
}

/// Whether the folder was missing.
fn make_missing(output: &Path) -> Result<bool, WriteError> {
    if let Some(parent) = output.parent() {
        system::new_folders(parent).context("create", parent)?;
    }
    match system::new_folder(output) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).context("create", output),
    }
}
