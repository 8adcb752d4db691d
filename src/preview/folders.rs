//! The folders that the system reports changes of.
//!
//! Watched are folders, because an editor that saves puts a new file in the place of the old one, and a watched file would
//! be gone with its first save.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use notify::{ErrorKind, EventHandler, RecursiveMode, Watcher};

use crate::source::Stamp;

/// What is to be watched.
#[derive(Clone, Debug, Default)]
pub(super) struct WatchList {
    /// Folders with all that is below them.
    pub(crate) whole: Vec<PathBuf>,
    /// Folders without the folders in them.
    pub(crate) alone: BTreeSet<PathBuf>,
}

/// Watches folders; `W` is how the system does it.
pub(super) struct Folders<W> {
    watcher: W,
    watched: BTreeMap<PathBuf, WatchedFolder>,
}

/// How a folder is watched, and which: another one may come to have its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WatchedFolder {
    mode: RecursiveMode,
    identity: Stamp,
}

impl<W: Watcher> Folders<W> {
    /// Prepares to watch; `handler` is told of changes, on a thread of its own.
    ///
    /// # Errors
    /// When the system refuses, and why.
    pub(super) fn new(handler: impl EventHandler) -> Result<Folders<W>, String> {
        // A link to a folder is not followed by a build either, and may lead to all there is.
        let config = notify::Config::default().with_follow_symlinks(false);
        let watcher = W::new(handler, config).map_err(|error| describe_error(&error))?;
        Ok(Folders { watcher, watched: BTreeMap::new() })
    }

    /// Watches these folders, as far as they exist, and no others; called again before each look, because folders come and
    /// go.
    ///
    /// # Errors
    /// When the system refuses, and why; for instance because too many folders are watched already.
    pub(super) fn update(&mut self, wanted: &WatchList) -> Result<(), String> {
        let wanted = existing(wanted);
        let is_stale = |(path, old): &(&PathBuf, &WatchedFolder)| wanted.get(*path) != Some(old);
        let stale: Vec<PathBuf> = self.watched.iter().filter(is_stale).map(|(path, _)| path.clone()).collect();
        for path in stale {
            // A folder that went took its watch with it, so that letting it go may fail.
            let _ = self.watcher.unwatch(&path);
            self.watched.remove(&path);
        }
        for (path, one) in wanted {
            if !self.watched.contains_key(&path) {
                self.add(path, one)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, path: PathBuf, one: WatchedFolder) -> Result<(), String> {
        match self.watcher.watch(&path, one.mode) {
            Ok(()) => drop(self.watched.insert(path, one)),
            // It went in this very moment. What is above it is watched, and reports when it comes back.
            Err(error) if is_missing(&error) => {}
            Err(error) => return Err(describe_error(&error)),
        }
        Ok(())
    }

    /// Lets everything go, so that the next update watches all of it anew: changes were missed, and new folders with them.
    pub(super) fn forget(&mut self) {
        for path in std::mem::take(&mut self.watched).into_keys() {
            let _ = self.watcher.unwatch(&path);
        }
    }
}

/// The folders that exist, each once: what is below a folder that is watched as a whole needs no watch of its own.
fn existing(wanted: &WatchList) -> BTreeMap<PathBuf, WatchedFolder> {
    let whole: BTreeSet<PathBuf> = wanted.whole.iter().map(|folder| canonical(folder)).collect();
    let alone: BTreeSet<PathBuf> = wanted.alone.iter().map(|folder| canonical(folder)).collect();
    let is_covered = |folder: &Path| folder.ancestors().skip(1).any(|above| whole.contains(above));
    let alone = alone.difference(&whole).map(|folder| (folder, RecursiveMode::NonRecursive));
    let modes = whole.iter().map(|folder| (folder, RecursiveMode::Recursive)).chain(alone);
    let modes = modes.filter(|(folder, _)| !is_covered(folder) && folder.is_dir());
    let watched = |(folder, mode): (&PathBuf, _)| {
        Some((folder.clone(), WatchedFolder { mode, identity: Stamp::of_folder(folder)? }))
    };
    modes.filter_map(watched).collect()
}

/// A folder by its only name; one that is not there keeps the name that it was given.
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

/// Whether a problem that was reported later means that changes will be missed from now on.
pub(super) fn is_final(error: &notify::Error) -> bool {
    matches!(error.kind, ErrorKind::MaxFilesWatch | ErrorKind::Io(_))
}

/// Why the system refuses, in words for whoever runs the preview.
pub(super) fn describe_error(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "no more folders can be watched on this machine".to_owned(),
        ErrorKind::Io(error) => error.to_string(),
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound => "a folder is not there".to_owned(),
        ErrorKind::Generic(message) => message.clone(),
        ErrorKind::InvalidConfig(_) => "this system cannot report changes".to_owned(),
    }
}
