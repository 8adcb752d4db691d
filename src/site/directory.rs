//! Directories of names with their own pages: owners, document types, roles and tags.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ahash::AHashMap;

use crate::handbook::DocumentIndex;
use crate::site::layout;
use crate::site::model::{Person, Shared};
use crate::url::SitePath;

/// Names with their pages and documents, sorted by name.
#[derive(Debug)]
pub(crate) struct Directory {
    /// The page that lists all names.
    pub(crate) index: SitePath,
    entries: BTreeMap<Arc<str>, DirectoryEntry>,
}

/// The page and documents of a name.
#[derive(Debug)]
pub(crate) struct DirectoryEntry {
    /// The page that lists its documents.
    pub(crate) path: SitePath,
    /// The name and its link, as other pages show them.
    pub(crate) person: Shared<Person>,
    /// The documents, sorted by path unless sorted otherwise.
    pub(crate) documents: Vec<DocumentIndex>,
}

impl Directory {
    /// Groups documents by name and gives each name a page in `folder`.
    pub(crate) fn new<'a>(folder: &str, names: impl Iterator<Item = (&'a Arc<str>, DocumentIndex)>) -> Directory {
        let index = layout::own_path(&format!("{folder}/index.html"));
        let mut documents: AHashMap<&Arc<str>, Vec<DocumentIndex>> = AHashMap::new();
        for (name, document) in names.filter(|(name, _)| !name.is_empty()) {
            let list = documents.entry(name).or_default();
            if list.last() != Some(&document) {
                list.push(document);
            }
        }
        let mut used_paths = BTreeSet::from([index.folded()]);
        let mut entry = |(name, documents): (&Arc<str>, Vec<DocumentIndex>)| {
            let path = unused_page(folder, name, &mut used_paths);
            let person = Person { name: name.to_string(), url: Some(path.as_str().to_owned()), each: Vec::new() };
            (name.clone(), DirectoryEntry { path, person: Shared::new(person), documents })
        };
        let documents: BTreeMap<&Arc<str>, Vec<DocumentIndex>> = documents.into_iter().collect();
        Directory { index, entries: documents.into_iter().map(&mut entry).collect() }
    }

    /// Sorts each name's documents by a key, then by path.
    pub(crate) fn sort_by_key<K: Ord>(&mut self, key: impl Fn(DocumentIndex) -> K) {
        for entry in self.entries.values_mut() {
            entry.documents.sort_by_cached_key(|index| (key(*index), *index));
        }
    }

    /// The entry of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&DirectoryEntry> {
        self.entries.get(name)
    }

    /// All names and their entries, sorted by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &DirectoryEntry)> {
        self.entries.iter()
    }
}

/// Returns an unused address for a name's page in `folder` and adds it to `used`.
pub(super) fn unused_page(folder: &str, name: &str, used: &mut BTreeSet<SitePath>) -> SitePath {
    let preferred = SitePath::page(&format!("{folder}/{}", name.replace('/', "-")));
    let free = (1..).map(|number| layout::part_path(&preferred, number)).find(|path| used.insert(path.folded()));
    free.unwrap_or(preferred)
}
