//! Removing the old site after the exchange without losing files that are not ours.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::platform;
use crate::site::write::error::IoContext;
use crate::site::write::inventory::Inventory;
use crate::site::write::{MANIFEST_NAME, WriteError};

/// Which file takes precedence if the old site and the output each have a file of the same name that is not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Precedence {
    /// The old site's: the exchange has just taken place, and the file may have changed since it was carried over.
    OldSite,
    /// The output's: the exchange was in an earlier build, and its owner has used it since.
    Output,
}

/// Deletes an old site. Files in it that are not ours are moved to the output; if the output has a file of the same
/// name, `precedence` decides which is kept.
///
/// # Errors
/// If an operation fails; nothing is lost, and the remaining files are still there.
pub(super) fn remove_old_site(old: &Path, output: &Path, precedence: Precedence) -> Result<(), WriteError> {
    let inventory = Inventory::read(old)?;
    for folder in &inventory.foreign_folders {
        make_folders(output, folder)?;
    }
    for file in &inventory.foreign_files {
        move_foreign_file(old, output, file, precedence)?;
    }
    inventory.own_files.par_iter().try_for_each(|(path, _)| remove_file(&old.join(path.as_path())))?;
    let mut folders = [inventory.folders, inventory.foreign_folders].concat();
    folders.sort_unstable();
    for folder in folders.iter().rev().map(|folder| old.join(folder)) {
        fs::remove_dir(&folder).context("remove", &folder)?;
    }
    remove_file(&old.join(MANIFEST_NAME))?;
    fs::remove_dir(old).context("remove", old)
}

fn move_foreign_file(old: &Path, output: &Path, file: &Path, precedence: Precedence) -> Result<(), WriteError> {
    let (from, to) = (old.join(file), output.join(file));
    make_folders(output, file.parent().unwrap_or(Path::new("")))?;
    if precedence == Precedence::OldSite || fs::symlink_metadata(&to).is_err() {
        fs::rename(&from, &to).context("carry over", &from)?;
    }
    // Renaming a file to a hard link of itself leaves both.
    remove_file(&from)
}

/// Creates the missing folders of a path below the output. Links are rejected, since they would lead out of it.
fn make_folders(output: &Path, path: &Path) -> Result<(), WriteError> {
    let mut folder = output.to_owned();
    for name in path {
        folder.push(name);
        match fs::symlink_metadata(&folder) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(WriteError::InTheWay(folder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                platform::create_folder(&folder).context("create", &folder)?;
            }
            Err(error) => return Err(error).context("look at", &folder),
        }
    }
    Ok(())
}

fn remove_file(path: &Path) -> Result<(), WriteError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).context("remove", path),
        _ => Ok(()),
    }
}
