//! The only room that knows YAML and TOML: text becomes a located tree, and a tree becomes typed values.
//!
//! A scalar is its source text: `8.10`, `0123`, `NO` and `2026-02-30` stay what the author wrote until a typed reader
//! asks for something else. Anchors, aliases and tags are refused, so no file is larger than it looks; depth, size and
//! the number of nodes are bounded, so no file can exhaust the machine. What is wrong becomes a [`Problem`] at its own
//! place, and reading goes on.
//!
//! [`Problem`]: crate::finding::Problem

mod node;
mod offsets;
mod parse;
mod reader;
mod recover;
mod scan;
mod simple;
mod syntax;
mod toml;
mod typed;
mod values;

pub(crate) use node::{Entry, Node, Scalar, Value};
pub(crate) use parse::Limits;
pub(crate) use reader::{Field, Reader, Rules, Slot, Tree, with_help};
pub use scan::{Scan, scan};
pub(crate) use toml::toml_text;
pub(crate) use typed::typed;
