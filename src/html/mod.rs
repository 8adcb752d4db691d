//! HTML as text: splits it into tags, escapes it, inserts text into it, and decodes its references.
//!
//! This module knows nothing of documents or pages.

mod entity;
mod escape;
mod fallback;
mod insert;
mod pieces;
mod tags;

pub(crate) use entity::{decode_references, entity_at};
pub(crate) use escape::{escape, escape_text};
pub(crate) use fallback::is_fallback_notice;
pub(crate) use insert::{InsertPosition, insert, replace_first};
pub(crate) use pieces::pieces;
pub(crate) use tags::{Attribute, Tag, Token, token_at};
