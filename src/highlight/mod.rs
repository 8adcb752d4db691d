//! Highlights code as HTML with CSS classes. No other module depends on syntect and its syntaxes.
//!
//! A block becomes text with `<span class="…">` around everything that has a colour; adjacent parts with the same class
//! share a span. There are only a few classes, so that a theme needs only a few lines to colour them, and no inline
//! styles:
//!
//! | class | what it marks |
//! | --- | --- |
//! | `k` | keywords |
//! | `s` | strings |
//! | `c` | comments |
//! | `n` | numbers and other constants |
//! | `f` | functions |
//! | `t` | types, and tags of markup |
//! | `a` | attributes and keys |
//! | `v` | variables |
//! | `o` | operators and punctuation |
//! | `i` | inserted lines |
//! | `d` | deleted lines |
//! | `h` | headings |
//! | `e` | emphasis in markup |
//! | `x` | text that is invalid in the language |
//!
//! Code that cannot be highlighted, or that is too large to be highlighted quickly, is written without highlighting.

mod class;
mod lines;
mod paint;
mod prepare;
mod syntax;

use std::sync::Arc;

use crate::cache::{Cache, CacheKey};
use crate::html::escape_text;

/// Maximum size of a highlighted block, in bytes.
const MAX_BYTES: usize = 64 * 1024;

/// Maximum length of a highlighted line, in bytes.
const MAX_LINE_BYTES: usize = 1_000;

/// Maximum effort for a block, as the sum of the squares of its line lengths, because the work of a syntax on a line
/// grows at least quadratically. 600 lines of 80 bytes are within the limit.
const MAX_EFFORT: usize = 4_000_000;

/// Maximum length of a run of one character, in bytes, because some syntaxes try every way to split it.
const MAX_RUN_BYTES: usize = 120;

/// Highlights code, and caches blocks because documents repeat them; highlighting takes most of the time of a build.
#[derive(Default)]
pub struct Highlighter {
    blocks: Cache<str>,
}

impl std::fmt::Debug for Highlighter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Highlighter").finish_non_exhaustive()
    }
}

impl Highlighter {
    /// Writes code as HTML. `language` is the name or file extension of a language, as written after a fence.
    pub(crate) fn write(&self, out: &mut String, language: &str, code: &str) {
        if !is_highlighted(language, code) {
            return escape_text(out, code);
        }
        out.push_str(&self.block(language, code));
    }

    /// Frees the memory of cached blocks and lines.
    pub(crate) fn clear_cache(&self) {
        self.blocks.clear();
        rayon::broadcast(|_| lines::clear_cache());
    }

    /// The HTML of a block of acceptable size, from the cache if possible.
    fn block(&self, language: &str, code: &str) -> Arc<str> {
        self.blocks.get_or_insert_with(key(language, code), str::len, || render_block(language, code).into())
    }
}

fn render_block(language: &str, code: &str) -> String {
    let mut html = String::with_capacity(code.len() * 2);
    if !is_affordable(code) || !paint::paint(&mut html, language, code) {
        html.clear();
        escape_text(&mut html, code);
    }
    html
}

fn key(language: &str, code: &str) -> CacheKey {
    let mut hasher = blake3::Hasher::new();
    hasher.update(language.to_ascii_lowercase().as_bytes()).update(&[0]).update(code.as_bytes());
    *hasher.finalize().as_bytes()
}

fn is_highlighted(language: &str, code: &str) -> bool {
    !language.is_empty() && !code.is_empty() && code.len() <= MAX_BYTES
}

/// Whether highlighting is fast enough. The decision depends only on the code and not on a clock, so that a page is the
/// same on every machine.
fn is_affordable(code: &str) -> bool {
    let add = |effort, length| (length <= MAX_LINE_BYTES).then_some(effort + length * length);
    code.lines().map(str::len).try_fold(0, add).is_some_and(|effort| effort <= MAX_EFFORT)
        && code.as_bytes().chunk_by(|previous, next| previous == next).all(|run| run.len() <= MAX_RUN_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(language: &str, code: &str) -> String {
        let mut out = String::new();
        Highlighter::default().write(&mut out, language, code);
        out
    }

    #[test]
    fn expensive_code_is_not_highlighted() {
        let line = "key: value\n";
        assert!(written("yaml", line).contains("<span"));
        for code in [
            line.repeat(10_000),
            "x: ".repeat(500),
            format!("{}\n", "x: ".repeat(300)).repeat(20),
            "x:".to_owned() + &" ".repeat(300),
        ] {
            assert!(!written("yaml", &code).contains("<span"), "{code:.20}");
        }
    }

    #[test]
    fn code_is_preserved() {
        let code = "<a href=\"x\">&amp;</a>\t\n\n  b \n";
        for language in ["html", "yaml", "bash", "no-such-language", ""] {
            let html = written(language, code);
            let mut text = String::new();
            for (number, part) in html.split('<').enumerate() {
                text += if number == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) };
            }
            assert_eq!(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), code, "{language}");
        }
    }
}
