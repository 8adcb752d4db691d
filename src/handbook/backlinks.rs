//! References between documents, seen from their targets.

use std::sync::Arc;

use ahash::AHashMap;

use super::document::{Document, DocumentIndex};
use super::link::Destination;
use crate::id::DocumentId;

/// Fills in the relations that other documents declare. A document that already has them is left alone.
pub(super) fn add_backlinks(documents: &mut [Arc<Document>]) {
    let mut referenced: Vec<Vec<DocumentIndex>> = vec![Vec::new(); documents.len()];
    let mut superseded: Vec<Vec<DocumentIndex>> = vec![Vec::new(); documents.len()];
    let copies = documents_sharing_id(documents);
    for (from, document) in (0..).map(DocumentIndex).zip(documents.iter()) {
        for to in outgoing_references(document).filter(|to| *to != from) {
            let list = &mut referenced[to.at()];
            if list.last() != Some(&from) {
                list.push(from);
            }
        }
        let copies_of = |to| copies.get(to).into_iter().flatten().chain(std::iter::once(to));
        let replaced = document.supersedes.iter().flat_map(copies_of).filter(|to| **to != from);
        replaced.for_each(|to| superseded[to.at()].push(from));
    }
    for ((document, referenced_by), superseded_by) in documents.iter_mut().zip(referenced).zip(superseded) {
        if document.referenced_by != referenced_by || document.superseded_by != superseded_by {
            let document = Arc::make_mut(document);
            document.referenced_by = referenced_by;
            document.superseded_by = superseded_by;
        }
    }
}

/// For each document whose ID is used more than once, the other documents with that ID: replacing one replaces all.
fn documents_sharing_id(documents: &[Arc<Document>]) -> AHashMap<DocumentIndex, Vec<DocumentIndex>> {
    let mut of_id: AHashMap<&DocumentId, Vec<DocumentIndex>> = AHashMap::with_capacity(documents.len());
    for (index, document) in (0..).map(DocumentIndex).zip(documents) {
        document.id().into_iter().for_each(|id| of_id.entry(id).or_default().push(index));
    }
    let several = of_id.into_values().filter(|list| list.len() > 1);
    let others = |list: Vec<DocumentIndex>| {
        let of = |index: &DocumentIndex| (*index, list.iter().copied().filter(|other| other != index).collect());
        list.iter().map(of).collect::<Vec<_>>()
    };
    several.flat_map(others).collect()
}

/// The documents that a document links to, names or replaces.
pub(super) fn outgoing_references(document: &Document) -> impl Iterator<Item = DocumentIndex> + '_ {
    let linked = document.links.iter().filter_map(|link| match link {
        Destination::Document { document, .. } => Some(*document),
        _ => None,
    });
    let referenced = [&document.related, &document.depends_on, &document.supersedes];
    linked.chain(referenced.into_iter().flatten().copied())
}
