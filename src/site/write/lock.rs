//! Locks on folders, so that two builds cannot write to the same output.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::platform;
use crate::site::write::WriteError;
use crate::site::write::error::IoContext;

/// A locked folder. The lock is released when the process ends for any reason.
pub(super) struct Lock(File);

impl Drop for Lock {
    /// Closing the file is not enough, since a child process that is just starting may also hold it open.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// The result of trying to lock a folder.
pub(super) enum Attempt {
    /// The folder is locked.
    Locked(Lock),
    /// Another build has locked it.
    Busy,
    /// The file system does not support locks, as is the case for some network shares.
    Unsupported(Lock),
    /// The folder does not exist, or another build has just removed it.
    Gone,
}

/// Tries to lock a folder without waiting.
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

/// A locked output folder during a build. It is created if missing, and removed afterwards if it is still empty.
pub(super) struct OutputLock {
    output: PathBuf,
    lock: Lock,
    created: bool,
}

impl OutputLock {
    /// Locks the output, creating it if it is missing. Returns `None` if it was removed in the meantime.
    pub(super) fn acquire(output: &Path) -> Result<Option<OutputLock>, WriteError> {
        let (created, attempt) = match attempt(output)? {
            Attempt::Gone => (make(output)?, attempt(output)?),
            there => (false, there),
        };
        match attempt {
            Attempt::Busy => Err(WriteError::Busy(output.to_owned())),
            Attempt::Locked(lock) | Attempt::Unsupported(lock) => {
                Ok(Some(OutputLock { output: output.to_owned(), lock, created }))
            }
            Attempt::Gone => Ok(None),
        }
    }

    /// Whether the locked folder is still the one at this path, since another build may just have replaced it.
    pub(super) fn is_current(&self) -> bool {
        platform::is_lock_of(&self.lock.0, &self.output)
    }
}

impl Drop for OutputLock {
    /// This removes only an empty folder, not a finished site.
    fn drop(&mut self) {
        if self.created && self.is_current() {
            let _ = fs::remove_dir(&self.output);
        }
    }
}

/// Creates a folder. Returns `false` if it already exists.
fn make(output: &Path) -> Result<bool, WriteError> {
    if let Some(parent) = output.parent() {
        platform::create_folders(parent).context("create", parent)?;
    }
    match platform::create_folder(output) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        made => made.map(|()| true).context("create", output),
    }
}
