//! Parses Markdown: a single pass over a text collects everything known about it. Elsewhere, only `html::entity` uses
//! the parser, to decode character references.
//!
//! The parser's events are read once, in order. Words accumulate in `running` until another event follows; then they
//! are searched for URLs and for mentions of clauses, and written both as HTML and as content for the digest. The HTML
//! has gaps for links, images and code, because only the whole handbook knows where links lead. Raw HTML is processed
//! tag by tag (`raw`) and kept balanced within its block.

mod alert;
mod amount;
mod anchor;
mod announcement;
mod assign_anchors;
mod attributes;
mod bare_url;
mod block;
mod body;
mod claim;
mod clause_owner;
mod code;
mod comparison;
mod diagram;
mod dialect;
mod digest;
mod events;
mod fence_words;
mod footnote;
mod foreign;
mod heading;
mod include;
mod indented_code;
mod info;
mod inline;
mod line;
mod link;
mod literal;
mod lost_characters;
mod lost_text;
mod mention;
mod misread;
mod nesting;
mod options;
mod ordinal_day;
mod packed;
mod parsed;
mod raw;
mod reader;
mod rewrite;
mod running_text;
mod stream;
mod summary;
mod table;
mod table_width;
mod target;
mod text_run;
mod words;

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::Parser;

use crate::place::SourceText;
use crate::source::Includes;
use options::OPTIONS;

pub(crate) use anchor::slug;
pub use body::{Body, Fill, LinkForm, Phrase};
pub(crate) use body::{
    ClauseOwner, CodeBlock, Footnote, Heading, Link, Mention, RawHeading, Term, TextKind, TextPiece,
};
pub(crate) use claim::assigns_clauses;
pub(crate) use foreign::{is_include_line, template_mark};
pub(crate) use line::is_line;
pub(crate) use literal::escape_dialects;
pub use parsed::ParsedText;
pub(crate) use summary::leading_sentences;
pub use target::is_safe_scheme;
pub use words::Words;
pub(crate) use words::{PackedWords, source_span};

/// Parses the body of a document, together with the files that it inserts; it starts at byte `body_start` of its file.
///
/// Never fails: problems are collected in [`Body::problems`]. All places are in the document; inserted text is located
/// at the directive that inserted it.
pub(crate) fn parse_with_includes(source: &Arc<SourceText>, body_start: u32, files: &Includes) -> ParsedText {
    match include::expand(source, body_start, files) {
        None => parse_text(source, body_start, !files.folders().is_empty()),
        Some(expanded) => {
            let mut parsed = parse_text(&expanded.text, body_start, true);
            expanded.relocate(&mut parsed);
            parsed
        }
    }
}

/// Number of files that a text inserts; a file that is inserted repeatedly counts each time.
pub(crate) fn included_files(source: &Arc<SourceText>, files: &Includes) -> usize {
    include::expand(source, 0, files).map_or(0, |expanded| expanded.count())
}

/// Whether a text inserts any file, even one that does not exist.
pub(crate) fn inserts_files(source: &Arc<SourceText>, files: &Includes) -> bool {
    include::expand(source, 0, files).is_some()
}

/// Parses the body of a document, which starts at byte `body_start` of its file, after the front matter.
///
/// Never fails: problems are collected in [`Body::problems`].
pub fn parse(source: &SourceText, body_start: u32) -> ParsedText {
    parse_text(source, body_start, false)
}

/// Parses a text; `allows_inclusions` says whether the settings allow it to include other files.
fn parse_text(source: &SourceText, body_start: u32, allows_inclusions: bool) -> ParsedText {
    let text = source.as_str();
    let start = text.floor_char_boundary(body_start as usize);
    let body = &text[start..];
    let flattened = nesting::flatten(body);
    let markdown = flattened.as_ref().map_or(body, |flattened| flattened.text.as_str());
    let rewritten = dialect::rewrite(markdown);
    let mut reader = reader::Reader::new(source, start);
    reader.foreign.allows_inclusions = allows_inclusions;
    if let Some(flattened) = &flattened {
        reader.report_nesting(&flattened.places);
    }
    match rewritten {
        None => read_events(&mut reader, markdown, |range| range),
        Some(mut rewritten) => {
            reader.record_dialect_marks(&mut rewritten);
            read_events(&mut reader, &rewritten.text, |range| rewritten.source(range));
        }
    }
    reader.finish()
}

/// Reads all events of a text; `source` maps a range of `markdown` to the corresponding range of the body.
fn read_events(reader: &mut reader::Reader<'_>, markdown: &str, source: impl Fn(Range<usize>) -> Range<usize>) {
    let events = Parser::new_ext(markdown, OPTIONS).into_offset_iter();
    let definitions = lost_text::definitions(events.reference_definitions(), |range| reader.file_span(source(range)));
    let closing = raw::closing_tags(markdown).into_iter();
    reader.hidden.closing = closing.map(|(name, end)| (name, reader.file_span(source(end..end)).end)).collect();
    for (event, range) in events {
        reader.event(event, reader.file_span(source(range)));
    }
    reader.end_text(&definitions);
}
