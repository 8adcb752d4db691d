//! A YAML document as a tree in which every node knows its place.

use crate::place::{Located, Span};

/// A value and where it stands; byte offsets count in the whole file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// Place of the value; of its key when nothing is written.
    pub(crate) span: Span,
    /// The value.
    pub(crate) value: Value,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A text, a number, a date: everything that is neither list nor mapping.
    Scalar(Scalar),
    /// Items in order.
    List(Vec<Node>),
    /// Keys in order, each once.
    Map(Vec<Entry>),
    /// Something that was reported already and reads as nothing, such as an alias.
    Refused,
}

/// A scalar as its author wrote it, without quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scalar {
    /// The text; escapes resolved, folded lines joined.
    pub(crate) text: String,
    /// Whether it was in quotation marks, or a block after `|` or `>`.
    pub(crate) quoted: bool,
}

/// One `key: value` of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: Located<String>,
    /// Its value.
    pub(crate) value: Node,
}

impl Scalar {
    /// Whether nothing was written: an empty value, `~` or `null`.
    pub(crate) fn is_null(&self) -> bool {
        !self.quoted && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }
}

impl Value {
    /// The kind of the value, as a phrase for its author.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::Scalar(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
            Value::Refused => "nothing",
        }
    }
}
