//! The only room that reads: discovery of files, YAML front matter, the handbook's own catalogues.

mod attest;
mod decode;
mod discover;
pub mod front_matter;
mod links;
mod read;
mod vocabulary;

pub use attest::{AttestError, NewReview, attest};
pub(crate) use decode::language;
pub use decode::{Decoded, decode};
pub use discover::{Entry, Tree, discover, is_markdown, relative};
pub use links::linked_folders;
pub use read::{MOST_BYTES, read_text};
pub use vocabulary::{KeyPattern, Vocabulary};
