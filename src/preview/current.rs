//! The current generation, and waiting for the next one.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::generation::Generation;

/// Holds the current generation. Each request uses a single generation.
#[derive(Debug)]
pub(super) struct CurrentGeneration {
    generation: Mutex<Arc<Generation>>,
    changed: Condvar,
}

impl CurrentGeneration {
    /// Creates it with a first generation.
    pub(super) fn new(first: Generation) -> CurrentGeneration {
        CurrentGeneration { generation: Mutex::new(Arc::new(first)), changed: Condvar::new() }
    }

    /// Returns the current generation.
    pub(super) fn get(&self) -> Arc<Generation> {
        self.lock().clone()
    }

    /// Shows a new generation, and returns the previous one, so that it is dropped outside the lock.
    pub(super) fn replace(&self, next: Arc<Generation>) -> Arc<Generation> {
        let old = std::mem::replace(&mut *self.lock(), next);
        self.changed.notify_all();
        old
    }

    /// Waits up to `timeout` for a generation other than `seen_number`, and returns the current one.
    pub(super) fn wait_for_next(&self, seen_number: u64, timeout: Duration) -> Arc<Generation> {
        let shown = self.lock();
        let waited = self.changed.wait_timeout_while(shown, timeout, |shown| shown.number == seen_number);
        waited.unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Arc<Generation>> {
        self.generation.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
