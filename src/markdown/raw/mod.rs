//! Raw HTML: what GitHub lets pass passes, the rest is removed and reported, and what is left is balanced.
//!
//! The parser hands over raw HTML in pieces: a tag in a sentence, or a block of lines up to an empty one, so that
//! `<details>` and `</details>` are far apart with Markdown between them. So every tag is looked at by itself, and the
//! open ones are remembered with the container that they were opened in; none outlives it.

mod attributes;
mod element;
mod filter;
mod hidden;
mod media;
mod open;
mod report;
mod source;
mod tag;
mod text;
mod turned;

pub(super) use element::{ContentModel, Element};
pub(super) use hidden::closing_tags;
