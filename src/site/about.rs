//! The services and locations that documents are about, for filters.

use std::collections::HashMap;

use super::model::{DocumentParties, PartyFilters};
use crate::handbook::{DocumentIndex, Reading};
use crate::place::Located;
use crate::register::Kind;
use crate::source::front_matter::FrontMatter;

/// What each document is about, and the options of the filters.
#[derive(Debug, Default)]
pub(super) struct PartyIndex {
    /// The options of the filters.
    pub(super) filters: PartyFilters,
    by_document: HashMap<DocumentIndex, DocumentParties>,
}

/// Reads the names listed under one key of the front matter.
type NamesGetter = fn(&FrontMatter) -> &[Located<String>];

impl PartyIndex {
    /// Collects services and locations: entries of registers by title, then names in front matter that no register
    /// contains.
    pub(super) fn from_reading(reading: &Reading) -> PartyIndex {
        let mut abouts = PartyIndex::default();
        let services = abouts.gather(reading, Kind::Services, |front| &front.services, |about| &mut about.services);
        let locations = abouts.gather(reading, Kind::Locations, |front| &front.locations, |about| &mut about.locations);
        abouts.filters = PartyFilters { services, locations };
        abouts
    }

    /// The services and locations that a document is about.
    pub(super) fn get(&self, index: DocumentIndex) -> DocumentParties {
        self.by_document.get(&index).cloned().unwrap_or_default()
    }

    /// Adds to each document the indexes of its services or locations in the returned list of names.
    fn gather(
        &mut self,
        reading: &Reading,
        kind: Kind,
        names: NamesGetter,
        list: fn(&mut DocumentParties) -> &mut Vec<usize>,
    ) -> Vec<String> {
        let handbook = &reading.handbook;
        let registers = &handbook.registers;
        let mut note = |document: DocumentIndex, number: usize| {
            let numbers = list(self.by_document.entry(document).or_default());
            if let Err(at) = numbers.binary_search(&number) {
                numbers.insert(at, number);
            }
        };
        let mut shown: Vec<String> = Vec::new();
        for (index, placed_entry) in registers.of_kind(kind) {
            let references = placed_entry.entry.record.references("documents").iter();
            let named_documents = references.filter_map(|reference| handbook.lookup.by_id(reference.value.id()?));
            registers
                .documents_of(index)
                .iter()
                .copied()
                .chain(named_documents)
                .for_each(|document| note(document, shown.len()));
            shown.push(placed_entry.entry.title().to_owned());
        }
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        for (index, document) in handbook.indexed() {
            for name in unregistered_names(reading, kind, document.front().into_iter().flat_map(names)) {
                let number = *numbers.entry(name).or_insert_with(|| {
                    shown.push(name.to_owned());
                    shown.len() - 1
                });
                note(index, number);
            }
        }
        shown
    }
}

/// Those of some names in front matter that no entry of a register has, not even one that this edition hides.
fn unregistered_names<'a>(
    reading: &Reading,
    kind: Kind,
    names: impl Iterator<Item = &'a Located<String>>,
) -> impl Iterator<Item = &'a str> {
    let registers = &reading.handbook.registers;
    let is_unregistered =
        move |name: &&str| registers.find_party(kind, name).is_none() && !registers.known_parties.withholds(kind, name);
    names.map(|name| name.value.trim()).filter(is_unregistered)
}
