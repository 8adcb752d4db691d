//! The only room that knows the Markdown parser: one parse of a text gives everything that is known of it.
//!
//! The parser's events are read once, in order. Words gather in `running` until something else follows; then they
//! are searched for addresses and for mentions of clauses, and written as HTML and as content for the digest. Where
//! links, images and code go, the HTML has gaps, for only the handbook knows where links lead. Raw HTML is taken apart
//! tag by tag (`raw`) and stays balanced within the block that it stands in.

mod anchor;
mod attributes;
mod bare_url;
mod block;
mod body;
mod code;
mod diagram;
mod digest;
mod footnote;
mod heading;
mod inline;
mod mention;
mod nesting;
mod raw;
mod reader;
mod running;
mod stream;
mod summary;
mod table;
mod target;

use pulldown_cmark::{Options, Parser};

use crate::place::SourceText;

pub use body::{Body, Fill, LinkForm, Phrase};
pub(crate) use body::{CodeBlock, Footnote, Heading, Link, Term, TextKind};
pub(crate) use summary::opening;
pub use target::is_safe_scheme;

/// The Markdown that is understood beside CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_WIKILINKS);

/// Reads the text of a document, which begins at byte `body_start` of its file, after the front matter.
///
/// Never fails: what is wrong is in [`Body::faults`].
pub fn parse(source: &SourceText, body_start: u32) -> Body {
    let text = source.as_str();
    let start = text.floor_char_boundary(body_start as usize);
    let body = &text[start..];
    let flattened = nesting::flatten(body);
    let mut reader = reader::Reader::new(source, start);
    if let Some(flattened) = &flattened {
        reader.report_nesting(&flattened.places);
    }
    let markdown = flattened.as_ref().map_or(body, |flattened| flattened.text.as_str());
    for (event, range) in Parser::new_ext(markdown, OPTIONS).into_offset_iter() {
        reader.event(event, range);
    }
    reader.finish()
}
