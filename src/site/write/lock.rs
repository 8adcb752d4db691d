//! Locks on folders, so that two builds do not write to one output.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::platform;
use crate::site::write::WriteError;
use crate::site::write::error::Context;

/// A locked folder; a process that ends in any way lets it go.
pub(super) struct Lock(File);

impl Drop for Lock {
    /// Closing the file is not enough: a child process that is just being started may hold it open, too.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// What came of locking a folder.
pub(super) enum Attempt {
    /// It is ours.
    Locked(Lock),
    /// Another build holds it.
    Busy,
    /// The file system does not lock folders, as some network shares do not.
    Unsupported(Lock),
    /// There is no such folder, or no longer: another build may have just removed it.
    Gone,
}

/// Tries to lock a folder, without waiting.
pub(super) fn attempt(folder: &Path) -> Result<Attempt, WriteError> {
    let file = match platform::open_lock(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Attempt::Gone),
        opened => opened.context("open", folder)?,
    };
    Ok(match file.try_lock() {
        Ok(()) => Attempt::Locked(Lock(file)),
        Err(TryLockError::WouldBlock) => Attempt::Busy,
        Err(TryLockError::Error(_)) => Attempt::Unsupported(Lock(file)),
    })
}

/// An output folder while it is built: locked, made when it was missing, and taken away again when still empty.
pub(super) struct OutputHold {
    output: PathBuf,
    lock: Lock,
    made: bool,
}

impl OutputHold {
    /// Locks the output, and makes it when it is missing; `None` when it was removed in between.
    pub(super) fn take(output: &Path) -> Result<Option<OutputHold>, WriteError> {
        let (made, attempt) = match attempt(output)? {
            Attempt::Gone => (make(output)?, attempt(output)?),
            there => (false, there),
        };
        match attempt {
            Attempt::Busy => Err(WriteError::Busy(output.to_owned())),
            Attempt::Locked(lock) | Attempt::Unsupported(lock) => {
                Ok(Some(OutputHold { output: output.to_owned(), lock, made }))
            }
            Attempt::Gone => Ok(None),
        }
    }

    /// Whether the folder that is held is still the one of that name: another build may have exchanged it just before.
    pub(super) fn is_current(&self) -> bool {
        platform::is_lock_of(&self.lock.0, &self.output)
    }
}

impl Drop for OutputHold {
    /// Only an empty folder can be removed like this: a finished site is not.
    fn drop(&mut self) {
        if self.made && self.is_current() {
            let _ = fs::remove_dir(&self.output);
        }
    }
}

/// Whether the folder was still missing.
fn make(output: &Path) -> Result<bool, WriteError> {
    if let Some(parent) = output.parent() {
        platform::new_folders(parent).context("create", parent)?;
    }
    match platform::new_folder(output) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        made => made.map(|()| true).context("create", output),
    }
}
