//! What pages were found to say, kept for a next look at the same bytes: a preview looks after every change.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::scan::How;

/// What pages were found to say, by path.
#[derive(Debug, Default)]
pub struct Memory {
    pages: HashMap<String, (Arc<[u8]>, Sight)>,
    /// Texts of references, each once.
    texts: HashSet<Arc<str>>,
}

/// What a page was found to say.
#[derive(Clone, Debug)]
pub(super) struct Sight {
    /// What its references are relative to; nothing when that is elsewhere.
    pub(super) base: Option<Arc<str>>,
    /// Hashes of the ids of its elements, sorted.
    pub(super) ids: Arc<[u64]>,
    /// Its references, but for those to elements of its own.
    pub(super) references: Arc<[(How, Arc<str>)]>,
}

impl Memory {
    /// What a page was found to say when it was these very bytes.
    pub(super) fn of(&self, path: &str, bytes: &Arc<[u8]>) -> Option<&Sight> {
        self.pages.get(path).filter(|(known, _)| Arc::ptr_eq(known, bytes)).map(|(_, sight)| sight)
    }

    /// Keeps what a page says.
    pub(super) fn keep(&mut self, path: &str, bytes: &Arc<[u8]>, sight: Sight) {
        self.pages.insert(path.to_owned(), (bytes.clone(), sight));
    }

    /// References whose texts are held once for all pages.
    pub(super) fn shared(&mut self, references: &[(How, &str)]) -> Arc<[(How, Arc<str>)]> {
        let mut share = |text: &str| match self.texts.get(text) {
            Some(known) => known.clone(),
            None => {
                let new: Arc<str> = text.into();
                self.texts.insert(new.clone());
                new
            }
        };
        references.iter().map(|(how, text)| (*how, share(text))).collect()
    }
}
