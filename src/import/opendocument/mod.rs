//! OpenDocument texts, rewritten to the few elements that every pandoc reads.
//!
//! The rewriting goes by what is known to be read: any other element is replaced by its content, so an element that
//! nobody thought of keeps its words. Content that pandoc reads only at the top level, such as a list in a cell, moves
//! to the end of the text and returns to its place in pandoc's tree. Afterwards the words of the file are compared with
//! those of the tree, and paragraphs with words that are missing become remarks.

mod elements;
mod marks;
mod missing;
mod move_blocks;
mod objects;
mod restore;
mod simplify;
mod title;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::archive::{Archive, ArchiveError};
use super::outer_text::{self, OuterText};
use super::prepare::PreparedFile;
use super::xml::{attribute, each_tag};
use super::{bookmarks, unwrap};
use marks::Remark;

/// The part with the text.
const CONTENT: &str = "content.xml";

/// What returns to a text after pandoc has read it.
#[derive(Debug, Default)]
pub(super) struct Removed {
    /// Comments and tracked changes, by the numbers of their marks.
    remarks: Vec<Remark>,
    /// The paragraphs whose words must be in pandoc's tree.
    paragraphs: Vec<missing::Paragraph>,
}

/// Prepares an OpenDocument text; `None` if the archive contains something else.
///
/// # Errors
/// If it cannot be rewritten.
pub(super) fn prepare(archive: &mut Archive) -> Result<Option<PreparedFile>, ArchiveError> {
    let Some(content) = archive.text(CONTENT) else { return Ok(None) };
    let mut hidden_styles = hidden_styles(&archive.text("styles.xml").unwrap_or_default());
    hidden_styles.extend(self::hidden_styles(&content));
    let mut prepared = PreparedFile { outer_texts: outer_text::collect_outer_text(archive), ..PreparedFile::default() };
    prepared.outer_texts.extend(objects::texts(archive));
    let Some(simple) = simplify::simplify(&content, &hidden_styles) else { return Ok(Some(prepared)) };
    prepared.outer_texts.extend(simple.outer_texts);
    prepared.indexes = simple.indexes;
    prepared.title_paragraph = title::title_paragraph(&simple.xml);
    prepared.title_property = archive.text("meta.xml").and_then(|meta| title::title_property(&meta));
    let paragraphs = missing::paragraphs(&simple.xml);
    let mut xml = bookmarks::write(&simple.xml).unwrap_or(simple.xml);
    if let Some(part) = unwrap::unwrap(&xml) {
        prepared.moved_boxes += part.moved_boxes;
        xml = part.xml;
    }
    xml = move_blocks::move_blocks(&xml).unwrap_or(xml);
    prepared.bytes = Some(archive.with_texts(&BTreeMap::from([(CONTENT.to_owned(), xml)]))?);
    prepared.removed = Some(Removed { remarks: simple.remarks, paragraphs });
    Ok(Some(prepared))
}

impl Removed {
    /// Puts content back to its place in pandoc's tree, and returns the paragraphs whose words are not in it.
    pub(super) fn restore(self, tree: Value) -> (Value, Vec<OuterText>) {
        let tree = restore::restore(tree, self.remarks);
        let missing = missing::find(&self.paragraphs, &tree);
        (tree, missing)
    }
}

/// The styles that hide their text.
fn hidden_styles(xml: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut style = None;
    each_tag(xml, |element, tag| match element {
        "style" => style = attribute(tag, "name"),
        "text-properties" if attribute(tag, "display") == Some("none") => found.extend(style.map(str::to_owned)),
        _ => {}
    });
    found
}
