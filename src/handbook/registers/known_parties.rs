//! Names of every service and location, including withheld ones: they determine what an edition is about.

use std::sync::Arc;

use ahash::AHashSet;

use super::super::edition::may_be_named;
use super::party_names::PartyNames;
use crate::config::Settings;
use crate::id::DocumentId;
use crate::name::name_key;
use crate::place::Located;
use crate::register::{Entry, Kind, RegisterFile};

/// Services and locations by name, which is an ID or a title.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownParties {
    /// The IDs that a name may mean.
    by_name: PartyNames<DocumentId>,
    /// The same names as written.
    names: Vec<(Kind, Box<str>)>,
    /// Kinds for which there is a register.
    kinds: Vec<Kind>,
    /// Kinds of which some entry could not be read.
    unreadable_kinds: Vec<Kind>,
    /// IDs of services and locations that an edition withholds.
    withheld_ids: AHashSet<DocumentId>,
}

impl KnownParties {
    /// Collects the services and locations of all registers.
    pub(crate) fn new(files: &[Arc<RegisterFile>]) -> KnownParties {
        let mut known_parties = KnownParties::default();
        for file in files {
            known_parties
                .kinds
                .extend(file.lists.iter().map(|(kind, _)| *kind).chain(file.unread_kinds.iter().copied()));
            known_parties.unreadable_kinds.extend(&file.unread_kinds);
        }
        let is_party = |entry: &&Arc<Entry>| matches!(entry.kind, Kind::Services | Kind::Locations);
        let parties = || files.iter().flat_map(|file| &file.entries).filter(is_party);
        let each = parties()
            .flat_map(|party| [party.id.value.as_str(), party.title().trim()].map(|name| (party.kind, name.into())));
        known_parties.names = each.collect();
        known_parties.by_name = PartyNames::new(
            parties().map(|party| (party.id.value.clone(), party.kind, party.id.value.as_str(), party.title())),
        );
        known_parties
    }

    /// Whether there is a register of a kind, so that names must be in it.
    fn has(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Withholds from an edition every service and location except those of `entries` that its readers may know of.
    pub(super) fn withhold_except<'a>(&mut self, settings: &Settings, entries: impl Iterator<Item = &'a Entry>) {
        if settings.is_limited() {
            let named: AHashSet<&DocumentId> =
                entries.filter(|entry| may_be_named(settings, self, entry)).map(|entry| &entry.id.value).collect();
            let all = self.by_name.all();
            self.withheld_ids = all.filter(|id| !named.contains(id)).cloned().collect();
        }
    }

    /// Whether a name belongs only to services or locations that are withheld.
    pub(crate) fn withholds(&self, kind: Kind, name: &str) -> bool {
        let ids = self.ids(kind, name);
        !ids.is_empty() && ids.iter().all(|id| self.withheld_ids.contains(id))
    }

    /// An entry without the names of withheld services and locations.
    pub(super) fn without_withheld(&self, entry: Arc<Entry>) -> Arc<Entry> {
        let parties = [Kind::Services, Kind::Locations];
        let names_kept = |kind: &Kind| {
            let names = entry.record.names(kind.row().name);
            names.iter().any(|name| self.withholds(*kind, &name.value))
        };
        if self.withheld_ids.is_empty() || !parties.iter().any(names_kept) {
            return entry;
        }
        let mut visible = (*entry).clone();
        for kind in parties {
            visible.record = visible.record.without_names(kind.row().name, |name| self.withholds(kind, name));
        }
        Arc::new(visible)
    }

    /// Whether there is a register of a kind and all its entries could be read.
    pub(crate) fn is_complete(&self, kind: Kind) -> bool {
        self.has(kind) && !self.unreadable_kinds.contains(&kind)
    }

    /// Every name of a kind, sorted.
    pub(crate) fn names(&self, kind: Kind) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.names.iter().filter(|(party_kind, _)| *party_kind == kind).map(|(_, name)| &**name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The IDs that a name may mean.
    pub(crate) fn ids(&self, kind: Kind, name: &str) -> &[DocumentId] {
        self.by_name.get(kind, name)
    }

    /// Whether names are clearly about something in `parties`, or about nothing in particular. If there is a register,
    /// a name that is not in it may be a misspelling.
    pub(crate) fn are_about(&self, kind: Kind, names: &[Located<String>], parties: &[Located<String>]) -> bool {
        let is_clear = |name: &Located<String>| !self.has(kind) || self.id(kind, &name.value).is_some();
        let is_wanted =
            |name: &Located<String>| parties.iter().any(|party| self.is_same_party(kind, &party.value, &name.value));
        names.is_empty() || (names.iter().all(is_clear) && names.iter().any(is_wanted))
    }

    fn is_same_party(&self, kind: Kind, a: &str, b: &str) -> bool {
        if !self.has(kind) {
            return name_key(a) == name_key(b);
        }
        self.id(kind, a).is_some_and(|id| self.id(kind, b) == Some(id))
    }

    /// The ID that a name means, if it is unambiguous.
    fn id(&self, kind: Kind, name: &str) -> Option<&DocumentId> {
        match self.ids(kind, name) {
            [id] => Some(id),
            _ => None,
        }
    }
}
