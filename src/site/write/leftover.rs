//! Cleaning up after an interrupted build.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use crate::site::write::WriteError;
use crate::site::write::error::IoContext;
use crate::site::write::lock::{self, Attempt};
use crate::site::write::old_site::{Precedence, remove_old_site};
use crate::site::write::staging::{self, BUILDING, MARKER_FILE, OLD, READY};

/// Removes the staging folder of an interrupted build. If the build was interrupted while replacing the site, restores
/// the old one.
///
/// # Errors
/// If the folder is in use, contains other files or cannot be removed.
pub(super) fn clean_up(output: &Path) -> Result<(), WriteError> {
    let folder = staging::folder_for(output);
    if fs::symlink_metadata(&folder).is_ok_and(|metadata| !metadata.is_dir()) {
        return Err(WriteError::StagingTaken(folder));
    }
    let _lock = match lock::attempt(&folder)? {
        Attempt::Locked(lock) => lock,
        Attempt::Gone => return Ok(()),
        Attempt::Busy => return Err(WriteError::Busy(output.to_owned())),
        Attempt::Unsupported(_) => return Err(WriteError::StagingLeft(folder)),
    };
    match names_in(&folder) {
        Ok(names) if is_staging(&names) && are_folders(&folder, &names) => remove(&folder, &names, output),
        Ok(_) => Err(WriteError::StagingTaken(folder)),
        // The other build has just removed it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).context("read", &folder),
    }
}

fn remove(folder: &Path, names: &[OsString], output: &Path) -> Result<(), WriteError> {
    let present = |name: &str| names.iter().any(|present| present == name).then(|| folder.join(name));
    if let Some(old) = present(OLD) {
        restore(&old, output)?;
    }
    if let Some(building) = present(BUILDING) {
        fs::remove_dir_all(&building).context("remove", &building)?;
    }
    if let Some(ready) = present(READY) {
        remove_old_site(&ready, output, Precedence::Output)?;
    }
    staging::remove_emptied(folder)
}

/// Whether the contents are those of a staging folder. It may be empty if the build was stopped immediately.
fn is_staging(names: &[OsString]) -> bool {
    let known = |name: &OsString| [MARKER_FILE, BUILDING, READY, OLD].iter().any(|known| name == known);
    names.is_empty() || (names.iter().any(|name| name == MARKER_FILE) && names.iter().all(known))
}

/// Whether the contents are folders rather than links that somebody put there.
fn are_folders(folder: &Path, names: &[OsString]) -> bool {
    let is_folder = |name: &OsString| fs::symlink_metadata(folder.join(name)).is_ok_and(|metadata| metadata.is_dir());
    names.iter().filter(|name| *name != MARKER_FILE).all(is_folder)
}

fn names_in(folder: &Path) -> io::Result<Vec<OsString>> {
    fs::read_dir(folder)?.map(|item| Ok(item?.file_name())).collect()
}

/// Restores the old site if the output is missing or empty; otherwise the new site is already in place.
fn restore(old: &Path, output: &Path) -> Result<(), WriteError> {
    match fs::rename(old, output) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {
            remove_old_site(old, output, Precedence::Output)
        }
        done => done.context("restore", output),
    }
}
