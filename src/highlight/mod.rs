//! The only room that knows syntect: code as HTML, coloured by class.
//!
//! A block becomes text with `<span class="…">` around what has a colour; neighbours of one class share a span. There
//! are few classes, all in [`CLASSES`], so that a theme colours them in a few lines and no inline style is needed:
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
//! | `x` | what the language does not allow |
//!
//! What cannot be highlighted, and what is so large that it would take long, is written plain.

mod cache;
mod class;
mod paint;

pub use class::{CLASSES, Class};

/// Largest block that is highlighted, in bytes.
const MOST_BYTES: usize = 64 * 1024;

/// Longest line that is highlighted, in bytes: the time that a syntax takes may grow faster than a line does.
const LONGEST_LINE: usize = 5_000;

/// Writes code as HTML. `language` is a language's name or file extension, as authors write it after a fence.
pub fn write(out: &mut String, language: &str, code: &str) {
    let fits = code.len() <= MOST_BYTES && code.lines().all(|line| line.len() <= LONGEST_LINE);
    if language.is_empty() || code.is_empty() || !fits {
        return crate::markdown::escape(out, code);
    }
    cache::with(
        language,
        code,
        |html| out.push_str(html),
        || {
            let mut html = String::with_capacity(code.len() * 2);
            if !paint::paint(&mut html, language, code) {
                html.clear();
                crate::markdown::escape(&mut html, code);
            }
            html
        },
    );
}
