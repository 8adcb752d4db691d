//! A bounded cache of results, keyed by a hash of their inputs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A hash of all inputs of a result.
pub(crate) type Key = [u8; 32];

/// Maximum total size of the cached results, in bytes.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Results by their keys, for all threads.
///
/// What is kept depends on nothing but its key, so neither order nor number of threads shows in a result.
pub(crate) struct Cache<T: ?Sized>(Mutex<Contents<T>>);

struct Contents<T: ?Sized> {
    results: HashMap<Key, Arc<T>>,
    bytes: usize,
}

impl<T: ?Sized> Cache<T> {
    /// Returns the result for a key, computing it if necessary; `size` estimates its size in bytes.
    pub(crate) fn get(&self, key: Key, size: impl FnOnce(&T) -> usize, make: impl FnOnce() -> Arc<T>) -> Arc<T> {
        if let Some(result) = self.locked(|kept| kept.results.get(&key).cloned()) {
            return result;
        }
        // Made outside the lock: two threads may make one result at the same time, which does no harm.
        let result = make();
        let size = size(&result);
        self.locked(|kept| kept.keep(key, result.clone(), size));
        result
    }

    /// Forgets every result.
    pub(crate) fn forget(&self) {
        self.locked(|kept| *kept = Contents::default());
    }

    fn locked<R>(&self, work: impl FnOnce(&mut Contents<T>) -> R) -> R {
        // A panic elsewhere leaves the map whole: every change to it is one insertion.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<T: ?Sized> Default for Cache<T> {
    fn default() -> Cache<T> {
        Cache(Mutex::default())
    }
}

impl<T: ?Sized> Default for Contents<T> {
    fn default() -> Contents<T> {
        Contents { results: HashMap::new(), bytes: 0 }
    }
}

impl<T: ?Sized> Contents<T> {
    /// Keeps a result; when there would be too many, all others are forgotten.
    fn keep(&mut self, key: Key, result: Arc<T>, size: usize) {
        if self.bytes + size > MAX_BYTES {
            *self = Contents::default();
        }
        if self.results.insert(key, result).is_none() {
            self.bytes += size;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_is_bounded() {
        let mut kept = Contents::<str>::default();
        let large: Arc<str> = "x".repeat(512 * 1024).into();
        for number in 0..40_u8 {
            // Twice, as when two threads made it at the same time.
            kept.keep([number; 32], large.clone(), large.len());
            kept.keep([number; 32], large.clone(), large.len());
            assert!(kept.bytes <= MAX_BYTES && kept.results.values().map(|one| one.len()).sum::<usize>() == kept.bytes);
        }
    }
}
