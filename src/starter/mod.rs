//! A new user's start: the model handbook as drafts, an empty handbook, and single new documents.
//!
//! Everything here makes texts; only [`write_new`] touches files, and it never overwrites one.

mod evidence;
mod folder;
mod front;
mod handbook;
mod model;
mod name;
mod note;
mod records;
mod text;
mod write;

pub use handbook::{Start, start};
pub use model::Model;
pub use name::{Organization, OrganizationError};
pub use write::{NewFile, WriteError, is_free, write_new};
