//! Leaves out broken links that `check` reports at the document that contains them.

use std::collections::{HashMap, HashSet};

use super::{Broken, BrokenReason};
use crate::handbook::Handbook;

/// Removes the broken links to elements that are already reported at a document.
pub(crate) fn without_authors(mut broken: Vec<Broken>, handbook: &Handbook) -> Vec<Broken> {
    if broken.iter().any(|one| one.why == BrokenReason::NoElement) {
        let told = KnownProblems::of(handbook);
        broken.retain(|one| one.why != BrokenReason::NoElement || !told.has(one));
    }
    broken
}

/// The missing elements that links in documents refer to.
#[derive(Default)]
struct KnownProblems {
    /// Elements of other pages: `change/policy.html#scope`.
    elsewhere: HashSet<String>,
    /// Elements of the same page: the number of documents with a broken link to `#scope`.
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
