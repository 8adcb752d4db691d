//! Services and locations by the names that documents and entries use: IDs or titles.

use std::sync::Arc;

use ahash::AHashMap;

use super::super::document::{Document, DocumentIndex};
use super::names::push_once;
use super::party_names::PartyNames;
use super::{EntryIndex, PlacedEntry};
use crate::place::Located;
use crate::register::Kind;

/// The documents and entries that name each service and location.
#[derive(Clone, Debug, Default)]
pub(super) struct Parties {
    /// The entries that a name may mean.
    names: PartyNames<EntryIndex>,
    documents: AHashMap<EntryIndex, Vec<DocumentIndex>>,
    entries: AHashMap<EntryIndex, Vec<EntryIndex>>,
}

/// Kinds whose entries are referred to by name, each with the key that does so.
const PARTY_KEYS: [(Kind, &str); 2] = [(Kind::Services, "services"), (Kind::Locations, "locations")];

impl Parties {
    pub(super) fn new(entries: &[PlacedEntry], documents: &[Arc<Document>]) -> Parties {
        let indexed = || (0..).map(EntryIndex).zip(entries);
        let party_entries =
            indexed().filter(|(_, placed_entry)| PARTY_KEYS.iter().any(|(kind, _)| *kind == placed_entry.entry.kind));
        let names = party_entries.map(|(index, placed_entry)| {
            (index, placed_entry.entry.kind, placed_entry.id(), placed_entry.entry.title())
        });
        let mut parties = Parties { names: PartyNames::new(names), ..Parties::default() };
        if parties.names.is_empty() {
            return parties;
        }
        for (index, document) in (0..).map(DocumentIndex).zip(documents) {
            for (kind, names) in document.front().iter().flat_map(|front| names_of(front)) {
                for party in parties.find_all(kind, names) {
                    push_once(parties.documents.entry(party).or_default(), index);
                }
            }
        }
        for (index, placed_entry) in indexed() {
            for (kind, key) in PARTY_KEYS {
                for party in parties.find_all(kind, placed_entry.entry.record.names(key)) {
                    push_once(parties.entries.entry(party).or_default(), index);
                }
            }
        }
        parties
    }

    fn find_all(&self, kind: Kind, names: &[Located<String>]) -> Vec<EntryIndex> {
        names.iter().filter_map(|name| self.find(kind, &name.value)).collect()
    }

    /// The entry that a name means; `None` if it is ambiguous.
    pub(super) fn find(&self, kind: Kind, name: &str) -> Option<EntryIndex> {
        let [entry] = self.find_entries(kind, name) else { return None };
        Some(*entry)
    }

    /// The entries that a name may mean.
    pub(super) fn find_entries(&self, kind: Kind, name: &str) -> &[EntryIndex] {
        self.names.get(kind, name)
    }

    pub(super) fn documents(&self, party: EntryIndex) -> &[DocumentIndex] {
        self.documents.get(&party).map_or(&[], Vec::as_slice)
    }

    pub(super) fn entries(&self, party: EntryIndex) -> &[EntryIndex] {
        self.entries.get(&party).map_or(&[], Vec::as_slice)
    }
}

/// The services and locations named in front matter.
fn names_of(front: &crate::source::front_matter::FrontMatter) -> [(Kind, &[Located<String>]); 2] {
    [(Kind::Services, &front.services), (Kind::Locations, &front.locations)]
}
