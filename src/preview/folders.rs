//! The folders whose changes the operating system reports.
//!
//! Folders are watched rather than files, because an editor replaces a file when saving, which would end the watch on
//! it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use notify::{ErrorKind, EventHandler, RecursiveMode, Watcher};

use crate::source::FileStamp;

/// What to watch.
#[derive(Clone, Debug, Default)]
pub(super) struct WatchList {
    /// Folders to watch recursively.
    pub(crate) recursive: Vec<PathBuf>,
    /// Folders to watch without their subfolders.
    pub(crate) single: BTreeSet<PathBuf>,
}

/// Watches folders; `W` is the watcher of the operating system.
pub(super) struct FolderWatcher<W> {
    watcher: W,
    watched: BTreeMap<PathBuf, WatchedFolder>,
}

/// How a folder is watched, and its identity, because another folder may take its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WatchedFolder {
    mode: RecursiveMode,
    identity: FileStamp,
}

impl<W: Watcher> FolderWatcher<W> {
    /// Creates the watcher. `handler` receives changes on a separate thread.
    ///
    /// # Errors
    /// If the operating system refuses, with its reason.
    pub(super) fn new(handler: impl EventHandler) -> Result<FolderWatcher<W>, String> {
        // A build does not follow links to folders either, and they may point anywhere.
        let config = notify::Config::default().with_follow_symlinks(false);
        let watcher = W::new(handler, config).map_err(|error| describe_error(&error))?;
        Ok(FolderWatcher { watcher, watched: BTreeMap::new() })
    }

    /// Watches exactly these folders, as far as they exist. It is called before each build, because folders come and
    /// go.
    ///
    /// # Errors
    /// If the operating system refuses, with its reason; for example because too many folders are watched already.
    pub(super) fn update(&mut self, watch_list: &WatchList) -> Result<(), String> {
        let wanted_folders = existing(watch_list);
        let is_stale = |(path, old): &(&PathBuf, &WatchedFolder)| wanted_folders.get(*path) != Some(old);
        let stale: Vec<PathBuf> = self.watched.iter().filter(is_stale).map(|(path, _)| path.clone()).collect();
        for path in stale {
            // The watch of a deleted folder is gone already, so removing it may fail.
            let _ = self.watcher.unwatch(&path);
            self.watched.remove(&path);
        }
        for (path, folder) in wanted_folders {
            if !self.watched.contains_key(&path) {
                self.add(path, folder)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, path: PathBuf, folder: WatchedFolder) -> Result<(), String> {
        match self.watcher.watch(&path, folder.mode) {
            Ok(()) => drop(self.watched.insert(path, folder)),
            // The folder has just been deleted. Its parent is watched, and reports if it comes back.
            Err(error) if is_missing(&error) => {}
            Err(error) => return Err(describe_error(&error)),
        }
        Ok(())
    }

    /// Removes all watches, so that the next update watches everything again: changes were missed, possibly including
    /// new folders.
    pub(super) fn forget(&mut self) {
        for path in std::mem::take(&mut self.watched).into_keys() {
            let _ = self.watcher.unwatch(&path);
        }
    }
}

/// The existing folders without duplicates. A folder below one that is watched recursively does not need its own watch.
fn existing(watch_list: &WatchList) -> BTreeMap<PathBuf, WatchedFolder> {
    let whole: BTreeSet<PathBuf> = watch_list.recursive.iter().map(|folder| canonical(folder)).collect();
    let alone: BTreeSet<PathBuf> = watch_list.single.iter().map(|folder| canonical(folder)).collect();
    let is_covered = |folder: &Path| folder.ancestors().skip(1).any(|above| whole.contains(above));
    let single = alone.difference(&whole).map(|folder| (folder, RecursiveMode::NonRecursive));
    let modes = whole.iter().map(|folder| (folder, RecursiveMode::Recursive)).chain(single);
    let modes = modes.filter(|(folder, _)| !is_covered(folder) && folder.is_dir());
    let watched = |(folder, mode): (&PathBuf, _)| {
        Some((folder.clone(), WatchedFolder { mode, identity: FileStamp::read_folder(folder)? }))
    };
    modes.filter_map(watched).collect()
}

/// The canonical path of a folder, or the given path if it does not exist.
pub(super) fn canonical(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf())
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory),
        _ => false,
    }
}

/// Whether an error reported later means that changes will be missed from now on.
pub(super) fn is_final(error: &notify::Error) -> bool {
    matches!(error.kind, ErrorKind::MaxFilesWatch | ErrorKind::Io(_))
}

/// Describes why the operating system refuses, for the user of the preview.
pub(super) fn describe_error(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "no more folders can be watched on this machine".to_owned(),
        ErrorKind::Io(error) => error.to_string(),
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound => "a folder is not there".to_owned(),
        ErrorKind::Generic(message) => message.clone(),
        ErrorKind::InvalidConfig(_) => "this system cannot report changes".to_owned(),
    }
}
