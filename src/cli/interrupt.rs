//! Being told to end: by Ctrl-C, by a closed terminal, or by whoever runs the machine.
//!
//! A command that writes is given a moment to leave everything as it was; one that only reads ends at once, without its
//! temporary folders. Either way the exit code is 2.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Exit code of a command that was told to end.
const INTERRUPTED: i32 = 2;
/// How long a command that writes may take to leave everything as it was.
const GRACE: Duration = Duration::from_secs(5);

/// What a command does when it is told to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It ends at once.
    AtOnce,
    /// It finishes, or undoes, what it is doing.
    InOrder,
}

/// Whether a command was told to end, and what is to be gone then.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt {
    raised: Arc<AtomicBool>,
    folders: Arc<Mutex<Vec<PathBuf>>>,
}

impl Interrupt {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) fn listen(ending: Ending) -> Result<Interrupt, ctrlc::Error> {
        let interrupt = Interrupt::default();
        let heard = interrupt.clone();
        ctrlc::set_handler(move || {
            heard.raised.store(true, Ordering::Relaxed);
            if ending == Ending::InOrder {
                std::thread::sleep(GRACE);
            }
            let folders = std::mem::take(&mut *heard.folders.lock().unwrap_or_else(PoisonError::into_inner));
            folders.iter().for_each(|folder| drop(std::fs::remove_dir_all(folder)));
            std::process::exit(INTERRUPTED);
        })?;
        Ok(interrupt)
    }

    /// Set when the command was told to end.
    pub(crate) fn flag(&self) -> Arc<AtomicBool> {
        self.raised.clone()
    }

    /// Has a temporary folder removed when the command is told to end.
    pub(crate) fn takes_away(&self, folder: &Path) {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).push(folder.to_path_buf());
    }
}
