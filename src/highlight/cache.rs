//! Highlighted blocks, kept across documents: highlighting is most of a build's time, and templates repeat blocks.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Most bytes of HTML that are kept.
const MOST_BYTES: usize = 16 * 1024 * 1024;

#[derive(Default)]
struct Cache {
    html: HashMap<[u8; 32], Arc<str>>,
    bytes: usize,
}

static CACHE: LazyLock<Mutex<Cache>> = LazyLock::new(Mutex::default);

/// Gives the HTML of a block to `take`, making it only when it is not there yet.
///
/// What is kept depends on nothing but the block, so neither order nor number of threads shows in the result.
pub(super) fn with(language: &str, code: &str, take: impl FnOnce(&str), make: impl FnOnce() -> String) {
    let key = key(language, code);
    let kept = locked(|cache| cache.html.get(&key).cloned());
    let html = kept.unwrap_or_else(|| {
        // Made outside the lock: two threads may make one block at the same time, which does no harm.
        let html: Arc<str> = make().into();
        locked(|cache| cache.keep(key, html.clone()));
        html
    });
    take(&html);
}

impl Cache {
    fn keep(&mut self, key: [u8; 32], html: Arc<str>) {
        if self.bytes + html.len() > MOST_BYTES {
            *self = Cache::default();
        }
        self.bytes += html.len();
        self.html.insert(key, html);
    }
}

fn key(language: &str, code: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(language.to_ascii_lowercase().as_bytes()).update(&[0]).update(code.as_bytes());
    *hasher.finalize().as_bytes()
}

fn locked<T>(work: impl FnOnce(&mut Cache) -> T) -> T {
    // A panic elsewhere leaves the map whole: every change to it is one insertion.
    work(&mut CACHE.lock().unwrap_or_else(PoisonError::into_inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_made_once() {
        let mut made = 0;
        let mut seen = String::new();
        for _ in 0..3 {
            with(
                "test-language",
                "some code",
                |html| seen.push_str(html),
                || {
                    made += 1;
                    "x".to_owned()
                },
            );
        }
        assert_eq!((made, seen.as_str()), (1, "xxx"));
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut cache = Cache::default();
        let large: Arc<str> = "x".repeat(1024 * 1024).into();
        for number in 0..40_u8 {
            cache.keep([number; 32], large.clone());
            assert!(
                cache.bytes <= MOST_BYTES && cache.html.values().map(|html| html.len()).sum::<usize>() == cache.bytes
            );
        }
    }
}
