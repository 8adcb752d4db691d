//! Drawings, kept across documents: a rule looks at each, and up to three pages show it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::{Drawing, NotDrawn};

/// Most bytes of drawings that are kept.
const MOST_BYTES: usize = 16 * 1024 * 1024;
/// What a drawing takes beside its shapes, about.
const AROUND: usize = 512;

/// A drawing, or why there is none.
type Outcome = Result<Drawing, NotDrawn>;

#[derive(Default)]
struct Cache {
    outcomes: HashMap<[u8; 32], Arc<Outcome>>,
    bytes: usize,
}

static CACHE: LazyLock<Mutex<Cache>> = LazyLock::new(Mutex::default);

/// The outcome for a text, made only when it is not there yet. It depends on nothing but the text.
pub(super) fn kept(text: &str, make: impl FnOnce() -> Outcome) -> Arc<Outcome> {
    let key = *blake3::hash(text.as_bytes()).as_bytes();
    if let Some(outcome) = locked(|cache| cache.outcomes.get(&key).cloned()) {
        return outcome;
    }
    // Made outside the lock: two threads may draw one diagram at the same time, which does no harm.
    let outcome = Arc::new(make());
    locked(|cache| cache.keep(key, outcome.clone()));
    outcome
}

impl Cache {
    fn keep(&mut self, key: [u8; 32], outcome: Arc<Outcome>) {
        let size = AROUND + outcome.as_ref().as_ref().map_or(0, |drawing| drawing.shapes.len());
        if self.bytes + size > MOST_BYTES {
            *self = Cache::default();
        }
        if self.outcomes.insert(key, outcome).is_none() {
            self.bytes += size;
        }
    }
}

fn locked<T>(work: impl FnOnce(&mut Cache) -> T) -> T {
    // A panic elsewhere leaves the map whole: every change to it is one insertion.
    work(&mut CACHE.lock().unwrap_or_else(PoisonError::into_inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagram_is_drawn_once() {
        let mut made = 0;
        for _ in 0..3 {
            let outcome = kept("a text that no other test draws", || {
                made += 1;
                Err(NotDrawn::new(7, "no"))
            });
            assert_eq!(outcome.as_ref().as_ref().map_err(|failure| failure.line), Err(7));
        }
        assert_eq!(made, 1);
    }
}
