//! Commands of LaTeX within a line: `\ref{fig:x}`, `\textbf{words}`.

use super::construct::{LATEX, Sink};

/// Commands whose argument is not text.
const REFERENCES: [&str; 15] = [
    "autoref",
    "cite",
    "citep",
    "citet",
    "cref",
    "Cref",
    "eqref",
    "footcite",
    "gls",
    "hyperref",
    "includegraphics",
    "label",
    "nameref",
    "pageref",
    "ref",
];

/// Commands whose argument is text.
const STYLES: [&str; 11] = [
    "emph",
    "footnote",
    "footnotemark",
    "mbox",
    "textbf",
    "textit",
    "textsc",
    "textsubscript",
    "textsuperscript",
    "texttt",
    "underline",
];

/// Maximum length of an argument, in bytes.
const MAX_ARGUMENT_BYTES: usize = 100;

/// Passes all of them to `found`.
pub(super) fn commands(text: &str, found: &mut Sink<'_>) {
    for at in memchr::memchr_iter(b'\\', text.as_bytes()) {
        let rest = &text[at + 1..];
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let name = &rest[..length];
        let end = at + 1 + length;
        let is_apart = !text[..at].ends_with(|c: char| c.is_alphanumeric() || "\\:".contains(c));
        if !is_apart || !text[end..].starts_with('{') {
            continue;
        }
        if STYLES.contains(&name) {
            found(&LATEX, at..end + 1);
        } else if REFERENCES.contains(&name) {
            let inside = &text[end..text.floor_char_boundary(end + MAX_ARGUMENT_BYTES)];
            let close = inside.find(['}', '\n']).filter(|close| inside[*close..].starts_with('}'));
            if let Some(close) = close {
                found(&LATEX, at..end + close + 1);
            }
        }
    }
}
