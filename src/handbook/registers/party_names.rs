//! Names of services and locations: IDs are matched exactly, titles as readers see them.

use ahash::AHashMap;

use crate::name::party_key;
use crate::register::Kind;

/// A lookup from names to what they may mean.
#[derive(Clone, Debug)]
pub(super) struct PartyNames<T> {
    by_id: AHashMap<(Kind, Box<str>), Vec<T>>,
    /// By title, ignoring letter case and differences in white space.
    by_title: AHashMap<(Kind, Box<str>), Vec<T>>,
}

impl<T> Default for PartyNames<T> {
    fn default() -> PartyNames<T> {
        PartyNames { by_id: AHashMap::new(), by_title: AHashMap::new() }
    }
}

impl<T: Clone + PartialEq> PartyNames<T> {
    /// Indexes the names of these entries, each with its kind, ID and title.
    pub(super) fn new<'e>(entries: impl Iterator<Item = (T, Kind, &'e str, &'e str)>) -> PartyNames<T> {
        let mut names = PartyNames::default();
        for (entry, kind, id, title) in entries {
            add_once(names.by_id.entry((kind, id.trim().into())).or_default(), &entry);
            add_once(names.by_title.entry((kind, party_key(title))).or_default(), &entry);
        }
        for ((kind, id), entries) in &mut names.by_id {
            let titled = names.by_title.get(&(*kind, party_key(id)));
            titled.into_iter().flatten().for_each(|entry| add_once(entries, entry));
        }
        names
    }

    /// Everything that a name may mean.
    pub(super) fn get(&self, kind: Kind, name: &str) -> &[T] {
        let by_id = self.by_id.get(&(kind, Box::from(name.trim())));
        by_id.or_else(|| self.by_title.get(&(kind, party_key(name)))).map_or(&[], Vec::as_slice)
    }

    /// Everything that has a name.
    pub(super) fn all(&self) -> impl Iterator<Item = &T> {
        self.by_id.values().flatten()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}

fn add_once<T: Clone + PartialEq>(list: &mut Vec<T>, entry: &T) {
    if !list.contains(entry) {
        list.push(entry.clone());
    }
}
