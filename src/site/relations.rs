//! References between documents: the neighbours that a document's page shows.

use ahash::AHashSet;

use crate::handbook::{Destination, Document, DocumentIndex};

/// The maximum number of neighbours shown in each direction.
const MAX_NEIGHBOURS: usize = 7;

/// The neighbours of a document that its page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Neighbours {
    /// The documents that it refers to, those named in front matter first; each with whether it refers back.
    pub(crate) outgoing: Vec<(DocumentIndex, bool)>,
    /// The number of further documents that it refers to.
    pub(crate) outgoing_more: usize,
    /// The documents that refer to it and that it does not refer to.
    pub(crate) incoming: Vec<DocumentIndex>,
    /// The number of further documents that refer to it.
    pub(crate) incoming_more: usize,
}

impl Neighbours {
    /// Collects the neighbours of a document. This takes time for each reference from it and for each mutual reference,
    /// but not for all other references to it.
    pub(super) fn new(index: DocumentIndex, document: &Document) -> Neighbours {
        let outgoing = outgoing(index, document);
        // `referenced_by` is sorted by path, which is the order of indexes.
        let refers_back = |other: &DocumentIndex| document.referenced_by.binary_search(other).is_ok();
        let mutual = outgoing.iter().filter(|other| refers_back(other)).count();
        let known: AHashSet<DocumentIndex> = outgoing.iter().copied().collect();
        let is_new = |other: &DocumentIndex| !known.contains(other) && *other != index;
        let self_reference = usize::from(refers_back(&index));
        let incoming: Vec<_> = document.referenced_by.iter().copied().filter(is_new).take(MAX_NEIGHBOURS).collect();
        Neighbours {
            outgoing_more: outgoing.len().saturating_sub(MAX_NEIGHBOURS),
            incoming_more: document.referenced_by.len().saturating_sub(mutual + self_reference + incoming.len()),
            outgoing: outgoing.iter().take(MAX_NEIGHBOURS).map(|other| (*other, refers_back(other))).collect(),
            incoming,
        }
    }

    /// The number of neighbours, shown or not.
    pub(super) fn count(&self) -> usize {
        self.outgoing.len() + self.outgoing_more + self.incoming.len() + self.incoming_more
    }
}

/// All documents that a document refers to, each once: first those named in front matter, then those linked in its
/// content.
pub(super) fn outgoing(index: DocumentIndex, document: &Document) -> Vec<DocumentIndex> {
    let front_relations =
        [&document.depends_on, &document.supersedes, &document.related].into_iter().flatten().copied();
    let linked = document.links.iter().filter_map(|link| match link {
        Destination::Document { document, .. } => Some(*document),
        _ => None,
    });
    let mut seen_documents = AHashSet::from([index]);
    front_relations.chain(linked).filter(|other| seen_documents.insert(*other)).collect()
}
