//! A new user's start: the model handbook as drafts, an empty handbook, and single new documents.
//!
//! Everything here makes texts; [`crate::edit`] puts them in place.

mod create;
mod evidence;
mod folder;
mod front;
mod handbook;
mod identity;
mod missing;
mod model;
mod name;
mod note;
mod outline;
mod records;
mod text;
mod wanted;
mod write;

pub(crate) use create::{Created, NewDocument, create};
pub(crate) use handbook::{Start, start};
pub(crate) use missing::{from_model, open_items};
pub(crate) use model::Model;
pub(crate) use name::Organization;
pub(crate) use note::has_draft_note;
pub(crate) use text::{file_name, yaml};
pub(crate) use write::{NewFile, is_free};
