//! Preparation of files for pandoc: content that pandoc would drop from the body is moved, and text outside the body is
//! collected.

use std::collections::{BTreeMap, BTreeSet};

use super::archive::{Archive, ArchiveError};
use super::labels::Labels;
use super::opendocument::{self, Removed};
use super::outer_text::{self, OuterText};
use super::{bookmarks, changes, chunks, fields, hidden, labels, unwrap};

/// A file prepared for pandoc.
#[derive(Debug, Default)]
pub(super) struct PreparedFile {
    /// The new bytes, or `None` if the file is unchanged.
    pub(super) bytes: Option<Vec<u8>>,
    /// The number of text boxes with words that were moved.
    pub(super) moved_boxes: usize,
    /// Text outside the body.
    pub(super) outer_texts: Vec<OuterText>,
    /// The number of contents and indexes left out.
    pub(super) indexes: usize,
    /// The words of the paragraph in the style *Title* at the beginning of an OpenDocument text.
    pub(super) title_paragraph: Option<String>,
    /// The title in the properties of an OpenDocument text.
    pub(super) title_property: Option<String>,
    /// What returns to an OpenDocument text after pandoc has read it.
    pub(super) removed: Option<Removed>,
}

/// The parts of a Word file with running text, without number and extension.
const PARTS: [&str; 4] = ["word/document", "word/footnotes", "word/endnotes", "word/comments"];

/// The namespace of Strict Open XML documents.
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// Prepares a file.
///
/// # Errors
/// If the file is a Strict Open XML document or cannot be rewritten.
pub(super) fn prepare(archive: &mut Archive) -> Result<PreparedFile, ArchiveError> {
    if let Some(prepared) = opendocument::prepare(archive)? {
        return Ok(prepared);
    }
    let text = archive.text("word/document.xml").unwrap_or_default();
    if text.contains(STRICT) {
        return Err(ArchiveError::StrictOpenXml);
    }
    let styles = archive.text("word/styles.xml").unwrap_or_default();
    let numbering = archive.text("word/numbering.xml").unwrap_or_default();
    let means = PartContext { hidden_styles: hidden::styles(&styles), labels: Labels::read(&numbering, &styles) };
    let mut prepared = PreparedFile { outer_texts: outer_text::collect_outer_text(archive), ..PreparedFile::default() };
    prepared.outer_texts.extend(chunks::chunks(archive));
    let mut changed = BTreeMap::new();
    for part in archive.names().into_iter().filter(|name| is_text(name)) {
        let Some(text) = archive.text(&part) else { continue };
        changed.extend(means.part(text, &mut prepared).map(|xml| (part, xml)));
    }
    prepared.bytes = if changed.is_empty() { None } else { Some(archive.with_texts(&changed)?) };
    Ok(prepared)
}

fn is_text(part: &str) -> bool {
    let stem = part.strip_suffix(".xml").map(|stem| stem.trim_end_matches(|c: char| c.is_ascii_digit()));
    stem.is_some_and(|stem| PARTS.contains(&stem))
}

/// The context for reading the parts of a file.
struct PartContext {
    hidden_styles: BTreeSet<String>,
    labels: Labels,
}

impl PartContext {
    /// Returns a part with everything moved, or `None` if there is nothing to move or it cannot be read.
    fn part(&self, text: String, prepared: &mut PreparedFile) -> Option<String> {
        let mut new = None;
        let mut edges = Vec::new();
        if let Some(resolved) = fields::resolve(&text, &self.hidden_styles) {
            edges.extend(resolved.hidden.iter().map(|words| OuterText::from_escaped(outer_text::HIDDEN, words)));
            edges.extend(
                resolved.placeholders.iter().map(|words| OuterText::from_escaped(outer_text::PLACEHOLDER, words)),
            );
            new = Some(resolved.xml);
        }
        if let Some((xml, lost)) = labels::write(new.as_deref().unwrap_or(&text), &self.labels) {
            edges.extend(lost.iter().map(|label| OuterText::from_escaped(outer_text::LABEL, label)));
            new = Some(xml);
        }
        new = changes::simplify(new.as_deref().unwrap_or(&text)).or(new);
        new = bookmarks::write(new.as_deref().unwrap_or(&text)).or(new);
        if let Some(part) = unwrap::unwrap(new.as_deref().unwrap_or(&text)) {
            prepared.moved_boxes += part.moved_boxes;
            edges.extend(
                part.descriptions.iter().map(|words| OuterText::from_escaped(outer_text::DESCRIPTION_NAME, words)),
            );
            new = Some(part.xml);
        }
        prepared.outer_texts.extend(edges);
        new
    }
}
