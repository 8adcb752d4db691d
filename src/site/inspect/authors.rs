//! What leads nowhere because a document's author wrote it so: that is told once, at the document.

use std::collections::{HashMap, HashSet};

use super::{Broken, BrokenReason};
use crate::handbook::Handbook;

/// What leads nowhere and is not told at a document already.
pub(crate) fn without_authors(mut broken: Vec<Broken>, handbook: &Handbook) -> Vec<Broken> {
    if broken.iter().any(|one| one.why == BrokenReason::NoElement) {
        let told = KnownProblems::of(handbook);
        broken.retain(|one| one.why != BrokenReason::NoElement || !told.has(one));
    }
    broken
}

/// Addresses of elements that documents name and that do not exist.
#[derive(Default)]
struct KnownProblems {
    /// On other pages: `change/policy.html#scope`.
    elsewhere: HashSet<String>,
    /// On a page of their own: how many documents name `#scope`.
    here: HashMap<String, usize>,
}

impl KnownProblems {
    fn of(handbook: &Handbook) -> KnownProblems {
        let mut told = KnownProblems::default();
        for (_, document) in handbook.indexed() {
            let mut here = HashSet::new();
            for (page, id) in document.links.iter().filter_map(|link| handbook.missing_anchor(document, link)) {
                told.elsewhere.insert(format!("{}#{id}", page.url));
                if std::ptr::eq(page, document) && here.insert(id) {
                    *told.here.entry(format!("#{id}")).or_default() += 1;
                }
            }
        }
        told
    }

    fn has(&self, broken: &Broken) -> bool {
        let on_own_pages = self.here.get(&broken.shown).is_some_and(|documents| broken.used.files <= *documents);
        on_own_pages || self.elsewhere.contains(&broken.shown)
    }
}
