//! What a handbook contains.

use std::sync::Arc;

use super::document::Document;
use super::link::Destination;
use super::registers::Registers;

/// The documents and registers of a handbook that is being assembled.
#[derive(Clone, Copy)]
pub(super) struct HandbookContents<'a> {
    /// The documents.
    pub(super) documents: &'a [Arc<Document>],
    /// The registers.
    pub(super) registers: &'a Registers,
}

impl<'a> HandbookContents<'a> {
    /// The destinations of all links in documents and in notes of registers.
    pub(super) fn links(self) -> impl Iterator<Item = &'a Destination> {
        let notes = self.registers.entries.iter().flat_map(|placed_entry| &placed_entry.note);
        self.documents.iter().flat_map(|document| &document.links).chain(notes.flat_map(|note| &note.links))
    }
}
