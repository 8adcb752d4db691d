//! Writes a text beside its target, moves it into place, and undoes that.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::metadata::{MetadataOutcome, copy_metadata};
use super::target_file::TargetFile;
use super::{Edit, EditError};
use crate::platform;

/// Starts with a dot, so that a temporary file is hidden and not taken for part of the handbook.
const TEMP_PREFIX: &str = ".clausebook-";

/// A text that is written to a temporary file but not yet in place.
#[derive(Debug)]
pub(super) struct StagedFile<'e> {
    place: TargetFile,
    edit: &'e Edit,
    new: NamedTempFile,
    metadata: MetadataOutcome,
}

impl<'e> StagedFile<'e> {
    /// Writes a text to a new file beside its target.
    pub(super) fn write(place: TargetFile, edit: &'e Edit) -> Result<StagedFile<'e>, EditError> {
        let write_error = |error| EditError::refused("written", &place.named_path, error);
        let mut builder = tempfile::Builder::new();
        platform::share(builder.prefix(TEMP_PREFIX));
        let mut new = builder.tempfile_in(place.folder()).map_err(without_file_name).map_err(write_error)?;
        new.write_all(&edit.new).map_err(write_error)?;
        let likeness = match edit.old {
            Some(_) => copy_metadata(new.as_file(), new.path(), &place.file).map_err(write_error)?,
            None => MetadataOutcome::Replaceable,
        };
        Ok(StagedFile { place, edit, new, metadata: likeness })
    }

    /// Waits until the text is on disk.
    pub(super) fn flush(&self) -> Result<(), EditError> {
        self.new.as_file().sync_all().map_err(|error| EditError::refused("written", &self.place.named_path, error))
    }
}

/// The error without the name of the temporary file, which means nothing to an author.
pub(crate) fn without_file_name(error: io::Error) -> io::Error {
    io::Error::from(error.kind())
}

/// The steps taken so far, so that they can be undone.
#[derive(Debug, Default)]
pub(super) struct UndoLog {
    folders: Vec<PathBuf>,
    files: Vec<AppliedChange>,
}

/// A file that has been put in place.
#[derive(Debug)]
enum AppliedChange {
    /// A new file.
    Created(PathBuf),
    /// The file was exchanged; its old version is at `old`.
    Exchanged { file: PathBuf, old: TempPath },
    /// The file was overwritten; `old` is its previous content.
    Overwritten { file: PathBuf, old: Vec<u8> },
}

impl UndoLog {
    /// Creates a folder and any missing parents.
    pub(super) fn create_folders(&mut self, folder: &Path) -> Result<(), EditError> {
        let missing = folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists());
        let mut missing: Vec<&Path> = missing.collect();
        missing.reverse();
        for folder in missing {
            fs::create_dir(folder).map_err(|error| EditError::refused("made", folder, error))?;
            self.folders.push(folder.to_path_buf());
        }
        Ok(())
    }

    /// Moves a staged text into place.
    pub(super) fn apply(&mut self, staged: StagedFile<'_>) -> Result<(), EditError> {
        let StagedFile { place, edit, new, metadata: likeness } = staged;
        match &edit.old {
            None => self.create(&place, new),
            Some(old) if likeness == MetadataOutcome::OwnedByOther => self.overwrite(&place, old, &edit.new),
            Some(old) => self.exchange(&place, new, old),
        }
    }

    fn create(&mut self, place: &TargetFile, new: NamedTempFile) -> Result<(), EditError> {
        new.persist_noclobber(&place.file).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => EditError::Exists(place.named_path.clone()),
            _ => EditError::refused("written", &place.named_path, error.error),
        })?;
        self.files.push(AppliedChange::Created(place.file.clone()));
        Ok(())
    }

    /// Exchanges both files, then checks that the old one is as expected, so that no concurrent change is missed.
    fn exchange(&mut self, place: &TargetFile, new: NamedTempFile, old: &[u8]) -> Result<(), EditError> {
        let temp_path = new.into_temp_path();
        let refused = |error| EditError::refused("written", &place.named_path, error);
        swap(&temp_path, &place.file).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => EditError::Changed(place.named_path.clone()),
            _ => refused(error),
        })?;
        let content = fs::read(&temp_path);
        self.files.push(AppliedChange::Exchanged { file: place.file.clone(), old: temp_path });
        if content.map_err(refused)? == old { Ok(()) } else { Err(EditError::Changed(place.named_path.clone())) }
    }

    /// Overwrites a file in place, so that it keeps its owner.
    fn overwrite(&mut self, place: &TargetFile, old: &[u8], new: &[u8]) -> Result<(), EditError> {
        let refused = |error| EditError::refused("written", &place.named_path, error);
        if fs::read(&place.file).map_err(refused)? != old {
            return Err(EditError::Changed(place.named_path.clone()));
        }
        let mut file = OpenOptions::new().write(true).open(&place.file).map_err(refused)?;
        platform::reserve_space(&file, new.len()).map_err(refused)?;
        self.files.push(AppliedChange::Overwritten { file: place.file.clone(), old: old.to_vec() });
        rewrite(&mut file, new).map_err(refused)
    }

    /// Reverts all changes, the latest first. An old file that cannot be restored is kept beside its target.
    pub(super) fn undo(&mut self) {
        for change in self.files.drain(..).rev() {
            match change {
                AppliedChange::Created(file) => drop(fs::remove_file(file)),
                AppliedChange::Exchanged { file, old } => drop(swap(&old, &file).or_else(|_| keep_file(old))),
                AppliedChange::Overwritten { file, old } => {
                    drop(OpenOptions::new().write(true).open(file).and_then(|mut file| rewrite(&mut file, &old)));
                }
            }
        }
        self.folders.drain(..).rev().for_each(|folder| drop(fs::remove_dir(folder)));
    }

    /// Discards the old files and waits until the new names are on disk.
    pub(super) fn commit(self) {
        let mut folders: Vec<PathBuf> = self.files.iter().filter_map(|change| change.folder()).collect();
        folders.sort();
        folders.dedup();
        drop(self.files);
        // The contents are already on disk; if syncing a folder fails, a power failure may at worst revert a new name.
        folders.iter().for_each(|folder| drop(platform::sync_folder(folder)));
    }
}

impl AppliedChange {
    fn folder(&self) -> Option<PathBuf> {
        let (AppliedChange::Created(file)
        | AppliedChange::Exchanged { file, .. }
        | AppliedChange::Overwritten { file, .. }) = self;
        file.parent().map(Path::to_path_buf)
    }
}

/// Keeps an old file that could not be restored, instead of deleting it on drop.
fn keep_file(old: TempPath) -> io::Result<()> {
    old.keep().map(drop).map_err(|error| error.error)
}

/// Exchanges two files atomically if the system supports it, otherwise in three steps.
fn swap(path: &Path, other: &Path) -> io::Result<()> {
    platform::exchange(path, other).or_else(|_| swap_with_renames(path, other))
}

/// Exchanges two files; if that fails, `other` keeps its content.
pub(super) fn swap_with_renames(path: &Path, other: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let temp_path = tempfile::Builder::new().prefix(TEMP_PREFIX).tempfile_in(folder)?.into_temp_path();
    fs::remove_file(&temp_path)?;
    // The second name preserves the old content while the new one replaces it atomically.
    fs::hard_link(other, &temp_path).or_else(|_| fs::copy(other, &temp_path).map(drop))?;
    platform::rename(path, other)?;
    let result = platform::rename(&temp_path, path);
    if result.is_err() && platform::rename(&temp_path, other).is_err() {
        keep_file(temp_path)?;
    }
    result
}

fn rewrite(file: &mut File, text: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(text)?;
    file.set_len(text.len() as u64)?;
    file.sync_all()
}
