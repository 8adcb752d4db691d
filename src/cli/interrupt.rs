//! Interruption of commands: by Ctrl-C, a closed terminal, the administrator, or a time limit.
//!
//! A command that writes gets a moment to leave everything as it was; one that only reads ends at once, removing its
//! temporary folders. Either way the exit code is 2.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::output;

/// Exit code of an interrupted command.
const EXIT_INTERRUPTED: i32 = 2;
/// Time for a command that writes to leave everything as it was.
const GRACE_PERIOD: Duration = Duration::from_secs(5);
/// The same after its own time limit.
const GRACE_AFTER_LIMIT: Duration = Duration::from_secs(2);
/// Interval for checking whether a command has finished cleaning up.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// How a command reacts to an interruption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InterruptMode {
    /// Ends at once, unless it is in a section that finishes first ([`Interrupt::critical_section`]).
    Immediate,
    /// Finishes or undoes its current work.
    Graceful,
}

/// Whether a command was interrupted, and the folders to remove in that case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt {
    is_raised: Arc<AtomicBool>,
    reason: Arc<OnceLock<String>>,
    /// Number of sections in progress that finish first.
    unfinished: Arc<AtomicUsize>,
    folders: Arc<Mutex<Vec<PathBuf>>>,
}

/// A section of a command that finishes or undoes its work before the command ends.
#[derive(Debug)]
pub(crate) struct InterruptGuard<'a>(&'a Interrupt);

impl Drop for InterruptGuard<'_> {
    fn drop(&mut self) {
        self.0.unfinished.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Interrupt {
    /// Starts to listen; may be called once per process.
    ///
    /// # Errors
    /// If the handler cannot be installed.
    pub(crate) fn listen(mode: InterruptMode) -> Result<Interrupt, ctrlc::Error> {
        let interrupt = Interrupt::default();
        let handler = interrupt.clone();
        if mode == InterruptMode::Graceful {
            interrupt.defer_exit();
        }
        ctrlc::set_handler(move || {
            handler.raise("interrupted".to_owned());
            handler.exit(GRACE_PERIOD);
        })?;
        Ok(interrupt)
    }

    /// Ends the command `limit` after it started, whatever it is doing.
    ///
    /// # Errors
    /// If no thread can be started to wait for that.
    pub(crate) fn exit_after(&self, started: Instant, limit: Duration) -> std::io::Result<()> {
        let interrupt = self.clone();
        let wait = move || {
            std::thread::sleep(limit.saturating_sub(started.elapsed()));
            let reason = interrupt.raise(timeout_message("this command", limit));
            interrupt.wait(GRACE_AFTER_LIMIT);
            output::error(&reason);
            interrupt.exit(Duration::ZERO);
        };
        std::thread::Builder::new().name("time-limit".to_owned()).spawn(wait).map(drop)
    }

    /// A flag that is set when the command is interrupted.
    pub(crate) fn flag(&self) -> Arc<AtomicBool> {
        self.is_raised.clone()
    }

    /// Why the command was interrupted; `None` if it was not.
    pub(crate) fn reason(&self) -> Option<&str> {
        self.reason.get().map(String::as_str)
    }

    /// Lets the command finish or undo its work from now on when it is interrupted.
    pub(crate) fn defer_exit(&self) {
        self.unfinished.fetch_add(1, Ordering::SeqCst);
    }

    /// Lets the following section finish or undo its work before an interrupted command ends.
    pub(crate) fn critical_section(&self) -> InterruptGuard<'_> {
        self.defer_exit();
        InterruptGuard(self)
    }

    /// Removes a temporary folder if the command is interrupted.
    pub(crate) fn remove_on_interrupt(&self, folder: &Path) {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).push(folder.to_path_buf());
    }

    /// Records the interruption; returns the first reason.
    fn raise(&self, reason: String) -> String {
        let first_reason = self.reason.get_or_init(|| reason).clone();
        self.is_raised.store(true, Ordering::SeqCst);
        first_reason
    }

    /// Waits until no section is in progress, but no longer than `grace`.
    fn wait(&self, grace: Duration) {
        let started = Instant::now();
        while self.unfinished.load(Ordering::SeqCst) > 0 && started.elapsed() < grace {
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    fn exit(&self, grace: Duration) -> ! {
        self.wait(grace);
        let folders = std::mem::take(&mut *self.folders.lock().unwrap_or_else(PoisonError::into_inner));
        folders.iter().for_each(|folder| remove_folder(folder));
        std::process::exit(EXIT_INTERRUPTED);
    }
}

/// Removes a folder, even if it is still being written to.
fn remove_folder(folder: &Path) {
    const ATTEMPTS: usize = 100;
    for _ in 0..ATTEMPTS {
        match std::fs::remove_dir_all(folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => std::thread::sleep(POLL_INTERVAL),
            _ => return,
        }
    }
}

/// The message about something that took too long and was stopped.
pub(crate) fn timeout_message(what: &str, limit: Duration) -> String {
    // Round up, so that the message never says 0 seconds.
    let seconds = limit.as_secs() + u64::from(limit.subsec_nanos() > 0);
    let seconds = crate::report::count_noun(usize::try_from(seconds).unwrap_or(usize::MAX), "second");
    format!("{what} did not finish within {seconds} and was stopped; use --timeout to allow longer")
}
