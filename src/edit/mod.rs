//! Atomic changes to the files of a handbook: either all are made, or none.
//!
//! A command collects its changes in [`Edits`] and calls [`Edits::save`] once:
//!
//! - **All or none.** Every new text is written to a hidden file beside its target and flushed to disk before the first
//!   target changes. If a later step fails, even because the disk is full, everything is undone; no file is ever
//!   truncated. If the process is killed, each file is complete, either old or new, and at worst a `.clausebook-*` file
//!   is left beside it.
//! - **Nobody's work is lost.** A file that differs from what the command read is left alone, and so is one that
//!   appeared where a new one was planned. The comparison comes after the exchange, so no concurrent change is missed.
//! - **Metadata is kept.** A file keeps its owner, group, mode and extended attributes. If only the owner could
//!   preserve the ownership of a new file, the text is written into the old file, after space for it has been reserved
//!   on disk.
//! - **Only inside the handbook.** Nothing is written through a link to a folder, outside the handbook's folder, or
//!   into `.git`. A document that is a link to another file of the handbook stays a link; its target is changed.

mod error;
mod metadata;
mod staged;
mod target_file;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub(crate) use error::EditError;
pub(crate) use staged::without_file_name;
use staged::{StagedFile, UndoLog};
use target_file::TargetFile;

/// Changes to files of a handbook, to be saved together.
#[derive(Debug)]
pub(crate) struct Edits {
    root: PathBuf,
    edits: Vec<Edit>,
}

/// Reads a file as it is on disk, including line ends and byte order mark; `path` is relative to the handbook's folder.
///
/// # Errors
/// If the file is not UTF-8 or cannot be read.
pub(crate) fn read_current(root: &Path, path: &str) -> io::Result<String> {
    fs::read_to_string(root.join(path))
}

/// A change to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    /// Path relative to the handbook's folder, separated by `/`.
    path: String,
    /// Expected current content; `None` if the file must not exist yet.
    old: Option<Vec<u8>>,
    new: Vec<u8>,
}

impl Edits {
    /// An empty set of changes to files below the handbook's folder `root`.
    pub(crate) fn new(root: &Path) -> Edits {
        Edits { root: root.to_path_buf(), edits: Vec::new() }
    }

    /// Adds a file that must not exist yet; `path` is relative to the handbook's folder and separated by `/`.
    pub(crate) fn create(&mut self, path: &str, text: &str) {
        self.edits.push(Edit { path: path.to_owned(), old: None, new: text.into() });
    }

    /// Adds a binary file, for example a picture, that must not exist yet.
    pub(crate) fn create_bytes(&mut self, path: &str, bytes: Vec<u8>) {
        self.edits.push(Edit { path: path.to_owned(), old: None, new: bytes });
    }

    /// Replaces a file's content; `old` is the content that the command read, including line ends and byte order mark.
    pub(crate) fn replace(&mut self, path: &str, old: &str, new: &str) {
        self.edits.push(Edit { path: path.to_owned(), old: Some(old.into()), new: new.into() });
    }

    /// Makes all changes, and creates missing folders.
    ///
    /// # Errors
    /// If any change cannot be made. All others are then undone, and the folders created for them are removed.
    pub(crate) fn save(self) -> Result<(), EditError> {
        let mut undo_log = UndoLog::default();
        self.apply_all(&mut undo_log).inspect_err(|_| undo_log.undo())?;
        undo_log.commit();
        Ok(())
    }

    fn apply_all(&self, undo_log: &mut UndoLog) -> Result<(), EditError> {
        undo_log.create_folders(&self.root)?;
        let mut staged = Vec::with_capacity(self.edits.len());
        for edit in &self.edits {
            let place = TargetFile::resolve(&self.root, &edit.path, edit.old.is_some())?;
            undo_log.create_folders(place.folder())?;
            staged.push(StagedFile::write(place, edit)?);
        }
        staged.par_iter().try_for_each(StagedFile::flush)?;
        staged.into_iter().try_for_each(|file| undo_log.apply(file))
    }
}

#[cfg(test)]
mod tests;
