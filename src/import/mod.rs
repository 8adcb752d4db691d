//! Turns Word files, OpenDocument texts and web pages into drafts, and spreadsheets into registers.
//!
//! Pandoc reads the file into its tree, after what it would leave out was moved to where it reads it; here the tree is made into
//! what a handbook can show, without losing a word: bold numbered lines become headings, the control table front matter, tables simple, and what is left of tracked changes and comments a
//! remark. Pictures come out of the archive itself, so that none is loaded from elsewhere. What comes of it is always a draft.

mod anchors;
mod archive;
mod bookmarks;
mod cell;
mod changes;
mod chunks;
mod clean;
mod columns;
mod comments;
mod control;
mod control_labels;
mod decode;
mod edges;
mod emphasis;
mod escape;
mod field_marks;
mod fields;
mod files;
mod forms;
mod grid;
mod headings;
mod hidden;
mod instruction;
mod labels;
mod meta;
mod page;
mod prepare;
mod register;
mod sheet;
mod sign;
mod tables;
mod text;
mod tree;
mod unwrap;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use crate::markdown::literal;
use crate::pandoc::{Pandoc, PandocError};
use crate::text::shortened;
use archive::{Archive, ArchiveError};
use clean::{CleanOptions, CleanReport};
pub(crate) use columns::Columns;
use decode::DecodeError;
use edges::Edge;
use files::{FileResolver, Files};
pub(crate) use files::{LinkedFile, Reference};
use prepare::PreparedFile;
pub(crate) use register::{Register, register};
pub(crate) use sheet::{csv, workbook};
pub(crate) use text::{Draft, Identity};

/// What can be imported: the ending of the file, and what pandoc calls it.
const FORMATS: [(&str, &str); 4] = [("docx", "docx"), ("odt", "odt"), ("html", "html"), ("htm", "html")];
/// The largest file that is read, in bytes.
pub(crate) const MAX_FILE: u64 = 64 * 1024 * 1024;
/// One picture, and several, that the text has from the web.
const LINKED: (&str, &str) =
    ("picture linked from elsewhere and not loaded", "pictures linked from elsewhere and not loaded");

/// A file as imported.
#[derive(Debug)]
pub(crate) struct Imported {
    /// Its title.
    pub(crate) title: Option<String>,
    /// The words of its text and of its headings, for suggestions.
    pub(crate) words: String,
    /// The headings, one a line.
    pub(crate) headings: String,
    /// Keys of front matter that its control table says.
    pub(crate) values: Vec<(&'static str, String)>,
    /// What else that table says.
    pub(crate) remarks: Vec<String>,
    /// The text as Markdown, once it is written.
    pub(crate) markdown: String,
    /// Other drafts, and places in them, that it links to.
    pub(crate) references: Vec<Reference>,
    /// Its tree as pandoc's JSON, with all its anchors.
    tree: String,
    /// The anchors that it links to itself.
    wanted: BTreeSet<String>,
    /// The anchors that it had before its title and control table were taken out.
    gone: BTreeSet<String>,
    /// Pictures and attachments by the names that the text has for them.
    pub(crate) pictures: BTreeMap<String, Vec<u8>>,
    /// What a person has to look at, one phrase each.
    pub(crate) notes: Vec<String>,
}

/// Why a file is not imported; each half a sentence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    /// Its archive is not opened.
    #[error(transparent)]
    Archive(#[from] ArchiveReason),
    /// The letters of a page are not known.
    #[error(transparent)]
    Page(#[from] DecodeError),
    /// Pandoc gave nothing.
    #[error(transparent)]
    Pandoc(#[from] PandocError),
    /// What pandoc gave cannot be read.
    #[error("what pandoc made of it cannot be read: {0}")]
    Tree(#[from] serde_json::Error),
}

/// Why an archive is not opened.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct ArchiveReason(String);

impl From<ArchiveError> for ImportError {
    fn from(error: ArchiveError) -> ImportError {
        ImportError::Archive(ArchiveReason(error.to_string()))
    }
}

/// The format of a file by its name.
pub(crate) fn format(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    FORMATS.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, format)| *format)
}

/// A file that is imported.
pub(crate) struct Source<'a> {
    /// What pandoc calls its format.
    pub(crate) format: &'static str,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// The bytes of a picture beside it, by the path that it is written as; for web pages.
    pub(crate) beside: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    /// What a link to a file beside it leads to, by the path in the link.
    pub(crate) linked: &'a dyn Fn(&str) -> Option<LinkedFile>,
    /// The folder of its pictures as its text names it.
    pub(crate) pictures: &'a str,
    /// The levels of classification.
    pub(crate) levels: &'a [String],
}

/// Reads a file; [`Imported::write`] makes Markdown of it.
///
/// # Errors
/// When it is damaged, locked or too large, or pandoc cannot read it.
pub(crate) fn import(pandoc: &Pandoc, source: Source<'_>, stop: &AtomicBool) -> Result<Imported, ImportError> {
    let Source { format, bytes, beside, linked, pictures, levels } = source;
    let is_page = format == "html";
    let mut archive = if is_page { None } else { Some(Archive::open(bytes.clone())?) };
    let prepared = prepared(archive.as_mut(), &bytes)?;
    let tree = tree_of(pandoc, format, prepared.bytes.as_deref().unwrap_or(&bytes), stop)?;
    let places = FileResolver { picture: beside, linked, folder: pictures };
    let files = Files::of(&tree, archive.as_mut().map(|archive| (archive, format)), &places);
    let mut noted = CleanReport::default();
    let mut blocks = meta::summary(&tree);
    blocks.extend_from_slice(tree::list(tree.get("blocks").unwrap_or(&Value::Null)));
    let means = CleanOptions { files: &files, has_made_names: !is_page };
    let before = clean::blocks(&blocks, &mut noted, &means);
    let mut blocks = before.clone();
    let control = control::take(&mut blocks, levels);
    let known = control.value("title").map(str::to_owned).or_else(|| meta::value(&tree, "title"));
    let mut blocks = headings::find(blocks);
    let first = headings::normalize_headings(&mut blocks, known.as_deref());
    let title = known.or(first);
    let anchors::ResolvedLinks { blocks, wanted, gone } =
        anchors::resolve_links(&meta::places(&tree, before), tables::simplify(blocks));
    let remarks = prepared.edges.iter().map(Edge::remark).chain(meta::remarks(&tree, title.as_deref()));
    let all = Value::Array(blocks);
    Ok(Imported {
        title,
        words: tree::plain(&all),
        headings: headings_of(&all),
        values: control.values.into_iter().filter(|(key, _)| *key != "title").collect(),
        remarks: control.remarks.into_iter().chain(remarks).collect(),
        markdown: String::new(),
        notes: notes(&noted, &files, &prepared),
        tree: document(&tree, all),
        wanted,
        gone,
        references: files.references,
        pictures: files.files,
    })
}

impl Imported {
    /// Makes Markdown of the text, with the anchors that it links to itself and those of these fragments.
    ///
    /// # Errors
    /// When pandoc cannot write it.
    pub(crate) fn write<'f>(
        &mut self,
        pandoc: &Pandoc,
        fragments: impl Iterator<Item = &'f str>,
        stop: &AtomicBool,
    ) -> Result<(), ImportError> {
        let mut tree: Value = serde_json::from_str(&std::mem::take(&mut self.tree))?;
        let wanted = std::mem::take(&mut self.wanted);
        if let Some(blocks) = tree.get_mut("blocks") {
            *blocks = Value::Array(escape::escape(&anchors::keep(blocks, wanted, (fragments, &self.gone))));
        }
        self.markdown = anchors::finish(&literal(&pandoc.write(&tree.to_string(), stop)?));
        Ok(())
    }
}

/// A file as pandoc shall read it: an archive, or a page.
fn prepared(archive: Option<&mut Archive>, bytes: &[u8]) -> Result<PreparedFile, ImportError> {
    if let Some(archive) = archive {
        return Ok(prepare::prepare(archive)?);
    }
    let html = decode::decode(bytes)?;
    let unfolded = page::unfold(&html);
    let edges = unfolded.hidden.iter().map(|words| Edge { name: edges::HIDDEN, words: words.clone() }).collect();
    Ok(PreparedFile { bytes: Some(unfolded.html.unwrap_or(html).into_bytes()), edges, ..PreparedFile::default() })
}

/// Pandoc's tree of a file, with all bookmarks and references.
fn tree_of(pandoc: &Pandoc, format: &str, bytes: &[u8], stop: &AtomicBool) -> Result<Value, ImportError> {
    // A page's own names of places are enough.
    let reader = if format == "html" { "html-auto_identifiers" } else { format };
    Ok(bookmarks::read(&serde_json::from_str(&pandoc.read(reader, bytes, stop)?)?))
}

/// A text as pandoc's JSON.
fn document(tree: &Value, blocks: Value) -> String {
    json!({"pandoc-api-version": tree.get("pandoc-api-version"), "meta": {}, "blocks": blocks}).to_string()
}

fn headings_of(blocks: &Value) -> String {
    let headings = tree::list(blocks).iter().filter(|block| tree::level(block).is_some());
    headings.map(|block| tree::plain(tree::part(block, 2))).collect::<Vec<_>>().join("\n")
}

/// What a person has to look at.
fn notes(noted: &CleanReport, found: &Files, prepared: &PreparedFile) -> Vec<String> {
    let counted = |count: usize, one: &str, many: &str| {
        (count > 0).then(|| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") })
    };
    let missing = (!found.missing.is_empty()).then(|| {
        let names = found.missing.iter().map(|path| format!("`{}`", shortened(path, 80))).collect::<Vec<_>>();
        format!("links to files that are not imported: {}", names.join(", "))
    });
    let pictures = found.files.len() - found.attached.len();
    let first = [
        counted(noted.insertions + noted.deletions.len(), "tracked change", "tracked changes"),
        counted(noted.comments.len(), "comment", "comments"),
        counted(pictures, "picture", "pictures"),
        counted(noted.unread.len(), "picture that could not be read", "pictures that could not be read"),
        counted(noted.linked, LINKED.0, LINKED.1),
        counted(found.unseen(), "picture in a format unknown to browsers", "pictures in a format unknown to browsers"),
        counted(noted.equations, "equation", "equations"),
        counted(prepared.boxes, "text box", "text boxes"),
    ];
    let edges = edges::COUNTED
        .iter()
        .map(|(name, one, many)| counted(prepared.edges.iter().filter(|edge| edge.name == *name).count(), one, many));
    let attached = counted(found.attached.len(), "attached file", "attached files");
    first.into_iter().chain(edges).chain([attached]).flatten().chain(missing).collect()
}
