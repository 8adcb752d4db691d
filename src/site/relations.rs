//! Which documents refer to which: what a page shows of a document's neighbours.

use ahash::AHashSet;

use crate::handbook::{Destination, Document, DocumentIndex};

/// How many neighbours a page shows on either side of its document.
const MAX_NEIGHBOURS: usize = 7;

/// The neighbours of a document, as far as its page shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Neighbours {
    /// Documents that it refers to, those first that its front matter names; each with whether it refers back.
    pub(crate) outgoing: Vec<(DocumentIndex, bool)>,
    /// How many more it refers to.
    pub(crate) outgoing_more: usize,
    /// Documents that refer to it and that it does not refer to.
    pub(crate) incoming: Vec<DocumentIndex>,
    /// How many more refer to it.
    pub(crate) incoming_more: usize,
}

impl Neighbours {
    /// Looks around a document. It takes time for each of its references, and for each to it that it answers.
    pub(super) fn of(index: DocumentIndex, document: &Document) -> Neighbours {
        let outgoing = outgoing(index, document);
        // Documents that refer to one are known by path, which is the order of their numbers.
        let refers_back = |other: &DocumentIndex| document.referenced_by.binary_search(other).is_ok();
        let mutual = outgoing.iter().filter(|other| refers_back(other)).count();
        let known: AHashSet<DocumentIndex> = outgoing.iter().copied().collect();
        let is_new = |other: &DocumentIndex| !known.contains(other) && *other != index;
        let own = usize::from(refers_back(&index));
        let incoming: Vec<_> = document.referenced_by.iter().copied().filter(is_new).take(MAX_NEIGHBOURS).collect();
        Neighbours {
            outgoing_more: outgoing.len().saturating_sub(MAX_NEIGHBOURS),
            incoming_more: document.referenced_by.len().saturating_sub(mutual + own + incoming.len()),
            outgoing: outgoing.iter().take(MAX_NEIGHBOURS).map(|other| (*other, refers_back(other))).collect(),
            incoming,
        }
    }

    /// How many neighbours there are, shown or not.
    pub(super) fn count(&self) -> usize {
        self.outgoing.len() + self.outgoing_more + self.incoming.len() + self.incoming_more
    }
}

/// Every document that one refers to, each once: those that its front matter names, then those that its text links to.
pub(super) fn outgoing(index: DocumentIndex, document: &Document) -> Vec<DocumentIndex> {
    let named = [&document.depends_on, &document.supersedes, &document.related].into_iter().flatten().copied();
    let linked = document.links.iter().filter_map(|link| match link {
        Destination::Document { document, .. } => Some(*document),
        _ => None,
    });
    let mut seen = AHashSet::from([index]);
    named.chain(linked).filter(|other| seen.insert(*other)).collect()
}
