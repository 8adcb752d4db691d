//! Standards as data: catalogues of clauses and of the documented information that they require.

mod built_in;
mod catalogue;
mod check;
mod set;
mod tops;

pub use built_in::built_in;
pub(crate) use built_in::built_in_names;
pub(crate) use catalogue::{Amendment, Input, Item, Recipient};
pub use catalogue::{Basis, Catalogue, Clause, Retention};
pub use check::read_catalogue;
pub use set::Standards;
pub(crate) use set::{PRACTICES, ResolveError, StandardUse};
pub(crate) use tops::tops;
