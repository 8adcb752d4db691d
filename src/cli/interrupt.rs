//! Being asked to end: by Ctrl-C, by a closed terminal, by whoever runs the machine, or by a time limit.
//!
//! A command that writes gets a moment to leave everything as it was; one that only reads ends at once, without its
//! temporary folders. Either way the exit code is 2.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::output;

/// Exit code of a command that was asked to end.
const INTERRUPTED: i32 = 2;
/// How long a command that writes may take to leave everything as it was.
const GRACE_PERIOD: Duration = Duration::from_secs(5);
/// The same after its time limit.
const GRACE_AFTER_LIMIT: Duration = Duration::from_secs(2);
/// How often to look whether a command has left everything as it was.
const PAUSE: Duration = Duration::from_millis(10);

/// What a command does when it is asked to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InterruptMode {
    /// It ends at once, unless it is in a part that finishes first ([`Interrupt::finish_first`]).
    AtOnce,
    /// It finishes, or undoes, what it is doing.
    InOrder,
}

/// Whether a command was asked to end, and what has to be gone then.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt {
    raised: Arc<AtomicBool>,
    why: Arc<OnceLock<String>>,
    /// Number of parts that finish first.
    unfinished: Arc<AtomicUsize>,
    folders: Arc<Mutex<Vec<PathBuf>>>,
}

/// A part of a command that finishes, or undoes, what it does before the command ends.
#[derive(Debug)]
pub(crate) struct InterruptGuard<'a>(&'a Interrupt);

impl Drop for InterruptGuard<'_> {
    fn drop(&mut self) {
        self.0.unfinished.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Interrupt {
    /// Begins to listen; a program can do so once.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) fn listen(ending: InterruptMode) -> Result<Interrupt, ctrlc::Error> {
        let interrupt = Interrupt::default();
        let heard = interrupt.clone();
        if ending == InterruptMode::InOrder {
            interrupt.end_in_order();
        }
        ctrlc::set_handler(move || {
            heard.raise("interrupted".to_owned());
            heard.end(GRACE_PERIOD);
        })?;
        Ok(interrupt)
    }

    /// Ends the command `limit` after it began, whatever it is doing then.
    ///
    /// # Errors
    /// When there is no thread left to wait for that.
    pub(crate) fn limit(&self, began: Instant, limit: Duration) -> std::io::Result<()> {
        let interrupt = self.clone();
        let wait = move || {
            std::thread::sleep(limit.saturating_sub(began.elapsed()));
            let why = interrupt.raise(too_slow("this command", limit));
            interrupt.wait(GRACE_AFTER_LIMIT);
            output::error(&why);
            interrupt.end(Duration::ZERO);
        };
        std::thread::Builder::new().name("time-limit".to_owned()).spawn(wait).map(drop)
    }

    /// Set when the command was asked to end.
    pub(crate) fn flag(&self) -> Arc<AtomicBool> {
        self.raised.clone()
    }

    /// Why the command was asked to end; `None` when it was not.
    pub(crate) fn reason(&self) -> Option<&str> {
        self.why.get().map(String::as_str)
    }

    /// Has the command finish, or undo, what it is doing from here on.
    pub(crate) fn end_in_order(&self) {
        self.unfinished.fetch_add(1, Ordering::SeqCst);
    }

    /// Has what follows finish, or undo, what it does before the command ends.
    pub(crate) fn finish_first(&self) -> InterruptGuard<'_> {
        self.end_in_order();
        InterruptGuard(self)
    }

    /// Has a temporary folder removed when the command is asked to end.
    pub(crate) fn removes_on_interrupt(&self, folder: &Path) {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).push(folder.to_path_buf());
    }

    /// Notes that the command is to end; gives the first reason.
    fn raise(&self, why: String) -> String {
        let why = self.why.get_or_init(|| why).clone();
        self.raised.store(true, Ordering::SeqCst);
        why
    }

    /// Waits until nothing is unfinished, but no longer than `grace`.
    fn wait(&self, grace: Duration) {
        let began = Instant::now();
        while self.unfinished.load(Ordering::SeqCst) > 0 && began.elapsed() < grace {
            std::thread::sleep(PAUSE);
        }
    }

    fn end(&self, grace: Duration) -> ! {
        self.wait(grace);
        let folders = std::mem::take(&mut *self.folders.lock().unwrap_or_else(PoisonError::into_inner));
        folders.iter().for_each(|folder| remove(folder));
        std::process::exit(INTERRUPTED);
    }
}

/// Removes a folder, also one that somebody is still writing to.
fn remove(folder: &Path) {
    const ATTEMPTS: usize = 100;
    for _ in 0..ATTEMPTS {
        match std::fs::remove_dir_all(folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => std::thread::sleep(PAUSE),
            _ => return,
        }
    }
}

/// Why something that took too long was stopped, and what to do.
pub(crate) fn too_slow(what: &str, limit: Duration) -> String {
    // A part of a second counts as a whole one: nobody is told of 0 seconds.
    let seconds = limit.as_secs() + u64::from(limit.subsec_nanos() > 0);
    let seconds = crate::report::counted(usize::try_from(seconds).unwrap_or(usize::MAX), "second");
    format!("{what} did not finish within {seconds} and was stopped; use --timeout to allow longer")
}
