//! Links to documents and document types, cached for all pages.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::model::{DocumentLink, KeyedName, Shared};
use crate::handbook::DocumentIndex;

/// Links are cached in handbooks with up to this many documents. Making a link is cheap, and in larger handbooks the
/// cache would need much memory.
const MAX_DOCUMENTS: usize = 1_500;

/// Cached links to documents and cached names of document types.
#[derive(Debug, Default)]
pub(super) struct LinkCache {
    /// Each link is made when a page first needs it. Empty in handbooks with more than [`MAX_DOCUMENTS`] documents.
    documents: Vec<OnceLock<Shared<DocumentLink>>>,
    /// Document types by key.
    doc_types: OnceLock<BTreeMap<Arc<str>, Shared<KeyedName>>>,
    /// Whether each document is suspect, determined for all when a page first shows the state of one.
    suspects: OnceLock<Box<[bool]>>,
}

impl LinkCache {
    /// Creates an empty cache for a handbook with this many documents.
    pub(super) fn new(documents: usize) -> LinkCache {
        let capacity = if documents <= MAX_DOCUMENTS { documents } else { 0 };
        LinkCache { documents: (0..capacity).map(|_| OnceLock::new()).collect(), ..LinkCache::default() }
    }

    /// The link to a document, from the cache or from `make`.
    pub(super) fn document(
        &self,
        index: DocumentIndex,
        make: impl FnOnce() -> Shared<DocumentLink>,
    ) -> Shared<DocumentLink> {
        match self.documents.get(index.at()) {
            Some(cached) => cached.get_or_init(make).clone(),
            None => make(),
        }
    }

    /// The type with this key, if documents use it; `make` lists all types on first use.
    pub(super) fn kind(
        &self,
        key: &str,
        make: impl FnOnce() -> BTreeMap<Arc<str>, Shared<KeyedName>>,
    ) -> Option<Shared<KeyedName>> {
        self.doc_types.get_or_init(make).get(key).cloned()
    }

    /// Whether a document is suspect.
    pub(super) fn is_suspect(&self, index: DocumentIndex, of_all: impl FnOnce() -> Box<[bool]>) -> bool {
        self.suspects.get_or_init(of_all).get(index.at()).copied().unwrap_or_default()
    }

    /// Frees the memory of links; they are made again if a page needs them.
    pub(super) fn clear(&mut self) {
        self.documents.iter_mut().for_each(|link| drop(link.take()));
    }
}
