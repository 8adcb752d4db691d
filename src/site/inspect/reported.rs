//! Leaves out broken links that `check` reports at the document that contains them.

use std::collections::{HashMap, HashSet};

use super::{BrokenReason, BrokenReference};
use crate::handbook::Handbook;

/// Removes the broken links to elements that are already reported at a document.
pub(crate) fn remove_reported(mut broken: Vec<BrokenReference>, handbook: &Handbook) -> Vec<BrokenReference> {
    if broken.iter().any(|reference| reference.reason == BrokenReason::NoElement) {
        let known_problems = KnownProblems::from_handbook(handbook);
        broken.retain(|reference| reference.reason != BrokenReason::NoElement || !known_problems.contains(reference));
    }
    broken
}

/// The missing elements that links in documents refer to.
#[derive(Default)]
struct KnownProblems {
    /// Elements of other pages: `change/policy.html#scope`.
    other_pages: HashSet<String>,
    /// Elements of the same page: the number of documents with a broken link to `#scope`.
    same_page: HashMap<String, usize>,
}

impl KnownProblems {
    fn from_handbook(handbook: &Handbook) -> KnownProblems {
        let mut known_problems = KnownProblems::default();
        for (_, document) in handbook.indexed() {
            let mut ids_on_page = HashSet::new();
            for (page, id) in document.links.iter().filter_map(|link| handbook.missing_anchor(document, link)) {
                known_problems.other_pages.insert(format!("{}#{id}", page.url));
                if std::ptr::eq(page, document) && ids_on_page.insert(id) {
                    *known_problems.same_page.entry(format!("#{id}")).or_default() += 1;
                }
            }
        }
        known_problems
    }

    fn contains(&self, broken: &BrokenReference) -> bool {
        let on_own_pages =
            self.same_page.get(&broken.display).is_some_and(|documents| broken.usage.files <= *documents);
        on_own_pages || self.other_pages.contains(&broken.display)
    }
}
