//! The only room that knows the Markdown parser: one parse of a text gives everything that is known of it.
//!
//! The parser's events are read once, in order. Words gather in `running` until something else follows; then they
//! are searched for addresses and for mentions of clauses, and written as HTML and as content for the digest. Where
//! links, images and code go, the HTML has gaps, for only the handbook knows where links lead. Raw HTML is taken apart
//! tag by tag (`raw`) and stays balanced within the block that it stands in.

mod alert;
mod anchor;
mod attributes;
mod bare_url;
mod belonging;
mod block;
mod body;
mod claim;
mod code;
mod diagram;
mod dialect;
mod digest;
mod events;
mod fit;
mod footnote;
mod foreign;
mod heading;
mod include;
mod info;
mod inline;
mod line;
mod link;
mod literal;
mod lost;
mod mention;
mod misread;
mod nesting;
mod options;
mod packed;
mod parsed;
mod raw;
mod reader;
mod rewrite;
mod run;
mod running;
mod settle;
mod stream;
mod summary;
mod table;
mod target;
mod words;

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::Parser;

use crate::place::SourceText;
use crate::source::Includes;
use options::OPTIONS;

pub(crate) use anchor::slug;
pub(crate) use body::{Belonging, CodeBlock, Footnote, Heading, Link, Mention, RawHeading, Term, TextKind, TextPiece};
pub use body::{Body, Fill, LinkForm, Phrase};
pub(crate) use foreign::{is_include_line, template_mark};
pub(crate) use line::is_line;
pub(crate) use literal::literal;
pub use parsed::Parsed;
pub(crate) use summary::opening;
pub use target::is_safe_scheme;
pub use words::Words;
pub(crate) use words::{PackedWords, source_span};

/// Reads the text of a document with the files that it inserts; it begins at byte `body_start` of its file.
///
/// Never fails: what is wrong is in [`Body::problems`]. Places are those of the document: what was inserted is where it was
/// asked for.
pub(crate) fn parse_with_includes(source: &Arc<SourceText>, body_start: u32, files: &Includes) -> Parsed {
    match include::put_together(source, body_start, files) {
        None => parse(source, body_start),
        Some(whole) => {
            let mut parsed = parse(&whole.text, body_start);
            whole.relocate(&mut parsed);
            parsed
        }
    }
}

/// How many files a text inserts, each counted as often as it is asked for.
pub(crate) fn included_files(source: &Arc<SourceText>, files: &Includes) -> usize {
    include::put_together(source, 0, files).map_or(0, |whole| whole.count())
}

/// Whether a text asks for the text of a file; of files that are not there as well.
pub(crate) fn inserts_files(source: &Arc<SourceText>, files: &Includes) -> bool {
    include::put_together(source, 0, files).is_some()
}

/// Reads the text of a document, which begins at byte `body_start` of its file, after the front matter.
///
/// Never fails: what is wrong is in [`Body::problems`].
pub fn parse(source: &SourceText, body_start: u32) -> Parsed {
    let text = source.as_str();
    let start = text.floor_char_boundary(body_start as usize);
    let body = &text[start..];
    let flattened = nesting::flatten(body);
    let markdown = flattened.as_ref().map_or(body, |flattened| flattened.text.as_str());
    let rewritten = dialect::rewrite(markdown);
    let mut reader = reader::Reader::new(source, start);
    if let Some(flattened) = &flattened {
        reader.report_nesting(&flattened.places);
    }
    match rewritten {
        None => read(&mut reader, markdown, |range| range),
        Some(mut rewritten) => {
            reader.take_marks(&mut rewritten);
            read(&mut reader, &rewritten.text, |range| rewritten.source(range));
        }
    }
    reader.finish()
}

/// Reads all events of a text; `source` says where each of its stretches stands in the body.
fn read(reader: &mut reader::Reader<'_>, markdown: &str, source: impl Fn(Range<usize>) -> Range<usize>) {
    let events = Parser::new_ext(markdown, OPTIONS).into_offset_iter();
    let definitions = lost::definitions(events.reference_definitions(), |range| reader.place(source(range)));
    let closing = raw::closing_tags(markdown).into_iter();
    reader.hidden.closing = closing.map(|(name, end)| (name, reader.place(source(end..end)).end)).collect();
    for (event, range) in events {
        reader.event(event, reader.place(source(range)));
    }
    reader.end_text(&definitions);
}
