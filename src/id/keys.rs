//! Compact indices for standards, clauses and items.

/// The index of a standard in its set; the main one is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StandardIndex(pub(crate) u16);

/// The index of a clause in its catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ClauseIndex(pub(crate) u16);

/// The index of an item among all items of its catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ItemIndex(pub(crate) u16);

macro_rules! as_index {
    ($($name:ident),*) => {
        $(impl $name {
            /// The index as `usize`.
            pub(crate) fn at(self) -> usize {
                usize::from(self.0)
            }
        })*
    };
}

as_index!(StandardIndex, ClauseIndex, ItemIndex);

/// A clause of one of the standards in a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseKey {
    /// Its standard.
    pub(crate) standard: StandardIndex,
    /// Its index in the standard.
    pub(crate) clause: ClauseIndex,
}

/// An item of documented information of one of the standards in a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ItemKey {
    /// Its standard.
    pub(crate) standard: StandardIndex,
    /// Its index in the standard.
    pub(crate) item: ItemIndex,
}
