//! Parses YAML and TOML into a tree with positions, and converts the tree to typed values. No other module depends on
//! the parsers.
//!
//! A scalar is its source text: `8.10`, `0123`, `NO` and `2026-02-30` stay as the author wrote them until a typed
//! reader requests something else. Anchors, aliases and tags are rejected, so that no file expands beyond its size.
//! Depth, size and number of nodes are limited, so that no file can exhaust memory. Each error becomes a [`Problem`] at
//! its place, and reading continues.
//!
//! [`Problem`]: crate::finding::Problem

mod deserialize;
mod node;
mod offsets;
mod parse;
mod reader;
mod recover;
mod scan;
mod simple;
mod syntax;
mod toml;
mod values;

pub(crate) use deserialize::deserialize;
pub(crate) use node::{Entry, Node, Scalar, Value};
pub(crate) use parse::{Limits, key_bit};
pub(crate) use reader::{Field, ParsedTree, Reader, ReaderRules, Slot, with_help};
pub use scan::{YamlScan, scan};
pub(crate) use toml::toml_text;
