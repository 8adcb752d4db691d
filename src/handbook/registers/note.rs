//! Notes of entries: a line of Markdown each.

use std::sync::Arc;

use crate::id::ClauseKey;
use crate::markdown::{self, Body, Link, ParsedText};
use crate::place::{SourceText, Span};
use crate::register::Entry;

use super::super::file::ParsedFile;
use super::super::link::{Breakage, Destination};
use super::super::lookup::Lookup;

/// The parsed note of an entry. Spans in it are relative to its first character.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    /// The parsed body.
    pub(crate) body: Body,
    /// The text without markup.
    pub(crate) text: Box<str>,
    /// The destinations of its links, in order.
    pub(crate) links: Vec<Destination>,
    /// The clauses that it mentions, in order; `None` for a clause that no standard of the handbook has.
    pub(crate) mentions: Vec<Option<ClauseKey>>,
    /// Whether it is a single paragraph of running text. Anything else is shown as written.
    pub(crate) is_line: bool,
    /// Its start in its register, if the register contains it byte for byte.
    start: Option<u32>,
    /// Its span in its register.
    span: Span,
}

/// Parses the note of an entry in a register.
pub(super) fn parse(entry: &Entry, register: &SourceText) -> Option<Note> {
    let text = entry.record.text("note").filter(|text| !text.trim().is_empty())?;
    let span = entry.record.span_of("note");
    let source = SourceText::new(register.path().clone(), text);
    let ParsedText { body, words } = markdown::parse(&source, 0);
    let is_line = markdown::is_line(source.as_str()) && paragraph(&body.html.html()).is_some();
    Some(Note {
        body,
        text: words.text.into(),
        links: Vec::new(),
        mentions: Vec::new(),
        is_line,
        start: start(text, register.as_str(), span),
        span,
    })
}

impl Note {
    /// The note as a separate file, for code that searches the text of files. Spans are relative to its first
    /// character.
    pub(crate) fn as_file(entry: &Entry, register: &SourceText) -> Option<ParsedFile> {
        let text = entry.record.text("note")?;
        let source = Arc::new(SourceText::new(register.path().clone(), text));
        let ParsedText { body, words } = markdown::parse(&source, 0);
        Some(ParsedFile::new(source, None, body, Arc::new(words), ""))
    }
}

/// The content of the only paragraph; `None` if there is anything else.
pub(crate) fn paragraph(html: &str) -> Option<&str> {
    html.trim_end().strip_prefix("<p>")?.strip_suffix("</p>").filter(|content| !content.contains("<p>"))
}

/// The start of a text in a span of the register that may include quotation marks; `None` if it is written differently.
fn start(text: &str, register: &str, span: Span) -> Option<u32> {
    let source = register.get(span.start as usize..span.end as usize)?;
    match source.strip_prefix(['"', '\'']) {
        _ if source == text => Some(span.start),
        Some(rest) if rest.get(..rest.len().checked_sub(1)?) == Some(text) => Some(span.start + 1),
        _ => None,
    }
}

impl Note {
    /// Resolves its links, in the register at a path.
    pub(super) fn resolve_links(&self, lookup: &Lookup, path: &str, content: &str) -> Vec<Destination> {
        let lead = |link: &Link| match lookup.resolve(link, path, content) {
            // An entry is not a page.
            Destination::SamePage { .. } => Destination::Broken(Breakage::Empty),
            other => other,
        };
        if self.is_line { self.body.links.iter().map(lead).collect() } else { Vec::new() }
    }

    /// Whether any of its links, even if the note has several lines, leads to something that this edition does not
    /// show.
    pub(super) fn names_withheld(&self, lookup: &Lookup, path: &str, content: &str) -> bool {
        let is_withheld = |link: &Link| matches!(lookup.resolve(link, path, content), Destination::Withheld { .. });
        self.body.links.iter().any(is_withheld)
    }

    /// Its links, each with its destination.
    pub(crate) fn targets(&self) -> impl Iterator<Item = (&Link, &Destination)> {
        self.body.links.iter().zip(&self.links)
    }

    /// Converts a span in the note to a span in its register.
    pub(crate) fn span(&self, inner: Span) -> Span {
        match self.start {
            Some(start) => Span { start: start + inner.start, end: start + inner.end },
            None => self.span,
        }
    }

    /// Its span in its register.
    pub(crate) fn full_span(&self) -> Span {
        self.span
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_note_is_known_unless_it_is_written_otherwise_than_it_reads() {
        let start = |text: &str, register: &str| start(text, register, Span::from(6..register.len()));
        assert_eq!(start("a b", "note: a b"), Some(6));
        assert_eq!(start("a: b", "note: \"a: b\""), Some(7));
        assert_eq!(start("it's", "note: 'it''s'"), None);
        assert_eq!(start("a b", "note: a\n  b"), None);
    }

    #[test]
    fn only_a_single_paragraph_is_unwrapped() {
        assert_eq!(paragraph("<p>One <em>two</em></p>\n"), Some("One <em>two</em>"));
        assert_eq!(paragraph("<p>One</p>\n<p>two</p>\n"), None);
        assert_eq!(paragraph("<ul>\n<li>One</li>\n</ul>\n"), None);
    }
}
