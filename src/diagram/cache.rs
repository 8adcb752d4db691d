//! Drawings, kept across documents: a rule looks at each, and up to three pages show it.

use std::sync::Arc;

use super::{Drawing, NotDrawn};
use crate::cache::Cache;

/// What a drawing takes beside its shapes, about, in bytes.
const AROUND: usize = 512;

/// A drawing, or why there is none.
type Outcome = Result<Drawing, NotDrawn>;

static CACHE: Cache<Outcome> = Cache::empty();

/// The outcome for a text, made only when it is not there yet. It depends on nothing but the text.
pub(super) fn kept(text: &str, make: impl FnOnce() -> Outcome) -> Arc<Outcome> {
    let size = |outcome: &Outcome| AROUND + outcome.as_ref().map_or(0, |drawing| drawing.shapes.len());
    CACHE.get(*blake3::hash(text.as_bytes()).as_bytes(), size, || Arc::new(make()))
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
