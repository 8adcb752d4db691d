//! Small numbers that stand for standards, clauses and items while a handbook is worked on.

/// The number of a standard in its set; the main one is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StandardIndex(pub(crate) u16);

/// The number of a clause in its catalogue's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ClauseIndex(pub(crate) u16);

/// The number of an item among all items of its catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ItemIndex(pub(crate) u16);

macro_rules! as_index {
    ($($name:ident),*) => {
        $(impl $name {
            /// As an index into a list.
            pub(crate) fn at(self) -> usize {
                usize::from(self.0)
            }
        })*
    };
}

as_index!(StandardIndex, ClauseIndex, ItemIndex);

/// A clause of a standard of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseKey {
    /// Its standard.
    pub(crate) standard: StandardIndex,
    /// Its number there.
    pub(crate) clause: ClauseIndex,
}

/// An item of documented information of a standard of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ItemKey {
    /// Its standard.
    pub(crate) standard: StandardIndex,
    /// Its number there.
    pub(crate) item: ItemIndex,
}
