//! The paths of the crate that a file names.

use super::source::File;

/// A use of one room by another.
pub struct Arrow {
    pub from: String,
    pub to: String,
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
}

/// Every arrow that starts in a file.
pub fn find_all(file: &File) -> Vec<Arrow> {
    let code = file.code();
    let arrow = |(at, path): (usize, Vec<String>)| Arrow {
        from: file.room().to_owned(),
        to: path[0].clone(),
        path: file.path.clone(),
        line: code[..at].matches('\n').count() + 1,
    };
    let used_paths = paths(&code, "crate::").into_iter().filter(|(_, path)| !path.is_empty());
    used_paths.map(arrow).collect()
}

/// Every path after a prefix, with its line. A `use` tree counts as one path per leaf.
pub fn paths(code: &str, prefix: &str) -> Vec<(usize, Vec<String>)> {
    let mut found_paths = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let begins = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        if begins {
            visit_leaves(&code[at + prefix.len()..], &mut Vec::new(), &mut |leaf| {
                found_paths.push((at, leaf.to_vec()))
            });
        }
    }
    found_paths
}

/// Reads a path or tree at the start of a text, and returns the rest.
fn visit_leaves<'c>(code: &'c str, before: &mut Vec<String>, leaf: &mut impl FnMut(&[String])) -> &'c str {
    let code = code.trim_start();
    if let Some(mut rest) = code.strip_prefix('{') {
        loop {
            rest = rest.trim_start();
            match rest.chars().next() {
                None => return rest,
                Some('}') => return &rest[1..],
                Some(',') => rest = &rest[1..],
                _ => {
                    let depth = before.len();
                    let left = visit_leaves(rest, before, leaf);
                    before.truncate(depth);
                    rest = if left.len() == rest.len() {
                        &rest[rest.chars().next().map_or(0, char::len_utf8)..]
                    } else {
                        left
                    };
                }
            }
        }
    }
    let end = code.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(code.len());
    let (name, rest) = code.split_at(end);
    if name.is_empty() {
        return rest;
    }
    before.push(name.to_owned());
    match rest.strip_prefix("::") {
        Some(below) if below.trim_start().starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '{') => {
            visit_leaves(below, before, leaf)
        }
        _ => {
            leaf(before);
            let renamed = rest.trim_start().strip_prefix("as ").map(str::trim_start);
            renamed.map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'))
        }
    }
}
