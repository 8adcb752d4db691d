//! Starting points for new users: the model handbook as drafts, an empty handbook, and single new documents.
//!
//! This module only creates content; [`crate::edit`] writes it to disk.

mod create;
mod evidence;
mod folder;
mod front;
mod handbook;
mod identity;
mod lookup;
mod missing;
mod model;
mod name;
mod note;
mod outline;
mod records;
mod text;
mod write;

pub(crate) use create::{CreatedDocument, NewDocument, create};
pub(crate) use handbook::{StartOptions, create_files};
pub(crate) use missing::{create_missing, open_items};
pub(crate) use model::ModelHandbook;
pub(crate) use name::Organization;
pub(crate) use note::has_draft_note;
pub(crate) use text::{file_name, quote_yaml};
pub(crate) use write::{NewFile, require_free};
