//! What a machine can do about a finding: edits of the file that it is in.

use crate::place::Span;

/// A way to make a finding go away without changing anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fix {
    /// What it does, as an imperative without a full stop: "write `policy.md`".
    pub(crate) title: String,
    /// What is replaced in the finding's file, by place; no two overlap.
    pub(crate) edits: Vec<Edit>,
}

/// A piece of a file and what stands there instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edit {
    /// Byte range in the text, as [`crate::place::SourceText`] holds it.
    pub(crate) span: Span,
    /// What replaces it; may be empty.
    pub(crate) text: String,
}

impl Fix {
    /// Replaces one piece of the text.
    pub(crate) fn replace(title: impl Into<String>, span: Span, text: impl Into<String>) -> Fix {
        Fix { title: title.into(), edits: vec![Edit { span, text: text.into() }] }
    }
}
