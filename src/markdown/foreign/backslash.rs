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
        let is_device = path.starts_with("\\?\\") || path.starts_with("\\.\\");
        if (begins_word(&text[..at]) || ends_label(&text[..at])) && (is_share(&path[1..]) || is_device) {
            sink(&SHARE, at + 1..at + 1 + path.len());
        }
    }
    paths_without_drive(text, sink);
    for at in memmem::find_iter(text.as_bytes(), ":\\") {
        let Some(start) = drive_start(&text[..at]) else { continue };
        let path = word(text, start);
        let after = text[start + path.len()..].chars().next();
        let is_taken = |next: char| matches!(next, '\n' | '\r') || next.is_ascii_punctuation();
        // In `C:\\temp\\\*`, every special character has already been escaped.
        let is_escaped = text[at + 1..].starts_with("\\\\");
        let is_cut = path.ends_with('\\') && after.is_some_and(is_taken);
        if is_escaped {
            continue;
        }
        if is_cut || loses_backslash(path) {
            sink(&PATH, start..start + path.len());
        } else if let Some(length) = spaced_path(&text[at + 1..]) {
            sink(&PATH, start..at + 1 + length);
        }
    }
}

/// Where the name of a drive at the end of a text begins: `C` or `HKLM`.
fn drive_start(text: &str) -> Option<usize> {
    let name =
        ["HKLM", "HKCU", "HKCR", "Cert", "Env"].iter().find(|name| text.ends_with(**name)).map(|name| name.len());
    let is_letter = text.ends_with(|c: char| c.is_ascii_alphabetic());
    let start = text.len() - name.or(is_letter.then_some(1))?;
    begins_word(&text[..start]).then_some(start)
}

/// The length of a path with spaces up to a backslash that is lost: the folder before it can only be a folder.
fn spaced_path(text: &str) -> Option<usize> {
    let window = &text[..text.floor_char_boundary(MAX_PATH_BYTES)];
    let line = window.lines().next().unwrap_or_default();
    let mut folder_start = 0;
    for at in memchr::memchr_iter(b'\\', line.as_bytes()).skip(1) {
        let folder = line[folder_start..at].trim_start_matches('\\');
        if !folder.chars().all(|c| c.is_alphanumeric() || " ()-_.&+,".contains(c)) {
            return None;
        }
        let rest = &line[at + 1..];
        if rest.starts_with(|c: char| "_([{#.!@$%&+-~".contains(c)) && is_folder_with_space(folder) {
            let end = rest.find(|c: char| c.is_whitespace() || "\"”|<>".contains(c)).unwrap_or(rest.len());
            return Some(at + 1 + rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']).len());
        }
        folder_start = at;
    }
    None
}

/// Whether words before a backslash are the name of a folder: they end in brackets, begin with a number, or are common.
fn is_folder_with_space(folder: &str) -> bool {
    let number = folder.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = number > 0 && folder[number..].starts_with(['.', ' ', '_']) && folder.split(' ').count() < 4;
    FOLDERS.contains(&folder) || folder.ends_with(')') && folder.contains(" (") || is_numbered && folder.contains(' ')
}

/// Folders of Windows with spaces in their names.
const FOLDERS: [&str; 7] = [
    "Common Files",
    "Documents and Settings",
    "Eigene Dateien",
    "Program Files",
    "Application Data",
    "Start Menu",
    "Task Scheduler",
];

/// Whether a text ends with a word and a colon, as `path:` before `\\\\server\\share`.
fn ends_label(text: &str) -> bool {
    let label = text.strip_suffix(':').unwrap_or_default();
    label.chars().rev().take(3).filter(|c| c.is_alphabetic()).count() == 3
}

/// Passes relative paths, paths from variables, and commands that lose a backslash to `sink`.
fn paths_without_drive(text: &str, sink: &mut Sink<'_>) {
    let mut resume_at = 0;
    for at in memchr::memchr_iter(b'\\', text.as_bytes()) {
        let next = text.as_bytes().get(at + 1);
        // Of two backslashes, one is on the page, as was meant.
        let is_pair = next == Some(&b'\\') || text[..at].ends_with('\\');
        if at < resume_at || is_pair || !next.is_some_and(u8::is_ascii_punctuation) {
            continue;
        }
        let window = text.ceil_char_boundary(at.saturating_sub(MAX_PATH_BYTES));
        let is_end = |c: char| c.is_whitespace() || "\"“„(|<>`".contains(c);
        let before = &text[window..at];
        let start =
            window + before.char_indices().rev().find(|(_, c)| is_end(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        resume_at = at + text[at..].find(is_end).unwrap_or(text.len() - at);
        // Anything longer is not a path.
        if start == window && window > 0 {
            continue;
        }
        let path = word(text, start);
        if text[at..].starts_with("\\;") && start == at {
            sink(&PATH, at..at + 2);
        } else if is_path_without_drive(path) {
            sink(&PATH, start..start + path.len());
        }
    }
}

/// Whether a word is a path or a pattern: another backslash in it is shown, it begins with a folder or a variable, or
/// its slashes are escaped.
fn is_path_without_drive(path: &str) -> bool {
    let bytes = path.as_bytes();
    // What begins with a backslash, or has two in a row, is written for a program that reads them.
    if path.starts_with('\\') || path.contains("\\\\") || !loses_backslash(path) {
        return false;
    }
    let is_shown = |at: usize| {
        let is_after_name =
            bytes[..at].last().is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_.%]~".contains(byte));
        is_after_name && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
    };
    let begins = ["~\\", ".\\", "..\\", "$env:", "$HOME\\"].iter().any(|start| path.starts_with(start));
    let is_variable = || path.starts_with('%') && path[1..].contains("%\\");
    // Where all slashes are escaped, as in `TCP\/IP\/UDP`, a program did so, and the page shows what was meant.
    let has_other_slash = || memchr::memchr_iter(b'/', bytes).any(|at| !path[..at].ends_with('\\'));
    let is_expression = || path.matches("\\/").count() > 1 && has_other_slash();
    memchr::memchr_iter(b'\\', bytes).any(is_shown) || begins || is_variable() || is_expression()
}

/// Whether a word can begin after `before`: at the start, or after white space, a quotation mark, `(`, `|` or `>`.
fn begins_word(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| c.is_whitespace() || "\"'“„‘»«(|<>".contains(c))
}

/// The text from a position to white space, a quotation mark, `|` or `)`, without final punctuation.
fn word(text: &str, at: usize) -> &str {
    let window = &text[at..text.floor_char_boundary(at + MAX_PATH_BYTES)];
    let end = window.find(|c: char| c.is_whitespace() || "\"”«|)<>".contains(c)).unwrap_or(window.len());
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
            ("in C:\\Program Files (x86)\\_x, too", "C:\\Program Files (x86)\\_x"),
            ("in C:\\Program Files\\(x86)\\y", "C:\\Program Files\\(x86)\\y"),
            ("in S:\\QM\\1. Handbuch\\_alt", "S:\\QM\\1. Handbuch\\_alt"),
            ("Pfad:\\\\srv\\x", "\\srv\\x"),
            ("»\\\\srv\\x«", "\\srv\\x"),
            ("\\\\?\\C:\\x", "\\?\\C:\\x"),
            ("in HKLM:\\Software\\!x", "HKLM:\\Software\\!x"),
            ("in D:\\a\\#old", "D:\\a\\#old"),
            ("in C:\\temp\\\nand", "C:\\temp\\"),
            ("in C:\\temp\\, too", "C:\\temp\\"),
            ("Open %USERPROFILE%\\.ssh\\config.", "%USERPROFILE%\\.ssh\\config"),
            ("Open %TEMP%\\_x.", "%TEMP%\\_x"),
            ("in $env:USERPROFILE\\.ssh", "$env:USERPROFILE\\.ssh"),
            ("in ~\\.ssh\\config", "~\\.ssh\\config"),
            ("in ..\\..\\_shared\\x.txt", "..\\..\\_shared\\x.txt"),
            ("in .\\_out", ".\\_out"),
            ("in HKLM\\SOFTWARE\\[Vendor-A]\\x", "HKLM\\SOFTWARE\\[Vendor-A]\\x"),
            ("at <\\\\fs01\\qm>", "\\fs01\\qm"),
            ("sed s/\\/x/\\/y/", "s/\\/x/\\/y/"),
            ("find x -exec rm {} \\;", "\\;"),
        ] {
            assert_eq!(found(text), [path], "{text}");
        }
        for text in [
            "C:\\temp\\new.",
            "C:\\temp for the user svc\\_mail",
            "C:\\a b\\c and \\_d\\_",
            "a\\\\b",
            "\\\\d+",
            "so: \\*no\\*",
            "\\\\ and \\\\",
            "ABC:\\_x",
            "at C:\\\\temp",
            "C:\\\\a\\\\\\*",
            "the word SVC\\_MAIL and MAX\\*",
            "\\alpha\\_1 and x\\\\y\\_z",
            "1\\. and \\[x\\]\\(y\\)",
            "**a**\\*",
            "[a\\_b](x.md)",
            "TCP\\/IP\\/UDP",
            "01\\/02\\/2026",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
