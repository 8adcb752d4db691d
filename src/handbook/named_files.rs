//! Lookup of documents by file name, as note-taking tools link to them: `[[Restore a backup]]`.
//!
//! A name counts only if the settings derive IDs from file names: then it is the document's ID in all but spelling. In
//! other handbooks, a file may be renamed without checking who links to it.

use std::collections::BTreeSet;
use std::sync::Arc;

use ahash::AHashMap;

use super::link::{file_name, join};
use super::lookup::LookupTarget;
use crate::path::MARKDOWN_EXTENSIONS;
use crate::text::as_seen;

/// Files whose documents get their IDs from the file name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NamedFiles {
    paths: BTreeSet<Arc<str>>,
    /// By path without the extension.
    by_path: AHashMap<String, LookupTarget>,
    /// By file name without the extension; `None` if several files share it.
    by_name: AHashMap<String, Option<LookupTarget>>,
}

impl NamedFiles {
    pub(super) fn add(&mut self, path: &Arc<str>, target: LookupTarget) {
        let stem = fold_name(without_extension(path));
        let name = file_name(&stem).to_owned();
        self.by_name.entry(name).and_modify(|existing| *existing = None).or_insert(Some(target));
        self.by_path.insert(stem, target);
        self.paths.insert(path.clone());
    }

    /// Whether no document gets its ID from the file name.
    pub(super) fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// Whether the document of a file gets its ID from the file name.
    pub(super) fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// The document that a name refers to in the file at `from`: a path relative to that file or to the content folder,
    /// or the name of exactly one file.
    pub(super) fn find(&self, name: &str, from: &str, content: &str) -> Option<LookupTarget> {
        let name = name.trim();
        if self.paths.is_empty() || name.is_empty() {
            return None;
        }
        let name = without_extension(name);
        let paths = [join(&format!("{content}/"), name), join(from, name)].into_iter().flatten();
        let at_path = paths.into_iter().find_map(|path| self.by_path.get(&fold_name(&path)).copied());
        let by_unique_name = || self.by_name.get(&fold_name(name)).copied().flatten();
        at_path.or_else(by_unique_name)
    }
}

/// A name as people see it, in lower case, because note-taking tools ignore letter case.
fn fold_name(name: &str) -> String {
    as_seen(name).to_lowercase()
}

fn without_extension(path: &str) -> &str {
    MARKDOWN_EXTENSIONS.iter().find_map(|ending| path.strip_suffix(ending)?.strip_suffix('.')).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::super::document::DocumentIndex;
    use super::*;

    #[test]
    fn a_name_means_the_only_file_that_has_it() {
        let mut files = NamedFiles::default();
        let paths = ["notes/Restore a backup.md", "notes/a/Index.md", "notes/b/Index.md", "notes/b/Keys.markdown"];
        for (path, index) in paths.into_iter().zip((0..).map(DocumentIndex)) {
            files.add(&path.into(), LookupTarget::Document(index));
        }
        let found = |name: &str, from: &str| match files.find(name, from, "notes") {
            Some(LookupTarget::Document(DocumentIndex(index))) => Some(index),
            _ => None,
        };
        for (name, from, expected) in [
            ("Restore a backup", "notes/b/Keys.markdown", Some(0)),
            ("restore A backup.md", "notes/x.md", Some(0)),
            ("Index", "notes/x.md", None),
            ("Index", "notes/a/x.md", Some(1)),
            ("b/Index", "notes/a/x.md", Some(2)),
            ("Keys", "notes/a/x.md", Some(3)),
            ("Locks", "notes/a/x.md", None),
            (" ", "notes/a/x.md", None),
        ] {
            assert_eq!(found(name, from), expected, "{name:?} in {from}");
        }
        assert_eq!(NamedFiles::default().find("Keys", "notes/x.md", "notes"), None);
    }
}
