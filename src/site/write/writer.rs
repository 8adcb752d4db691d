//! Writing a site to a folder.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use crate::site::write::comparison::{AssetFile, FileDigest, digest_if_same, has_contents, is_blank, is_unmodified};
use crate::site::write::inventory::Inventory;
use crate::site::write::lock::OutputLock;
use crate::site::write::manifest::{self, ManifestEntry};
use crate::site::write::names::{NameKind, NameRegistry};
use crate::site::write::old_site::{Precedence, remove_old_site};
use crate::site::write::staging::Staging;
use crate::site::write::{Contents, Target, WriteError};
use crate::url::SitePath;

/// A new site for an output folder. If it is dropped without [`SiteWriter::finish`], the old site is unchanged.
pub struct SiteWriter {
    // Fields are dropped in this order: staged files must be removed before the output is unlocked.
    staging: Mutex<Option<Arc<Staging>>>,
    record: Mutex<Record>,
    names: NameRegistry,
    old: Inventory,
    output: PathBuf,
    /// Set when the build is to stop.
    stop: Arc<AtomicBool>,
    _hold: OutputLock,
}

/// The files added so far.
#[derive(Default)]
struct Record {
    entries: Vec<ManifestEntry>,
    unchanged: Vec<SitePath>,
    /// Files that the new site replaces or removes, and that have been changed since they were written.
    edited: Vec<SitePath>,
    failed: Option<SitePath>,
}

/// The result of writing a site. The manifest is not counted.
#[derive(Debug, Default)]
pub struct WriteSummary {
    /// The number of files.
    pub files: usize,
    /// The number of pages among them.
    pub(crate) pages: usize,
    /// The total size in bytes.
    pub bytes: u64,
    /// The number of new or changed files.
    pub changed: usize,
    /// The number of unchanged files, which keep their inode and modification time.
    pub unchanged: usize,
    /// The number of files of the old site that the new one does not contain.
    pub removed: usize,
    /// Why the old site could not be removed; the new one is in place, and the next build tries again.
    pub leftover: Option<WriteError>,
}

/// Whether a file has changed.
enum Change {
    Changed(FileDigest),
    Unchanged(FileDigest),
}

impl SiteWriter {
    pub(super) fn new(output: &Path, old: Inventory, hold: OutputLock) -> SiteWriter {
        SiteWriter {
            staging: Mutex::default(),
            record: Mutex::default(),
            names: NameRegistry::default(),
            old,
            output: output.to_owned(),
            stop: Arc::default(),
            _hold: hold,
        }
    }

    /// Stops the build when `stop` is set. The old site is unchanged unless the new one is already in place.
    pub(crate) fn stop_when(&mut self, stop: Arc<AtomicBool>) {
        self.stop = stop;
    }

    fn check_stopped(&self) -> Result<(), WriteError> {
        if self.stop.load(Ordering::Relaxed) { Err(WriteError::Interrupted) } else { Ok(()) }
    }

    /// Replaces the old site with the new one. Writes nothing if they are equal.
    ///
    /// # Errors
    /// If a file could not be added earlier, if a file that is not ours has the name of one that is, or if an operation
    /// fails; the old site is then unchanged.
    pub fn finish(self) -> Result<WriteSummary, WriteError> {
        self.refuse_occupied()?;
        let Record { mut entries, unchanged, edited, failed } = std::mem::take(&mut *self.record());
        if let Some(path) = failed {
            return Err(WriteError::Incomplete(path));
        }
        self.refuse_edited(edited)?;
        let manifest = manifest::render(&mut entries);
        let mut summary = self.count(&entries, unchanged.len());
        let same_files = summary.changed == 0 && summary.removed == 0;
        if !same_files || self.old.manifest.as_deref() != Some(&manifest) {
            summary.leftover = self.replace(&unchanged, &manifest)?;
        }
        Ok(summary)
    }

    /// A digest of the names of the folder's files that do not belong to the site.
    pub(crate) fn foreign_files_hash(&self) -> blake3::Hash {
        let mut names: Vec<&[u8]> =
            self.old.foreign_files.iter().map(|path| path.as_os_str().as_encoded_bytes()).collect();
        names.sort_unstable();
        blake3::hash(&names.join(&b'\0'))
    }

    /// Completes and publishes the new site. Returns an error that occurred after that, if any.
    fn replace(&self, unchanged: &[SitePath], manifest: &[u8]) -> Result<Option<WriteError>, WriteError> {
        let staging = self.staging()?;
        unchanged.par_iter().try_for_each(|path| staging.keep(path.as_path()))?;
        staging.write_manifest(manifest)?;
        self.check_stopped()?;
        // Last, to minimize the risk that these files change before the exchange.
        self.old.foreign_folders.iter().try_for_each(|folder| staging.make_folder(folder))?;
        self.old.foreign_files.iter().try_for_each(|file| staging.keep(file))?;
        let old = staging.publish()?;
        Ok(remove_old_site(&old, &self.output, Precedence::OldSite).and_then(|()| staging.close()).err())
    }

    fn count(&self, entries: &[ManifestEntry], unchanged: usize) -> WriteSummary {
        WriteSummary {
            files: entries.len(),
            pages: manifest::pages(entries),
            bytes: entries.iter().map(|entry| entry.size).sum(),
            changed: entries.len() - unchanged,
            unchanged,
            removed: self.removed().count(),
            leftover: None,
        }
    }

    fn is_file(&self, path: &str) -> bool {
        self.names.kind_of(path) == Some(NameKind::File)
    }

    /// Our files that the new site does not contain.
    fn removed(&self) -> impl Iterator<Item = (&SitePath, &FileDigest)> {
        self.old.own_files.iter().filter(|(path, _)| !self.is_file(path.as_str()))
    }

    /// Refuses to replace or remove files that have been changed since they were written, since they are no longer
    /// ours, or never were.
    fn refuse_edited(&self, mut edited: Vec<SitePath>) -> Result<(), WriteError> {
        let removed: Vec<_> = self.removed().collect();
        let is_edited = |(path, digest): &&(&SitePath, &FileDigest)| !is_unmodified(&self.place(path), digest);
        edited.par_extend(removed.par_iter().filter(is_edited).map(|(path, _)| (*path).clone()));
        if edited.is_empty() {
            return Ok(());
        }
        edited.sort();
        Err(WriteError::Edited { output: self.output.clone(), files: edited })
    }

    /// Rejects a site if a file or folder in it has the same path as something in the output that is not ours.
    fn refuse_occupied(&self) -> Result<(), WriteError> {
        let holder = |path: &Path| path.to_str().and_then(|path| self.names.kind_of(path));
        let below_file = |path: &&PathBuf| path.ancestors().any(|above| holder(above) == Some(NameKind::File));
        let on_folder = |path: &&PathBuf| holder(path) == Some(NameKind::Folder);
        let file = self.old.foreign_files.iter().find(|path| below_file(path) || on_folder(path));
        match file.or_else(|| self.old.foreign_folders.iter().find(below_file)) {
            Some(path) => Err(WriteError::Occupied(self.output.join(path))),
            None => Ok(()),
        }
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The staging folder, created for the first file that needs it; an unchanged site needs none.
    fn staging(&self) -> Result<Arc<Staging>, WriteError> {
        let mut staging = self.staging.lock().unwrap_or_else(PoisonError::into_inner);
        match &*staging {
            Some(staging) => Ok(Arc::clone(staging)),
            None => Ok(Arc::clone(staging.insert(Arc::new(Staging::create(&self.output)?)))),
        }
    }

    /// The path and digest of our file in the old site.
    fn old_file(&self, path: &SitePath) -> Option<(PathBuf, &FileDigest)> {
        self.old.own_files.get(path).map(|digest| (self.place(path), digest))
    }

    /// The path of a file in the output.
    fn place(&self, path: &SitePath) -> PathBuf {
        self.output.join(path.as_path())
    }

    /// Records a file that is to be replaced but is no longer as written. Blank files are the result of a power failure
    /// and are ignored.
    fn note_edited(&self, path: &SitePath, old: &Path, digest: &FileDigest) {
        if !is_unmodified(old, digest) && !is_blank(old) {
            self.record().edited.push(path.clone());
        }
    }

    fn write(&self, path: &SitePath, contents: &Contents<'_>) -> Result<Change, WriteError> {
        match contents {
            Contents::Bytes(bytes) => self.write_bytes(path, bytes),
            Contents::File(file) => self.copy(path, &AssetFile::open(file, path)?),
        }
    }

    fn write_bytes(&self, path: &SitePath, bytes: &[u8]) -> Result<Change, WriteError> {
        let digest = FileDigest::new(bytes);
        if let Some((old, old_digest)) = self.old_file(path) {
            if has_contents(&old, bytes) {
                return Ok(Change::Unchanged(digest));
            }
            self.note_edited(path, &old, old_digest);
        }
        self.staging()?.write(path, bytes)?;
        Ok(Change::Changed(digest))
    }

    fn copy(&self, path: &SitePath, asset: &AssetFile<'_>) -> Result<Change, WriteError> {
        if let Some((old, old_digest)) = self.old_file(path) {
            if let Some(digest) = digest_if_same(asset, &old)? {
                return Ok(Change::Unchanged(digest));
            }
            self.note_edited(path, &old, old_digest);
        }
        Ok(Change::Changed(self.staging()?.copy(path, asset)?))
    }
}

impl Target for SiteWriter {
    fn add(&self, path: &SitePath, contents: Contents<'_>) -> Result<(), WriteError> {
        self.check_stopped()?;
        self.names.reserve(path)?;
        let change = self.write(path, &contents);
        let mut record = self.record();
        let digest = match change {
            Ok(Change::Changed(digest)) => digest,
            Ok(Change::Unchanged(digest)) => {
                record.unchanged.push(path.clone());
                digest
            }
            Err(error) => {
                record.failed.get_or_insert_with(|| path.clone());
                return Err(error);
            }
        };
        record.entries.push(ManifestEntry { path: path.clone(), size: digest.size, blake3: digest.blake3 });
        Ok(())
    }

    fn foreign_files(&self) -> Vec<String> {
        self.old.foreign_names()
    }
}
