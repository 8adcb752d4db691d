//! A new user's start: the model handbook as drafts, an empty handbook, and single new documents.
//!
//! Everything here makes texts; only [`write_new`] touches files, and it never overwrites one.

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

pub use create::{CreateError, Created, Wish, create};
pub use handbook::{Start, start};
pub use missing::{from_model, open_items};
pub use model::Model;
pub use name::{Organization, OrganizationError};
pub use wanted::{ClauseOrItemError, Situation};
pub use write::{NewFile, WriteError, is_free, write_new};
