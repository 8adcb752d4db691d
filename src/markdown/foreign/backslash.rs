//! Windows paths: Markdown drops a backslash before another backslash or punctuation, and at the end of a line.

use memchr::memmem;

use super::construct::{PATH, SHARE, Sink};

/// The longest path to look at, in bytes.
const MAX_PATH_BYTES: usize = 300;

/// Passes paths that lose a backslash to `sink`.
pub(super) fn paths(text: &str, sink: &mut Sink<'_>) {
    for at in memmem::find_iter(text.as_bytes(), "\\\\") {
        // The first of the two backslashes is dropped.
        let path = word(text, at + 1);
        if begins_word(&text[..at]) && is_share(&path[1..]) {
            sink(&SHARE, at + 1..at + 1 + path.len());
        }
    }
    for at in memmem::find_iter(text.as_bytes(), ":\\") {
        let is_drive = text[..at].ends_with(|c: char| c.is_ascii_alphabetic());
        if is_drive && begins_word(&text[..at - 1]) {
            let path = word(text, at - 1);
            let after = text[at - 1 + path.len()..].chars().next();
            let is_taken = |next: char| matches!(next, '\n' | '\r') || next.is_ascii_punctuation();
            // In `C:\\temp\\\*`, every special character has already been escaped.
            let is_escaped = path[2..].starts_with("\\\\");
            let is_cut = path.ends_with('\\') && after.is_some_and(is_taken);
            if !is_escaped && (is_cut || loses_backslash(path)) {
                sink(&PATH, at - 1..at - 1 + path.len());
            }
        }
    }
}

/// Whether a word can begin after `before`: at the start, or after white space, a quotation mark, `(`, `|` or `>`.
fn begins_word(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| c.is_whitespace() || "\"'“„‘(|>".contains(c))
}

/// The text from a position to white space, a quotation mark, `|` or `)`, without final punctuation.
fn word(text: &str, at: usize) -> &str {
    let window = &text[at..text.floor_char_boundary(at + MAX_PATH_BYTES)];
    let end = window.find(|c: char| c.is_whitespace() || "\"”|)".contains(c)).unwrap_or(window.len());
    window[..end].trim_end_matches(['.', ',', ';', ':', '!', '?'])
}

/// Whether a path has the form `server\share`.
fn is_share(path: &str) -> bool {
    let (host, rest) = path.split_once('\\').unwrap_or_default();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_host = !host.is_empty() && host.starts_with(char::is_alphanumeric) && host.chars().all(is_name);
    is_host && rest.trim_start_matches('\\').starts_with(|c: char| c.is_alphanumeric() || c == '$')
}

/// Whether a backslash in a path is followed by punctuation other than a backslash.
fn loses_backslash(path: &str) -> bool {
    let bytes = path.as_bytes();
    let is_escape = |at: usize| bytes.get(at + 1).is_some_and(|next| next.is_ascii_punctuation() && *next != b'\\');
    memchr::memchr_iter(b'\\', bytes).any(is_escape)
}

#[cfg(test)]
mod tests {
    use super::super::collected;
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        collected(text, paths)
    }

    #[test]
    fn paths_that_lose_a_backslash_are_found() {
        for (text, path) in [
            ("Open \\\\server\\share\\desk.", "\\server\\share\\desk"),
            ("(\\\\nas-01\\c$)", "\\nas-01\\c$"),
            ("in C:\\_backup, too", "C:\\_backup"),
            ("in D:\\a\\#old", "D:\\a\\#old"),
            ("in C:\\temp\\\nand", "C:\\temp\\"),
            ("in C:\\temp\\, too", "C:\\temp\\"),
        ] {
            assert_eq!(found(text), [path], "{text}");
        }
        for text in [
            "C:\\temp\\new.",
            "a\\\\b",
            "\\\\d+",
            "so: \\*no\\*",
            "\\\\ and \\\\",
            "ABC:\\_x",
            "at C:\\\\temp",
            "C:\\\\a\\\\\\*",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
