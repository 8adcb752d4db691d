//! Standards as data: catalogues of clauses and of the documented information they ask for.

mod built_in;
mod catalogue;
mod check;
mod id;
mod keys;
mod set;

pub use built_in::{built_in, built_in_names};
pub use catalogue::{Amendment, Basis, Catalogue, Clause, Item, Keep};
pub use check::read_catalogue;
pub use id::{ClauseId, ClauseIdError, ClauseRef, ClauseRefError, ItemId, NameError, StandardId};
pub use keys::{ClauseIndex, ClauseKey, ItemIndex, ItemKey, StandardIndex};
pub use set::{Standards, Unresolved};
