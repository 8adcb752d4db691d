//! The navigation's lists of documents, in blocks shared by pages.

use std::sync::{Arc, OnceLock};

use super::groups::Groups;
use super::model::NavigationDocument;

/// The maximum number of documents in a block.
pub(super) const MAX_NEIGHBOURS: usize = 30;

/// Documents of the navigation by group and block. A block is built when a page first shows it.
#[derive(Debug)]
pub(super) struct NavigationBlocks(Vec<Vec<OnceLock<Arc<[NavigationDocument]>>>>);

impl NavigationBlocks {
    /// Creates an empty cell for each block of each group.
    pub(super) fn new(groups: &Groups) -> NavigationBlocks {
        let count = |documents: usize| documents.div_ceil(MAX_NEIGHBOURS);
        let slots = groups.iter().map(|group| (0..count(group.documents.len())).map(|_| OnceLock::new()).collect());
        NavigationBlocks(slots.collect())
    }

    pub(super) fn get(
        &self,
        group: usize,
        block: usize,
        make: impl Fn() -> Arc<[NavigationDocument]>,
    ) -> Arc<[NavigationDocument]> {
        let slot = self.0.get(group).and_then(|blocks| blocks.get(block));
        slot.map_or_else(&make, |kept| kept.get_or_init(&make).clone())
    }
}
