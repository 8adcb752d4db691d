//! Highlighted blocks, kept across documents: highlighting is most of a build's time, and templates repeat blocks.

use crate::cache::{Cache, Key};

static CACHE: Cache<str> = Cache::empty();

/// Gives the HTML of a block to `take`, making it only when it is not there yet.
pub(super) fn with(language: &str, code: &str, take: impl FnOnce(&str), make: impl FnOnce() -> String) {
    take(&CACHE.get(key(language, code), str::len, || make().into()));
}

/// Forgets every block.
pub(super) fn forget() {
    CACHE.forget();
}

fn key(language: &str, code: &str) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(language.to_ascii_lowercase().as_bytes()).update(&[0]).update(code.as_bytes());
    *hasher.finalize().as_bytes()
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
}
