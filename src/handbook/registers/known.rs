//! Names of every service and location, whether or not an edition shows them: what an edition is about is found by these.

use std::sync::Arc;

use ahash::AHashMap;

use crate::id::DocumentId;
use crate::name::name_key;
use crate::place::Located;
use crate::register::{Kind, RegisterFile};

/// Services and locations by their names, which are ids or titles.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownParties {
    /// The ids that a name may mean.
    by_name: AHashMap<(Kind, Box<str>), Vec<DocumentId>>,
    /// Kinds of which there is a register.
    kinds: Vec<Kind>,
    /// Kinds of which an entry could not be read.
    lost: Vec<Kind>,
}

impl KnownParties {
    /// Those of all registers.
    pub(crate) fn of(files: &[Arc<RegisterFile>]) -> KnownParties {
        let mut known = KnownParties::default();
        for file in files {
            known.kinds.extend(file.lists.iter().map(|(kind, _)| *kind).chain(file.lost.iter().copied()));
            known.lost.extend(&file.lost);
            let parties = file.entries.iter().filter(|one| matches!(one.kind, Kind::Services | Kind::Locations));
            for entry in parties {
                let id = &entry.id.value;
                for name in [id.as_str(), entry.title().trim()] {
                    let ids = known.by_name.entry((entry.kind, name.into())).or_default();
                    if !ids.contains(id) {
                        ids.push(id.clone());
                    }
                }
            }
        }
        known
    }

    /// Whether there is a register of a kind, so that names are those in it.
    pub(crate) fn has(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// What a name may mean.
    pub(crate) fn ids(&self, kind: Kind, name: &str) -> &[DocumentId] {
        self.by_name.get(&(kind, Box::from(name.trim()))).map_or(&[], Vec::as_slice)
    }

    /// Whether names leave no doubt that they are about something that is wanted, or about nothing in particular. Where
    /// there is a register, a name that it does not have may be a misspelt one.
    pub(crate) fn are_about(&self, kind: Kind, names: &[Located<String>], wanted: &[Located<String>]) -> bool {
        let is_clear = |name: &Located<String>| !self.has(kind) || self.id(kind, &name.value).is_some();
        let is_wanted = |name: &Located<String>| wanted.iter().any(|own| self.same(kind, &own.value, &name.value));
        names.is_empty() || (names.iter().all(is_clear) && names.iter().any(is_wanted))
    }

    fn same(&self, kind: Kind, one: &str, other: &str) -> bool {
        if !self.has(kind) {
            return name_key(one) == name_key(other);
        }
        self.id(kind, one).is_some_and(|id| self.id(kind, other) == Some(id))
    }

    /// What a name means, where that is clear.
    fn id(&self, kind: Kind, name: &str) -> Option<&DocumentId> {
        match self.ids(kind, name) {
            [id] => Some(id),
            _ => None,
        }
    }
}
