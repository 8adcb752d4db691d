//! Standards as data: catalogues of clauses and of the documented information they ask for.

mod catalogue;
mod id;

pub use catalogue::{Amendment, Basis, Catalogue, Clause, Item, Keep};
pub use id::{ClauseId, ClauseIdError, ClauseRef, ClauseRefError, ItemId, NameError, StandardId};
