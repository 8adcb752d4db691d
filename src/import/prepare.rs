//! A file as pandoc shall read it: what pandoc would leave out of its running text is moved, and what is outside of that is found.

use std::collections::{BTreeMap, BTreeSet};

use super::archive::{Archive, ArchiveError};
use super::edges::{self, Edge};
use super::labels::Labels;
use super::{bookmarks, changes, chunks, fields, hidden, labels, unwrap};

/// A file as pandoc shall read it.
#[derive(Debug, Default)]
pub(super) struct PreparedFile {
    /// Its bytes; nothing when they are those of the file.
    pub(super) bytes: Option<Vec<u8>>,
    /// How many text boxes with words were moved.
    pub(super) boxes: usize,
    /// What it says outside of its running text.
    pub(super) edges: Vec<Edge>,
}

/// Parts of a Word file that have running text, without `.xml` and a number.
const PARTS: [&str; 4] = ["word/document", "word/footnotes", "word/endnotes", "word/comments"];

/// The namespace of a text whose names are those of the stricter standard.
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// Prepares a file.
///
/// # Errors
/// When the file cannot be written again.
pub(super) fn prepare(archive: &mut Archive) -> Result<PreparedFile, ArchiveError> {
    let text = archive.text("word/document.xml").unwrap_or_default();
    if text.contains(STRICT) {
        return Err(ArchiveError::Strict);
    }
    let styles = archive.text("word/styles.xml").unwrap_or_default();
    let numbering = archive.text("word/numbering.xml").unwrap_or_default();
    let means = PartContext { hidden_styles: hidden::styles(&styles), labels: Labels::read(&numbering, &styles) };
    let mut prepared = PreparedFile { edges: edges::edges(archive), ..PreparedFile::default() };
    prepared.edges.extend(chunks::chunks(archive));
    let mut changed = BTreeMap::new();
    for part in archive.names().into_iter().filter(|name| is_text(name)) {
        let Some(text) = archive.text(&part) else { continue };
        changed.extend(means.part(text, &mut prepared).map(|xml| (part, xml)));
    }
    prepared.bytes = if changed.is_empty() { None } else { Some(archive.with(&changed)?) };
    Ok(prepared)
}

fn is_text(part: &str) -> bool {
    let stem = part.strip_suffix(".xml").map(|stem| stem.trim_end_matches(|letter: char| letter.is_ascii_digit()));
    stem.is_some_and(|stem| PARTS.contains(&stem)) || part == "content.xml"
}

/// What the parts of a file are read with.
struct PartContext {
    hidden_styles: BTreeSet<String>,
    labels: Labels,
}

impl PartContext {
    /// A part with everything moved; nothing when there is nothing to move, or it cannot be read.
    fn part(&self, text: String, prepared: &mut PreparedFile) -> Option<String> {
        let mut new = None;
        let mut edges = Vec::new();
        if let Some(resolved) = fields::resolve(&text, &self.hidden_styles) {
            edges.extend(resolved.hidden.iter().map(|words| Edge::escaped(edges::HIDDEN, words)));
            edges.extend(resolved.placeholders.iter().map(|words| Edge::escaped(edges::PLACEHOLDER, words)));
            new = Some(resolved.xml);
        }
        if let Some((xml, lost)) = labels::write(new.as_deref().unwrap_or(&text), &self.labels) {
            edges.extend(lost.iter().map(|label| Edge::escaped(edges::LABEL, label)));
            new = Some(xml);
        }
        new = changes::simplify(new.as_deref().unwrap_or(&text)).or(new);
        new = bookmarks::write(new.as_deref().unwrap_or(&text)).or(new);
        if let Some(part) = unwrap::unwrap(new.as_deref().unwrap_or(&text)) {
            prepared.boxes += part.boxes;
            edges.extend(part.described.iter().map(|words| Edge::escaped(edges::DESCRIPTION, words)));
            new = Some(part.xml);
        }
        prepared.edges.extend(edges);
        new
    }
}
