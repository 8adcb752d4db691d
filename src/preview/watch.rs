//! Hints that something may have changed.
//!
//! What the system reports is only a hint: some of it is about reading, some changes are reported twice or in part.
//! Whoever takes a hint looks at the files themselves. Watched are folders, because an editor that saves puts a new
//! file in the place of the old one, and a watched file would be gone with its first save.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::files::Stamp;

/// After a hint this long is waited for another.
pub const QUIET: Duration = Duration::from_millis(100);
/// A hint is never kept longer than this.
const MOST: Duration = Duration::from_millis(500);

/// What the thread that builds is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint;

/// Watches the folders of a handbook.
pub struct Folders {
    watcher: RecommendedWatcher,
    watched: BTreeMap<PathBuf, Option<Stamp>>,
}

impl Folders {
    /// Begins to watch `root` itself, for settings and for folders that are made later.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn watch(root: &Path, output: PathBuf, hints: Sender<Hint>) -> notify::Result<Folders> {
        let output = output.canonicalize().unwrap_or(output);
        let report = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| !matters(&event, &output)) {
                return;
            }
            // The receiver is gone when the program ends.
            let _ = hints.send(Hint);
        };
        let mut watcher = notify::recommended_watcher(report)?;
        watcher.watch(&canonical(root), RecursiveMode::NonRecursive)?;
        Ok(Folders { watcher, watched: BTreeMap::new() })
    }

    /// Watches these folders with all that is below them, as far as they exist; called again before each look, because
    /// folders come and go.
    ///
    /// # Errors
    /// When the system refuses, for instance because too many folders are watched already.
    pub fn update(&mut self, folders: &[PathBuf]) -> notify::Result<()> {
        for folder in folders {
            let folder = canonical(folder);
            let identity = folder.is_dir().then(|| identity(&folder)).flatten();
            if self.watched.get(&folder) == Some(&identity) {
                continue;
            }
            // A folder that went took its watch with it, so that letting it go may fail.
            let _ = self.watcher.unwatch(&folder);
            if identity.is_some() {
                self.watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
            self.watched.insert(folder, identity);
        }
        Ok(())
    }
}

fn canonical(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf())
}

/// Tells a folder from another one of the same name.
fn identity(folder: &Path) -> Option<Stamp> {
    Stamp::of_folder(folder)
}

/// Whether an event can be about a change of something that is read.
fn matters(event: &Event, output: &Path) -> bool {
    let idle = matches!(event.kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)));
    let elsewhere = |path: &PathBuf| path.starts_with(output);
    event.need_rescan() || (!idle && (event.paths.is_empty() || !event.paths.iter().all(elsewhere)))
}

/// What ended a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Woken {
    /// Something may have changed.
    Hint,
    /// Nothing was reported for the whole time.
    Time,
    /// Nobody reports any more.
    End,
}

/// Waits for a hint, at most for some time, then until no more come for a moment: saving many files is one change.
pub fn wait(hints: &Receiver<Hint>, most: Duration) -> Woken {
    match hints.recv_timeout(most) {
        Ok(Hint) => {}
        Err(RecvTimeoutError::Timeout) => return Woken::Time,
        Err(RecvTimeoutError::Disconnected) => return Woken::End,
    }
    let end = Instant::now() + MOST;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match hints.recv_timeout(QUIET.min(left)) {
            Ok(Hint) if !left.is_zero() => {}
            _ => return Woken::Hint,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, MetadataKind};
    use std::sync::mpsc;

    #[test]
    fn reading_and_the_output_are_no_changes() {
        let output = Path::new("/h/site");
        let event = |kind, path: &str| Event::new(kind).add_path(path.into());
        assert!(matters(&event(EventKind::Create(CreateKind::File), "/h/content/a.md"), output));
        assert!(!matters(&event(EventKind::Access(AccessKind::Any), "/h/content/a.md"), output));
        let metadata = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
        assert!(!matters(&event(metadata, "/h/content/a.md"), output));
        assert!(!matters(&event(EventKind::Create(CreateKind::File), "/h/site/a.html"), output));
        let both = event(EventKind::Modify(ModifyKind::Any), "/h/site/a.html").add_path("/h/content/a.md".into());
        assert!(matters(&both, output));
    }

    #[test]
    fn many_hints_are_one_and_steady_ones_are_not_waited_for() {
        let (sender, receiver) = mpsc::channel();
        let steady = std::thread::spawn(move || {
            for _ in 0..60 {
                if sender.send(Hint).is_err() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let start = Instant::now();
        assert_eq!(wait(&receiver, Duration::from_secs(5)), Woken::Hint);
        assert!(start.elapsed() >= MOST && start.elapsed() < MOST * 3, "{:?}", start.elapsed());
        drop(receiver);
        steady.join().unwrap();
        let (sender, receiver) = mpsc::channel::<Hint>();
        assert_eq!(wait(&receiver, Duration::from_millis(10)), Woken::Time);
        drop(sender);
        assert_eq!(wait(&receiver, Duration::from_millis(10)), Woken::End);
    }
}
