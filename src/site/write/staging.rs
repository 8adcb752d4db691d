//! The staging folder next to the output, in which a new site is built.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::platform;
use crate::site::write::comparison::{AssetFile, FileDigest, ReadControl};
use crate::site::write::error::IoContext;
use crate::site::write::lock::{self, Attempt, Lock};
use crate::site::write::swap::swap;
use crate::site::write::{MANIFEST_NAME, WriteError, link_or_copy};
use crate::url::SitePath;

/// A file that identifies the staging folder to people who find it and to the next build.
pub(super) const MARKER_FILE: &str = "clausebook-staging.txt";
const MARKER_TEXT: &str = "Clausebook builds a portal here, and removes this folder when it is done.\n";

/// The incomplete new site.
pub(super) const BUILDING: &str = "building";
/// The complete new site; after the exchange, the old site.
pub(super) const READY: &str = "ready";
/// The old site, if folders cannot be exchanged.
pub(super) const OLD: &str = "old";

/// The path of the staging folder: next to the output, so that the new site can be moved there by renaming it.
pub(super) fn folder_for(output: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(output.file_name().unwrap_or_default());
    name.push(".clausebook-staging");
    output.with_file_name(name)
}

/// A new site under construction; removed if it is dropped before it is in place.
pub(super) struct Staging {
    output: PathBuf,
    folder: PathBuf,
    building: PathBuf,
    created: Mutex<HashSet<PathBuf>>,
    in_place: AtomicBool,
    _lock: Lock,
}

impl Staging {
    /// Creates the staging folder of an output, which the caller must have locked.
    pub(super) fn create(output: &Path) -> Result<Staging, WriteError> {
        let folder = folder_for(output);
        platform::create_private_folder(&folder).context("create", &folder)?;
        let lock = match lock::attempt(&folder)? {
            Attempt::Locked(lock) | Attempt::Unsupported(lock) => lock,
            Attempt::Busy | Attempt::Gone => return Err(WriteError::Busy(output.to_owned())),
        };
        let mark = folder.join(MARKER_FILE);
        fs::write(&mark, MARKER_TEXT).context("write", &mark)?;
        let building = folder.join(BUILDING);
        let staging = Staging {
            output: output.to_owned(),
            folder,
            building,
            created: Mutex::default(),
            in_place: AtomicBool::new(false),
            _lock: lock,
        };
        staging.make_folder(Path::new(""))?;
        Ok(staging)
    }

    /// Creates a folder of the new site and its parents, with the modes of the old site's folders.
    pub(super) fn make_folder(&self, path: &Path) -> Result<(), WriteError> {
        let mut created = self.created.lock().unwrap_or_else(PoisonError::into_inner);
        if created.contains(path) {
            return Ok(());
        }
        let mut above: Vec<&Path> = path.ancestors().take_while(|folder| !created.contains(*folder)).collect();
        above.reverse();
        for folder in above {
            let new = self.building.join(folder);
            platform::create_folder(&new).context("create", &new)?;
            let old = fs::symlink_metadata(self.output.join(folder));
            if let Some(old) = old.ok().filter(fs::Metadata::is_dir) {
                platform::copy_folder_access(&new, &old).context("set the mode of", &new)?;
            }
            created.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Writes a new file.
    pub(super) fn write(&self, path: &SitePath, bytes: &[u8]) -> Result<(), WriteError> {
        let (mut file, place) = self.new_file(path)?;
        file.write_all(bytes).context("write", &place)
    }

    /// Writes a new file as a copy of another.
    pub(super) fn copy(&self, path: &SitePath, asset: &AssetFile<'_>) -> Result<FileDigest, WriteError> {
        let (mut file, place) = self.new_file(path)?;
        let digest =
            asset.read(|chunk| file.write_all(chunk).context("write", &place).map(|()| ReadControl::Continue))?;
        digest.ok_or_else(|| WriteError::Incomplete(path.clone()))
    }

    fn new_file(&self, path: &SitePath) -> Result<(File, PathBuf), WriteError> {
        self.make_folder(Path::new(path.folder()))?;
        let place = self.building.join(path.as_path());
        Ok((platform::create_file(&place).context("create", &place)?, place))
    }

    /// Carries a file of the old site over to the new one.
    pub(super) fn keep(&self, path: &Path) -> Result<(), WriteError> {
        self.make_folder(path.parent().unwrap_or(Path::new("")))?;
        let old = self.output.join(path);
        link_or_copy::link_or_copy(&old, &self.building.join(path)).context("carry over", &old)
    }

    /// Writes the manifest and flushes it to disk.
    pub(super) fn write_manifest(&self, bytes: &[u8]) -> Result<(), WriteError> {
        let place = self.building.join(MANIFEST_NAME);
        let write = || -> io::Result<()> {
            let mut file = platform::create_file(&place)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().context("write", &place)
    }

    /// Replaces the old site with the complete new one. Returns the path to which the old site was moved.
    pub(super) fn publish(&self) -> Result<PathBuf, WriteError> {
        let ready = self.folder.join(READY);
        fs::rename(&self.building, &ready).context("rename", &self.building)?;
        let old = swap(&ready, &self.output, &self.folder.join(OLD)).context("replace", &self.output)?;
        self.in_place.store(true, Ordering::Relaxed);
        Ok(old)
    }

    /// Removes the staging folder after the old site has been removed from it.
    pub(super) fn close(&self) -> Result<(), WriteError> {
        remove_emptied(&self.folder)
    }
}

/// Removes a staging folder that contains only its mark.
pub(super) fn remove_emptied(folder: &Path) -> Result<(), WriteError> {
    match fs::remove_file(folder.join(MARKER_FILE)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).context("remove", &folder.join(MARKER_FILE))
        }
        _ => fs::remove_dir(folder).context("remove", folder),
    }
}

impl Drop for Staging {
    /// Before the exchange, everything in the folder was created by this build; after it, the rest belongs to the old
    /// site.
    fn drop(&mut self) {
        if self.in_place.load(Ordering::Relaxed) || self.folder.join(OLD).exists() {
            return;
        }
        for name in [BUILDING, READY] {
            let _ = fs::remove_dir_all(self.folder.join(name));
        }
        let _ = remove_emptied(&self.folder);
    }
}
