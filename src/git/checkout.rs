//! Waiting until git has finished with the files of a work tree.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// The interval for checking whether git has finished.
const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// The maximum wait. A checkout that takes longer is shown incomplete.
const MAX_WAIT: Duration = Duration::from_secs(30);
/// The age from which a lock counts as left behind by a git process that was killed.
const STALE_AFTER: Duration = Duration::from_secs(120);

/// Waits while git writes the files of a folder's work tree, because half a revision is not a valid state of a
/// handbook.
pub(crate) fn wait_for_checkout(folder: &Path) {
    let Some(lock) = lock_file(folder) else { return };
    let started = Instant::now();
    while is_held(&lock) && started.elapsed() < MAX_WAIT {
        std::thread::sleep(POLL_INTERVAL);
    }
}

/// The lock file that exists while git changes a work tree.
fn lock_file(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    let git = folder.ancestors().map(|above| above.join(".git")).find(|git| git.exists())?;
    if git.is_dir() {
        return Some(git.join("index.lock"));
    }
    // In a linked work tree or a submodule, `.git` is a file that names the folder.
    let content = fs::read_to_string(&git).ok()?;
    let place = git.parent()?.join(content.strip_prefix("gitdir: ")?.trim_end());
    Some(place.join("index.lock"))
}

fn is_held(lock: &Path) -> bool {
    let modified = fs::metadata(lock).and_then(|metadata| metadata.modified());
    modified.is_ok_and(|made| SystemTime::now().duration_since(made).is_ok_and(|age| age < STALE_AFTER))
}
