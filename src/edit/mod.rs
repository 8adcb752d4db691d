//! Changes to files that belong to a handbook's author: all of them are made, or none is.
//!
//! A command collects what it wants in [`Edits`] and calls [`Edits::save`] once:
//!
//! - **All or none.** Every new text is written to a hidden file beside its target and flushed to the disk before the
//!   first target changes. What fails after that, a full disk included, is undone; a text is never cut short. A process that
//!   is killed in between leaves each file whole, as it was or as it is to be, and at most a `.clausebook-*` file beside it.
//! - **Nobody's work is lost.** A file that is no longer what the command read is left alone, and so is one that appeared
//!   where a new one was to be. The comparison comes after the exchange, so there is no moment in which a change is missed.
//! - **The file stays the same file to its readers.** Owner, group, mode and extended attributes are kept. Where only the
//!   owner could keep a new file's ownership, the text is written into the old file, after the disk has reserved room for it.
//! - **Only inside.** Nothing is written through a link to a folder, outside the handbook's folder, or into `.git`. A document
//!   that is a link to another file of the handbook stays a link; the file it leads to changes.

mod error;
mod metadata;
mod place;
mod staged;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub(crate) use error::EditError;
use place::Place;
pub(crate) use staged::of_temporary;
use staged::{Staged, UndoLog};

/// Changes to files of a handbook, to be made together.
#[derive(Debug)]
pub(crate) struct Edits {
    root: PathBuf,
    list: Vec<Edit>,
}

/// A file as it is on disk now, line ends and byte order mark included; `path` is relative to the handbook's folder.
///
/// # Errors
/// When it is no UTF-8, or the system refuses.
pub(crate) fn current(root: &Path, path: &str) -> io::Result<String> {
    fs::read_to_string(root.join(path))
}

/// A change of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    /// Path relative to the handbook's folder, with `/` between names.
    path: String,
    /// What the file holds now; `None` when there is none yet.
    old: Option<Vec<u8>>,
    new: Vec<u8>,
}

impl Edits {
    /// No changes yet, to files below a handbook's folder.
    pub(crate) fn new(root: &Path) -> Edits {
        Edits { root: root.to_path_buf(), list: Vec::new() }
    }

    /// Adds a file that is not there yet; `path` is relative to the handbook's folder, with `/` between names.
    pub(crate) fn create(&mut self, path: &str, text: &str) {
        self.list.push(Edit { path: path.to_owned(), old: None, new: text.into() });
    }

    /// Adds a file that is not text, such as a picture.
    pub(crate) fn create_bytes(&mut self, path: &str, bytes: Vec<u8>) {
        self.list.push(Edit { path: path.to_owned(), old: None, new: bytes });
    }

    /// Gives a file another text; `old` is the text that the command read, line ends and byte order mark included.
    pub(crate) fn replace(&mut self, path: &str, old: &str, new: &str) {
        self.list.push(Edit { path: path.to_owned(), old: Some(old.into()), new: new.into() });
    }

    /// Makes all changes, folders included.
    ///
    /// # Errors
    /// When one of them cannot be made; then none is, and the folders that were made for them are gone again.
    pub(crate) fn save(self) -> Result<(), EditError> {
        let mut done = UndoLog::default();
        self.make(&mut done).inspect_err(|_| done.undo())?;
        done.commit();
        Ok(())
    }

    fn make(&self, done: &mut UndoLog) -> Result<(), EditError> {
        done.make_folders(&self.root)?;
        let mut staged = Vec::with_capacity(self.list.len());
        for edit in &self.list {
            let place = Place::find(&self.root, &edit.path, edit.old.is_some())?;
            done.make_folders(place.folder())?;
            staged.push(Staged::write(place, edit)?);
        }
        staged.par_iter().try_for_each(Staged::flush)?;
        staged.into_iter().try_for_each(|one| done.put(one))
    }
}

#[cfg(test)]
mod tests;
