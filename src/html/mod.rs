//! HTML as text: split into tags, escaped, and with its references decoded.
//!
//! What is written here knows no document and no page.

mod entity;
mod escape;
mod tags;

pub(crate) use entity::{decode_references, entity_at};
pub(crate) use escape::{escape, escape_text};
pub(crate) use tags::{Attribute, Tag, Token, token_at};
