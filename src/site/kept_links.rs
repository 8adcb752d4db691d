//! Documents and their types as pages name them, kept for all pages that do.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::model::{DocumentLink, Named, Shared};
use crate::handbook::DocumentIndex;

/// Links to so many documents are kept. Making one again takes little, and their room matters in larger handbooks only.
const MAX_DOCUMENTS: usize = 1_500;

/// Documents and types as pages name them.
#[derive(Debug, Default)]
pub(super) struct KeptLinks {
    /// Each made when a page first names it; none of more than [`MAX_DOCUMENTS`].
    documents: Vec<OnceLock<Shared<DocumentLink>>>,
    /// Document types by their keys.
    kinds: OnceLock<BTreeMap<Arc<str>, Shared<Named>>>,
    /// Whether a document is suspect, found out for all when a page first shows the state of one.
    suspects: OnceLock<Box<[bool]>>,
}

impl KeptLinks {
    /// Room for links to so many documents.
    pub(super) fn new(documents: usize) -> KeptLinks {
        let kept = if documents <= MAX_DOCUMENTS { documents } else { 0 };
        KeptLinks { documents: (0..kept).map(|_| OnceLock::new()).collect(), ..KeptLinks::default() }
    }

    /// A document as pages name it.
    pub(super) fn document(
        &self,
        index: DocumentIndex,
        make: impl FnOnce() -> Shared<DocumentLink>,
    ) -> Shared<DocumentLink> {
        match self.documents.get(index.at()) {
            Some(kept) => kept.get_or_init(make).clone(),
            None => make(),
        }
    }

    /// A type with its name, of those that documents have.
    pub(super) fn kind(
        &self,
        key: &str,
        make: impl FnOnce() -> BTreeMap<Arc<str>, Shared<Named>>,
    ) -> Option<Shared<Named>> {
        self.kinds.get_or_init(make).get(key).cloned()
    }

    /// Whether a document is suspect.
    pub(super) fn is_suspect(&self, index: DocumentIndex, of_all: impl FnOnce() -> Box<[bool]>) -> bool {
        self.suspects.get_or_init(of_all).get(index.at()).copied().unwrap_or_default()
    }

    /// Gives back the room of links; they are made again should a page need them.
    pub(super) fn forget(&mut self) {
        self.documents.iter_mut().for_each(|link| drop(link.take()));
    }
}
