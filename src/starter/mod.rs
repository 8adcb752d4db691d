//! Starting points for new users: the model handbook as drafts, an empty handbook, and single new documents.
//!
//! This module only creates content; [`crate::edit`] writes it to disk.

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
