//! HTML as text: split into tags, escaped, added to, and with its references decoded.
//!
//! What is written here knows no document and no page.

mod entity;
mod escape;
mod insert;
mod pieces;
mod tags;

pub(crate) use entity::{decode_references, entity_at};
pub(crate) use escape::{escape, escape_text};
pub(crate) use insert::{InsertPosition, insert, replace_first};
pub(crate) use pieces::pieces;
pub(crate) use tags::{Attribute, Tag, Token, token_at};
