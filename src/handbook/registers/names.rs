//! References between entries, documents and the notes of entries.

use std::sync::Arc;

use ahash::AHashMap;
use rayon::prelude::*;

use super::super::document::{Document, DocumentIndex};
use super::super::link::Destination;
use super::super::lookup::Lookup;
use super::parties::Parties;
use super::{EntryIndex, PlacedEntry, Registers, references};
use crate::id::{ClauseKey, DocumentId};
use crate::markdown::Mention;
use crate::register::{Entry, Kind, Reference};

impl Registers {
    /// Resolves links and mentions of clauses in notes; notes whose destinations are unchanged are left alone. If a
    /// note links to something withheld, its entry keeps only the plain text.
    pub(in crate::handbook) fn resolve_note_links(
        &mut self,
        lookup: &Lookup,
        content: &str,
        mentioned: impl Fn(&Mention) -> Option<ClauseKey> + Sync,
    ) {
        self.entries.par_iter_mut().for_each(|placed_entry| {
            let Some(note) = placed_entry.note.as_mut() else { return };
            let path = placed_entry.file.source.path();
            let links = note.resolve_links(lookup, path, content);
            let mentions: Vec<_> = note.body.mentions.iter().map(&mentioned).collect();
            if (&links, &mentions) != (&note.links, &note.mentions) {
                let note = Arc::make_mut(note);
                (note.links, note.mentions) = (links, mentions);
            }
            if note.names_withheld(lookup, path, content) {
                let entry = Arc::make_mut(&mut placed_entry.entry);
                entry.record.set_text("note", note.text.trim());
            }
        });
    }

    /// Collects all references; `by_id` looks up the IDs of documents and entries.
    pub(in crate::handbook) fn connect(
        &mut self,
        documents: &[Arc<Document>],
        by_id: impl Fn(&DocumentId) -> (Option<DocumentIndex>, Option<EntryIndex>),
    ) {
        let count = self.entries.len();
        let (mut linked, mut named) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        let mut naming: AHashMap<DocumentIndex, Vec<EntryIndex>> = AHashMap::new();
        for (index, document) in (0..).map(DocumentIndex).zip(documents) {
            for link in &document.links {
                if let Destination::Entry { entry, .. } = link {
                    push_once(&mut linked[entry.at()], index);
                }
            }
        }
        for (from, placed_entry) in (0..).map(EntryIndex).zip(&self.entries) {
            for id in references(&placed_entry.entry).filter_map(Reference::id) {
                let (document, entry) = by_id(id);
                document.into_iter().for_each(|document| push_once(naming.entry(document).or_default(), from));
                let other = entry.filter(|entry| *entry != from && document.is_none());
                other.into_iter().for_each(|entry| push_once(&mut named[entry.at()], from));
            }
            for audit in mentioned_audits(&self.entries, &placed_entry.entry, &by_id) {
                push_once(&mut named[audit.at()], from);
            }
            for link in placed_entry.note.iter().flat_map(|note| &note.links) {
                if let Destination::Document { document, .. } = link {
                    push_once(naming.entry(*document).or_default(), from);
                }
            }
        }
        self.parties = Parties::new(&self.entries, documents);
        (self.linked_by, self.named_by, self.entries_naming) = (linked, named, naming);
    }

    /// Finds files that look like registers but that no document names or links to.
    pub(in crate::handbook) fn find_orphans(&mut self, is_linked: impl Fn(&str) -> bool) {
        self.orphans = self.unnamed.iter().filter(|path| !is_linked(path)).cloned().collect();
    }
}

/// Audits that the source of a nonconformity mentions in words, such as `A26-3 (surveillance)`: it is one of their
/// findings, however its author put it.
fn mentioned_audits(
    entries: &[PlacedEntry],
    entry: &Entry,
    by_id: impl Fn(&DocumentId) -> (Option<DocumentIndex>, Option<EntryIndex>),
) -> Vec<EntryIndex> {
    if entry.kind != Kind::Nonconformities {
        return Vec::new();
    }
    let ids = entry.record.references("source").iter().flat_map(|source| source.value.mentioned_ids());
    let is_audit = |index: &EntryIndex| entries[index.at()].entry.kind == Kind::Audits;
    ids.filter_map(|id| by_id(&id).1).filter(is_audit).collect()
}

pub(super) fn push_once<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if list.last() != Some(&item) {
        list.push(item);
    }
}
