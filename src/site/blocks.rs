//! Documents of the navigation, in blocks that pages share.

use std::sync::{Arc, OnceLock};

use super::groups::Groups;
use super::model::NavigationDocument;

/// How many neighbours of a document the navigation shows at most.
pub(super) const MAX_NEIGHBOURS: usize = 30;

/// Documents of the navigation by group and block; a block is made when a page first shows it.
#[derive(Debug)]
pub(super) struct Blocks(Vec<Vec<OnceLock<Arc<[NavigationDocument]>>>>);

impl Blocks {
    /// Room for the blocks of these groups.
    pub(super) fn of(groups: &Groups) -> Blocks {
        let count = |documents: usize| documents.div_ceil(MAX_NEIGHBOURS);
        let room = groups.iter().map(|group| (0..count(group.documents.len())).map(|_| OnceLock::new()).collect());
        Blocks(room.collect())
    }

    pub(super) fn get(
        &self,
        group: usize,
        block: usize,
        make: impl Fn() -> Arc<[NavigationDocument]>,
    ) -> Arc<[NavigationDocument]> {
        let kept = self.0.get(group).and_then(|blocks| blocks.get(block));
        kept.map_or_else(&make, |kept| kept.get_or_init(&make).clone())
    }
}
