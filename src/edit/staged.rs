//! A text on the disk beside its target, putting it in place, and undoing that.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::metadata::{MetadataOutcome, resemble};
use super::place::Place;
use super::{Edit, EditError};
use crate::platform;

/// Hidden, so that it is no part of the handbook while it is there.
const PREFIX: &str = ".clausebook-";

/// A text that is written and not in place yet.
#[derive(Debug)]
pub(super) struct Staged<'e> {
    place: Place,
    edit: &'e Edit,
    new: NamedTempFile,
    likeness: MetadataOutcome,
}

impl<'e> Staged<'e> {
    /// Writes a text to a new file beside its target.
    pub(super) fn write(place: Place, edit: &'e Edit) -> Result<Staged<'e>, EditError> {
        let written = |error| EditError::refused("written", &place.named, error);
        let mut builder = tempfile::Builder::new();
        platform::share(builder.prefix(PREFIX));
        let mut new = builder.tempfile_in(place.folder()).map_err(of_temporary).map_err(written)?;
        new.write_all(&edit.new).map_err(written)?;
        let likeness = match edit.old {
            Some(_) => resemble(new.as_file(), new.path(), &place.file).map_err(written)?,
            None => MetadataOutcome::Same,
        };
        Ok(Staged { place, edit, new, likeness })
    }

    /// Waits until the disk has the text.
    pub(super) fn flush(&self) -> Result<(), EditError> {
        self.new.as_file().sync_all().map_err(|error| EditError::refused("written", &self.place.named, error))
    }
}

/// The error of a temporary file without the name of that file, which tells an author nothing.
pub(crate) fn of_temporary(error: io::Error) -> io::Error {
    io::Error::from(error.kind())
}

/// What was done so far, so that it can be undone.
#[derive(Debug, Default)]
pub(super) struct UndoLog {
    folders: Vec<PathBuf>,
    files: Vec<Change>,
}

/// A file that is in place.
#[derive(Debug)]
enum Change {
    /// It was not there before.
    Made(PathBuf),
    /// What was there before is kept beside it.
    Exchanged { file: PathBuf, old: TempPath },
    /// It was written over, and held this.
    Overwritten { file: PathBuf, old: Vec<u8> },
}

impl UndoLog {
    /// Makes a folder and those above it that are missing.
    pub(super) fn make_folders(&mut self, folder: &Path) -> Result<(), EditError> {
        let missing = folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists());
        let mut missing: Vec<&Path> = missing.collect();
        missing.reverse();
        for folder in missing {
            fs::create_dir(folder).map_err(|error| EditError::refused("made", folder, error))?;
            self.folders.push(folder.to_path_buf());
        }
        Ok(())
    }

    /// Puts a text in place.
    pub(super) fn put(&mut self, staged: Staged<'_>) -> Result<(), EditError> {
        let Staged { place, edit, new, likeness } = staged;
        match &edit.old {
            None => self.make(&place, new),
            Some(old) if likeness == MetadataOutcome::OwnedByOther => self.overwrite(&place, old, &edit.new),
            Some(old) => self.exchange(&place, new, old),
        }
    }

    fn make(&mut self, place: &Place, new: NamedTempFile) -> Result<(), EditError> {
        new.persist_noclobber(&place.file).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => EditError::Exists(place.named.clone()),
            _ => EditError::refused("written", &place.named, error.error),
        })?;
        self.files.push(Change::Made(place.file.clone()));
        Ok(())
    }

    /// Exchanges both files, then looks whether the old one is what it was: no change can slip in between.
    fn exchange(&mut self, place: &Place, new: NamedTempFile, old: &[u8]) -> Result<(), EditError> {
        let aside = new.into_temp_path();
        let refused = |error| EditError::refused("written", &place.named, error);
        swap(&aside, &place.file).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => EditError::Changed(place.named.clone()),
            _ => refused(error),
        })?;
        let held = fs::read(&aside);
        self.files.push(Change::Exchanged { file: place.file.clone(), old: aside });
        if held.map_err(refused)? == old { Ok(()) } else { Err(EditError::Changed(place.named.clone())) }
    }

    /// Writes over a file that has to keep an owner who is somebody else.
    fn overwrite(&mut self, place: &Place, old: &[u8], new: &[u8]) -> Result<(), EditError> {
        let refused = |error| EditError::refused("written", &place.named, error);
        if fs::read(&place.file).map_err(refused)? != old {
            return Err(EditError::Changed(place.named.clone()));
        }
        let mut file = OpenOptions::new().write(true).open(&place.file).map_err(refused)?;
        platform::reserve(&file, new.len()).map_err(refused)?;
        self.files.push(Change::Overwritten { file: place.file.clone(), old: old.to_vec() });
        rewrite(&mut file, new).map_err(refused)
    }

    /// Puts everything back as it was, the last change first. What the system refuses here stays beside its file.
    pub(super) fn undo(&mut self) {
        for change in self.files.drain(..).rev() {
            match change {
                Change::Made(file) => drop(fs::remove_file(file)),
                Change::Exchanged { file, old } => drop(swap(&old, &file).or_else(|_| keep(old))),
                Change::Overwritten { file, old } => {
                    drop(OpenOptions::new().write(true).open(file).and_then(|mut file| rewrite(&mut file, &old)));
                }
            }
        }
        self.folders.drain(..).rev().for_each(|folder| drop(fs::remove_dir(folder)));
    }

    /// Lets the old texts go, and waits until the disk knows the new names.
    pub(super) fn commit(self) {
        let mut folders: Vec<PathBuf> = self.files.iter().filter_map(|change| change.folder()).collect();
        folders.sort();
        folders.dedup();
        drop(self.files);
        // The texts are on the disk already; a name that it lacks is one that a power failure takes back.
        folders.iter().for_each(|folder| drop(platform::sync_folder(folder)));
    }
}

impl Change {
    fn folder(&self) -> Option<PathBuf> {
        let (Change::Made(file) | Change::Exchanged { file, .. } | Change::Overwritten { file, .. }) = self;
        file.parent().map(Path::to_path_buf)
    }
}

/// An old text that could not be put back is not thrown away.
fn keep(old: TempPath) -> io::Result<()> {
    old.keep().map(drop).map_err(|error| error.error)
}

/// Exchanges two files in one step where the system can, else in three.
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    platform::exchange(one, other).or_else(|_| swap_with_renames(one, other))
}

/// Exchanges two files; when that fails, `other` is what it was.
pub(super) fn swap_with_renames(one: &Path, other: &Path) -> io::Result<()> {
    let folder = one.parent().unwrap_or(Path::new("."));
    let aside = tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder)?.into_temp_path();
    fs::remove_file(&aside)?;
    // The second name keeps the old text while the new one takes its place in one step.
    fs::hard_link(other, &aside).or_else(|_| fs::copy(other, &aside).map(drop))?;
    platform::rename(one, other)?;
    let done = platform::rename(&aside, one);
    if done.is_err() && platform::rename(&aside, other).is_err() {
        keep(aside)?;
    }
    done
}

fn rewrite(file: &mut File, text: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(text)?;
    file.set_len(text.len() as u64)?;
    file.sync_all()
}
