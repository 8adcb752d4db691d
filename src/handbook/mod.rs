//! The parsed documents of a handbook with their ids and links.

mod id;

pub use id::{DocumentId, DocumentIdError};
