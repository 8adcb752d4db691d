//! Raw HTML: elements that GitHub allows are kept, others are removed and reported, and the result is balanced.
//!
//! The parser passes on raw HTML in pieces: a single tag within a sentence, or a block of lines up to a blank one, so
//! that `<details>` and `</details>` may be far apart with Markdown in between. Therefore each tag is handled
//! separately, and open tags are recorded with the container in which they were opened; all are closed at its end.

mod attributes;
mod element;
mod filter;
mod grid;
mod hidden;
mod media;
mod misspelt;
mod open;
mod remark;
mod report;
mod source;
mod tag;
mod text;
mod text_direction;

pub(super) use element::{ContentModel, Element};
pub(super) use hidden::closing_tags;
