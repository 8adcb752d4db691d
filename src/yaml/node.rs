//! A YAML document as a tree with positions.

use crate::place::{Located, Span};

/// A value and its place; byte offsets refer to the whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// Place of the value, or of its key if the value is empty.
    pub(crate) span: Span,
    /// The value.
    pub(crate) value: Value,
}

/// The value of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A string, a number, a date: everything that is neither a list nor a mapping.
    Scalar(Scalar),
    /// Items in order.
    List(Vec<Node>),
    /// Entries in order, with unique keys.
    Map(Vec<Entry>),
    /// Something that was already reported and counts as empty, for example an alias.
    Refused,
}

/// A scalar as its author wrote it, without quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar {
    /// The text, with escapes resolved and folded lines joined.
    pub(crate) text: String,
    /// Whether the scalar was quoted, or a block after `|` or `>`.
    pub(crate) quoted: bool,
}

/// One `key: value` of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: Located<String>,
    /// The value.
    pub(crate) value: Node,
}

impl Scalar {
    /// Whether the value is null: empty, `~` or `null`.
    pub(crate) fn is_null(&self) -> bool {
        !self.quoted && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }
}

impl Value {
    /// The kind of the value, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::Scalar(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
            Value::Refused => "nothing",
        }
    }
}
