//! What a preview keeps of an index, in order to put right only what changed.

use std::ops::Range;
use std::sync::Arc;

use ahash::AHashMap;
use rayon::prelude::*;

use super::entry::{Entry, Source};
use super::leaf::{Face, Leaf, Posting};
use super::lists::{List, Term, compare, sort};
use super::{Gathered, gather};
use crate::site::portal::Portal;

/// With more changed pages than this the index is made again.
const MOST_CHANGES: usize = 64;

/// The terms of the last build, and the pages that they were read from.
#[derive(Debug, Default)]
pub struct Kept {
    pages: Vec<Page>,
    starts: Vec<u32>,
    gathered: Gathered,
}

/// All that the terms of a page are made from.
#[derive(Debug, PartialEq)]
struct Page {
    face: Face,
    source: Source,
}

/// A page that is not what it was.
struct Change {
    old: Range<u32>,
    new: Range<u32>,
    before: Leaf,
    after: Leaf,
}

impl Kept {
    /// The terms of the handbook as it is now.
    pub(super) fn renewed(&mut self, portal: &Portal<'_>, entries: &[Entry], starts: &[u32]) -> Gathered {
        let page = |entry: &Entry| Page { face: entry.face(portal), source: entry.source(portal) };
        let pages: Vec<Page> = entries.par_iter().map(page).collect();
        let changed = self.changed(&pages);
        let gathered = match changed {
            Some(changed) => self.patched(&pages, starts, &changed),
            None => gather(starts, |at| pages[at].leaf()),
        };
        *self = Kept { pages, starts: starts.to_vec(), gathered: gathered.clone() };
        gathered
    }

    /// The pages that changed; `None` when there are others, or when too many changed.
    fn changed(&self, pages: &[Page]) -> Option<Vec<usize>> {
        let same = self.pages.len() == pages.len();
        let differs = |at: &usize| self.pages[*at] != pages[*at];
        let changed: Vec<usize> = same.then(|| (0..pages.len()).filter(differs).collect())?;
        (changed.len() <= MOST_CHANGES).then_some(changed)
    }

    fn patched(&self, pages: &[Page], starts: &[u32], changed: &[usize]) -> Gathered {
        let change = |at: &usize| Change {
            old: self.starts[*at]..self.starts[at + 1],
            new: starts[*at]..starts[at + 1],
            before: self.pages[*at].leaf(),
            after: pages[*at].leaf(),
        };
        let changes: Vec<Change> = changed.par_iter().map(change).collect();
        let mut prints = self.gathered.prints.clone();
        changed.iter().zip(&changes).for_each(|(at, change)| prints[*at] = change.after.print);
        Gathered { terms: patched(&self.gathered.terms, &changes), prints }
    }
}

impl Page {
    fn leaf(&self) -> Leaf {
        self.source.leaf(&self.face)
    }
}

/// Terms with the lists of those put right that a change touches.
fn patched(terms: &[Arc<Term>], changes: &[Change]) -> Vec<Arc<Term>> {
    let moved = changes.iter().any(|change| change.old != change.new);
    let touched = touched(changes);
    let patch = |term: &Arc<Term>| {
        let fresh = touched.get(&*term.term);
        if fresh.is_none() && !moved {
            return Some(term.clone());
        }
        let list = list(&term.list, changes, fresh.map_or(&[], Vec::as_slice));
        if list == term.list {
            return Some(term.clone());
        }
        (list.count > 0).then(|| Arc::new(Term { term: term.term.clone(), list }))
    };
    let mut patched: Vec<Arc<Term>> = terms.par_iter().filter_map(patch).collect();
    let known = |wanted: &str| terms.binary_search_by(|term| compare(&term.term, wanted)).is_ok();
    let new = touched.iter().filter(|(term, fresh)| !fresh.is_empty() && !known(term));
    let before = patched.len();
    patched.extend(
        new.map(|(term, fresh)| Arc::new(Term { term: (*term).into(), list: list(&List::default(), changes, fresh) })),
    );
    if patched.len() > before {
        sort(&mut patched);
    }
    patched
}

/// Every term that a changed page had or has, with the sections that have it now.
fn touched(changes: &[Change]) -> AHashMap<&str, Vec<Posting>> {
    let mut touched: AHashMap<&str, Vec<Posting>> = AHashMap::new();
    for change in changes {
        for (term, _) in change.before.all() {
            touched.entry(term).or_default();
        }
        for (term, postings) in change.after.all() {
            let start = change.new.start;
            let moved = postings.iter().map(|one| Posting { section: start + one.section, weight: one.weight });
            touched.entry(term).or_default().extend(moved);
        }
    }
    touched
}

/// A list without the sections of changed pages as they were, the others moved to where they are now, and with `fresh`.
fn list(old: &List, changes: &[Change], fresh: &[Posting]) -> List {
    let mut list = List::default();
    let mut fresh = fresh.iter().copied().peekable();
    let mut changes = changes.iter().peekable();
    let mut shift = 0_u32;
    for posting in old.postings() {
        while let Some(change) = changes.next_if(|change| change.old.end <= posting.section) {
            shift = change.new.end.wrapping_sub(change.old.end);
        }
        if changes.peek().is_some_and(|change| change.old.contains(&posting.section)) {
            continue;
        }
        let section = posting.section.wrapping_add(shift);
        while let Some(one) = fresh.next_if(|one| one.section < section) {
            list.push(one);
        }
        list.push(Posting { section, weight: posting.weight });
    }
    fresh.for_each(|one| list.push(one));
    list
}
