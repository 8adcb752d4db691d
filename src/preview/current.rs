//! What is shown at present, and waiting for what is shown next.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::generation::Generation;

/// Holds the generation that is shown; requests take it whole.
#[derive(Debug)]
pub(super) struct CurrentGeneration {
    shown: Mutex<Arc<Generation>>,
    changed: Condvar,
}

impl CurrentGeneration {
    /// Shows a first generation.
    pub(super) fn new(first: Generation) -> CurrentGeneration {
        CurrentGeneration { shown: Mutex::new(Arc::new(first)), changed: Condvar::new() }
    }

    /// The generation that is shown now.
    pub(super) fn shown(&self) -> Arc<Generation> {
        self.lock().clone()
    }

    /// Shows a new generation, and returns the one before, so that it is not the lock that waits while it is freed.
    pub(super) fn show(&self, next: Arc<Generation>) -> Arc<Generation> {
        let old = std::mem::replace(&mut *self.lock(), next);
        self.changed.notify_all();
        old
    }

    /// Waits for a generation other than number `seen`, for at most some time; returns what is shown then.
    pub(super) fn wait(&self, seen: u64, most: Duration) -> Arc<Generation> {
        let shown = self.lock();
        let waited = self.changed.wait_timeout_while(shown, most, |shown| shown.number == seen);
        waited.unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Arc<Generation>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
