//! Stopping of programs that take too long.

use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use crate::platform;

/// Watches a program until the watchdog is dropped.
pub(super) struct Watchdog {
    stopped_program: Arc<AtomicBool>,
    /// Dropping it ends the watch.
    _stop_signal: Sender<()>,
}

impl Watchdog {
    /// Stops a program if it is still running after the limit.
    pub(super) fn watch(child: &Child, limit: Duration) -> Watchdog {
        let (leash, off) = mpsc::channel();
        let bitten = Arc::new(AtomicBool::new(false));
        let bites = bitten.clone();
        let end = platform::killer(child);
        std::thread::spawn(move || {
            if off.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
                bites.store(true, Ordering::Relaxed);
                end();
            }
        });
        Watchdog { stopped_program: bitten, _stop_signal: leash }
    }

    /// Whether it had to stop the program.
    pub(super) fn has_stopped_program(&self) -> bool {
        self.stopped_program.load(Ordering::Relaxed)
    }
}
