//! Waiting until git is done with the files of a work tree.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// How often it is looked at whether git is done.
const PAUSE: Duration = Duration::from_millis(50);
/// A checkout that takes longer than this is shown half-done.
const MAX_WAIT: Duration = Duration::from_secs(30);
/// An older lock was left behind by a git that was killed.
const STALE: Duration = Duration::from_secs(120);

/// Waits while git writes the files of the work tree that a folder is in: half a revision is no state of a handbook.
pub(crate) fn wait_for(folder: &Path) {
    let Some(lock) = lock(folder) else { return };
    let began = Instant::now();
    while is_held(&lock) && began.elapsed() < MAX_WAIT {
        std::thread::sleep(PAUSE);
    }
}

/// The file that is there while git changes a work tree.
fn lock(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    let git = folder.ancestors().map(|above| above.join(".git")).find(|git| git.exists())?;
    if git.is_dir() {
        return Some(git.join("index.lock"));
    }
    // In a further work tree, and in a submodule, a file names the folder.
    let named = fs::read_to_string(&git).ok()?;
    let place = git.parent()?.join(named.strip_prefix("gitdir: ")?.trim_end());
    Some(place.join("index.lock"))
}

fn is_held(lock: &Path) -> bool {
    let made = fs::metadata(lock).and_then(|metadata| metadata.modified());
    made.is_ok_and(|made| SystemTime::now().duration_since(made).is_ok_and(|age| age < STALE))
}
