//! Finds the register that a block in a document shows.

use crate::handbook::{DocumentIndex, Handbook};
use crate::id::DocumentId;
use crate::register::{Block, named_ids};

/// The register that a block refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockSource {
    /// The register of a document.
    Owned(DocumentIndex),
    /// A register that this edition does not show.
    LeftOut,
    /// No document has the ID in the block.
    NoDocument,
    /// The document owns no register of this kind.
    NoRegister(DocumentIndex),
}

impl Handbook {
    /// Whether the arguments or the content of a block name something that this edition does not show.
    pub(crate) fn block_names_withheld(&self, arguments: &str, content: &str) -> bool {
        named_ids(arguments, content).any(|id| self.is_id_withheld(&id))
    }

    /// Whether an ID belongs only to something that this edition does not show.
    fn is_id_withheld(&self, id: &DocumentId) -> bool {
        self.lookup.by_id(id).is_none() && self.lookup.is_withheld(id)
    }

    /// The register that a block shows: that of the document it names, or of the document that contains the block.
    pub(crate) fn block_source(&self, document: DocumentIndex, block: &Block) -> BlockSource {
        if self.registers.omits(block.content) {
            return BlockSource::LeftOut;
        }
        let owner = match &block.owner {
            None => Some(document),
            Some(id) if self.is_id_withheld(id) => return BlockSource::LeftOut,
            Some(id) => self.lookup.by_id(id),
        };
        match owner {
            Some(owner) if self.registers.shows(owner, block.content) => BlockSource::Owned(owner),
            Some(owner) => BlockSource::NoRegister(owner),
            None => BlockSource::NoDocument,
        }
    }
}
