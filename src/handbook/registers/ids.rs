//! The IDs of entries, and of decisions in them: they share one namespace with documents.

use std::sync::Arc;

use super::{EntryIndex, PlacedEntry, Registers};
use crate::id::DocumentId;
use crate::place::{Place, Span};
use crate::register::Entry;

/// An ID as used by an entry or a decision.
#[derive(Clone, Debug)]
pub(crate) struct UsedId<'a> {
    /// The ID.
    pub(crate) id: &'a DocumentId,
    /// The entry, or the one that contains the decision.
    pub(crate) entry: EntryIndex,
    placed_entry: &'a PlacedEntry,
    span: Span,
    /// The kind of thing that has the ID, for a message: `entry` or `decision`.
    pub(crate) noun: &'static str,
}

impl<'a> UsedId<'a> {
    /// The file that contains it.
    pub(crate) fn file(&self) -> &'a Arc<str> {
        self.placed_entry.file.source.path()
    }

    /// The place of the ID.
    pub(crate) fn place(&self) -> Place {
        self.placed_entry.place(self.span)
    }
}

impl Registers {
    /// Every ID that is shown: those of entries, then those of decisions, in the order of the entries.
    pub(crate) fn used_ids(&self) -> impl Iterator<Item = UsedId<'_>> {
        let entry_ids = self.indexed().map(|(entry, placed)| {
            let id = &placed.entry.id.value;
            UsedId { id, entry, placed_entry: placed, span: placed.entry.id.span, noun: "entry" }
        });
        entry_ids.chain(self.indexed().flat_map(|(entry, placed)| decisions(entry, placed)))
    }
}

fn decisions(entry: EntryIndex, placed: &PlacedEntry) -> impl Iterator<Item = UsedId<'_>> {
    let id_references = placed.entry.actions().filter_map(|action| action.record.references("id").first());
    id_references.filter_map(move |reference| {
        Some(UsedId { id: reference.value.id()?, entry, placed_entry: placed, span: reference.span, noun: "decision" })
    })
}

/// The ID of an entry, and those of decisions in it.
pub(super) fn ids(entry: &Entry) -> Vec<DocumentId> {
    let inner = entry.actions().filter_map(|action| action.id()?.id().cloned());
    std::iter::once(entry.id.value.clone()).chain(inner).collect()
}
