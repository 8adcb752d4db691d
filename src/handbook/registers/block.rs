//! Whose register a block in a text shows.

use crate::handbook::{DocumentIndex, Handbook};
use crate::id::DocumentId;
use crate::register::{Block, named_ids};

/// What a block finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockSource {
    /// The register of a document.
    Owned(DocumentIndex),
    /// A register that this edition does not show.
    LeftOut,
    /// No document has the ID that the block names.
    NoDocument,
    /// The document owns no such register.
    NoRegister(DocumentIndex),
}

impl Handbook {
    /// Whether the words of a block, after the fence and within, name what this edition does not show.
    pub(crate) fn block_names_withheld(&self, arguments: &str, content: &str) -> bool {
        named_ids(arguments, content).any(|id| self.is_id_withheld(&id))
    }

    /// Whether an ID is only that of something that this edition does not show.
    fn is_id_withheld(&self, id: &DocumentId) -> bool {
        self.lookup.by_id(id).is_none() && self.lookup.is_withheld(id)
    }

    /// Whose register a block shows: that of the document that it names, or of the one that it stands in.
    pub(crate) fn block_source(&self, stands_in: DocumentIndex, block: &Block) -> BlockSource {
        if self.registers.leaves_out(block.shown) {
            return BlockSource::LeftOut;
        }
        let owner = match &block.of {
            None => Some(stands_in),
            Some(id) if self.is_id_withheld(id) => return BlockSource::LeftOut,
            Some(id) => self.lookup.by_id(id),
        };
        match owner {
            Some(owner) if self.registers.shows(owner, block.shown) => BlockSource::Owned(owner),
            Some(owner) => BlockSource::NoRegister(owner),
            None => BlockSource::NoDocument,
        }
    }
}
