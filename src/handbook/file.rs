//! One Markdown file, read and parsed, before it is known what else the handbook holds.

use std::sync::Arc;

use crate::finding::Fault;
use crate::markdown::Body;
use crate::place::{Place, SourceText, Span};
use crate::source::front_matter::FrontMatter;

/// A Markdown file after its one reading.
#[derive(Debug)]
pub struct ParsedFile {
    /// The text, for places and for showing lines.
    pub source: Arc<SourceText>,
    /// The front matter; `None` when the file has none.
    pub front: Option<FrontMatter>,
    /// The text below it.
    pub body: Body,
    /// What was wrong in this file as seen from this file alone.
    pub faults: Vec<Fault>,
}

impl ParsedFile {
    /// Path relative to the handbook's folder.
    pub fn path(&self) -> &Arc<str> {
        self.source.path()
    }

    /// The place of a byte range of this file.
    pub fn place(&self, span: Span) -> Place {
        self.source.place(span)
    }
}
