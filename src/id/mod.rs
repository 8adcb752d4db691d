//! IDs of documents, names of standards and items, and clause numbers: types that are always valid.

mod clause;
mod document;
mod keys;
mod name;

pub(crate) use clause::{ClauseId, ClauseRef};
pub(crate) use document::DocumentId;
pub(crate) use keys::{ClauseIndex, ClauseKey, ItemIndex, ItemKey, StandardIndex};
pub(crate) use name::{ItemId, ItemRef, StandardId};
