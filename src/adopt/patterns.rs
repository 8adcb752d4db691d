//! Patterns of files as in `.gitignore`, which MkDocs uses for documents that are not part of a site.

use std::collections::BTreeSet;

/// A pattern on a line.
struct Pattern<'t> {
    /// The names of a path, from the first folder; each may contain `*` and `?`, and `**` is any number of folders.
    names: Vec<&'t str>,
    /// Whether it includes again what another pattern excludes.
    is_exception: bool,
    /// Whether it matches folders alone.
    is_folder: bool,
}

/// The files that the patterns exclude, or the folders that contain them. Folders are listed only if no pattern makes
/// an exception.
pub(super) fn excluded<'p>(patterns: &str, paths: impl Iterator<Item = &'p str>) -> BTreeSet<&'p str> {
    let patterns: Vec<Pattern<'_>> = patterns.lines().filter_map(pattern).collect();
    let has_exceptions = patterns.iter().any(|pattern| pattern.is_exception);
    let outermost = |path: &'p str| {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        let mut found = None;
        for pattern in &patterns {
            let match_end = ends.clone().find(|end| pattern.matches(&path[..*end], *end < path.len()));
            found = match match_end {
                Some(_) if pattern.is_exception => None,
                Some(end) => found.map(|known: usize| known.min(end)).or(Some(end)),
                None => found,
            };
        }
        found.map(|end| if has_exceptions { path } else { &path[..end] })
    };
    paths.filter_map(outermost).collect()
}

fn pattern(line: &str) -> Option<Pattern<'_>> {
    let line = line.trim();
    let (is_exception, line) = line.strip_prefix('!').map_or((false, line), |rest| (true, rest));
    let (is_folder, path) = line.strip_suffix('/').map_or((false, line), |rest| (true, rest));
    let anchored = path.strip_prefix('/');
    let mut names: Vec<&str> = anchored.unwrap_or(path).split('/').collect();
    if anchored.is_none() && names.len() == 1 {
        names.insert(0, "**");
    }
    let is_pattern = !line.starts_with('#') && names.last().is_some_and(|name| !name.is_empty());
    is_pattern.then_some(Pattern { names, is_exception, is_folder })
}

impl Pattern<'_> {
    fn matches(&self, path: &str, is_folder: bool) -> bool {
        let path: Vec<&str> = path.split('/').collect();
        (is_folder || !self.is_folder) && match_names(&self.names, &path)
    }
}

/// Whether patterns of names match the names of a path.
fn match_names(patterns: &[&str], names: &[&str]) -> bool {
    // Whether the patterns so far match the first names, for each number of names.
    let mut matched: Vec<bool> = (0..=names.len()).map(|length| length == 0).collect();
    for pattern in patterns {
        let before = matched;
        matched = vec![false; names.len() + 1];
        for length in 0..=names.len() {
            matched[length] = if *pattern == "**" {
                before[..=length].contains(&true)
            } else {
                length > 0 && before[length - 1] && match_name(pattern, names[length - 1])
            };
        }
    }
    matched.last() == Some(&true)
}

/// Whether a name matches a pattern with `*` and `?`.
fn match_name(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut done, mut star) = (0, 0, None);
    while done < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, done));
                at += 1;
            }
            Some(c) if *c == '?' || *c == name[done] => (at, done) = (at + 1, done + 1),
            _ => match star {
                Some((star_at, from)) => {
                    star = Some((star_at, from + 1));
                    (at, done) = (star_at + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_what_git_means_by_them() {
        let paths = ["a.md", "drafts/x.md", "ops/drafts/y.md", "ops/keys.md", "ops/deep/keys.md", "draft-z.md"];
        for (patterns, expected) in [
            ("drafts/", vec!["drafts", "ops/drafts"]),
            ("/drafts/", vec!["drafts"]),
            ("# a.md\n\nkeys.md", vec!["ops/deep/keys.md", "ops/keys.md"]),
            ("ops/keys.md", vec!["ops/keys.md"]),
            ("ops/**/keys.md", vec!["ops/deep/keys.md", "ops/keys.md"]),
            ("ops", vec!["ops"]),
            ("draft*", vec!["draft-z.md", "drafts", "ops/drafts"]),
            ("draft?z.md\na.md/", vec!["draft-z.md"]),
            ("drafts\n!y.md", vec!["drafts/x.md"]),
            ("", vec![]),
        ] {
            let found: Vec<&str> = excluded(patterns, paths.into_iter()).into_iter().collect();
            assert_eq!(found, expected, "{patterns}");
        }
    }
}
