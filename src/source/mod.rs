//! The only room that reads: discovery of files, YAML front matter, the handbook's own catalogues.

mod discover;
pub mod front_matter;
mod read;

pub use discover::{Entry, Tree, discover, is_markdown, relative};
pub use read::{MOST_BYTES, read_text};
