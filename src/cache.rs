//! A bounded cache of results, keyed by a hash of their inputs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A hash of all inputs of a result.
pub(crate) type CacheKey = [u8; 32];

/// The maximum total size of the cached results, in bytes.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Results by key, shared by all threads.
///
/// A result depends only on its key, so neither the order nor the number of threads affects it.
pub(crate) struct Cache<T: ?Sized>(Mutex<CacheContents<T>>);

struct CacheContents<T: ?Sized> {
    results: HashMap<CacheKey, Arc<T>>,
    bytes: usize,
}

impl<T: ?Sized> Cache<T> {
    /// Returns the result for a key, computing it if necessary; `size` estimates its size in bytes.
    pub(crate) fn get_or_insert_with(
        &self,
        key: CacheKey,
        size: impl FnOnce(&T) -> usize,
        make: impl FnOnce() -> Arc<T>,
    ) -> Arc<T> {
        if let Some(result) = self.with_lock(|contents| contents.results.get(&key).cloned()) {
            return result;
        }
        // Computed outside the lock: two threads may compute the same result at the same time, which is harmless.
        let result = make();
        let size = size(&result);
        self.with_lock(|contents| contents.insert(key, result.clone(), size));
        result
    }

    /// Clears the cache.
    pub(crate) fn clear(&self) {
        self.with_lock(|contents| *contents = CacheContents::default());
    }

    fn with_lock<R>(&self, work: impl FnOnce(&mut CacheContents<T>) -> R) -> R {
        // A panic elsewhere leaves the map intact, because every change to it is a single insertion.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<T: ?Sized> Default for Cache<T> {
    fn default() -> Cache<T> {
        Cache(Mutex::default())
    }
}

impl<T: ?Sized> Default for CacheContents<T> {
    fn default() -> CacheContents<T> {
        CacheContents { results: HashMap::new(), bytes: 0 }
    }
}

impl<T: ?Sized> CacheContents<T> {
    /// Adds a result. If the cache would become too large, it is cleared first.
    fn insert(&mut self, key: CacheKey, result: Arc<T>, size: usize) {
        if self.bytes + size > MAX_BYTES {
            *self = CacheContents::default();
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
        let mut kept = CacheContents::<str>::default();
        let large: Arc<str> = "x".repeat(512 * 1024).into();
        for number in 0..40_u8 {
            // Twice, as if two threads computed it at the same time.
            kept.insert([number; 32], large.clone(), large.len());
            kept.insert([number; 32], large.clone(), large.len());
            assert!(kept.bytes <= MAX_BYTES && kept.results.values().map(|one| one.len()).sum::<usize>() == kept.bytes);
        }
    }
}
