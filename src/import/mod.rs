//! Import of Word files, OpenDocument texts and web pages as drafts, and of spreadsheets as registers.
//!
//! Content that pandoc would drop is first moved to where pandoc reads it. Pandoc then parses the file into a tree,
//! which this module converts for use in a handbook without losing a word: bold numbered lines become headings, the
//! control table becomes front matter, tables become simple, and remaining tracked changes and comments become remarks.
//! Pictures are taken from the archive itself, so nothing is loaded from elsewhere. The result is always a draft.

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
mod embedded;
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
mod opendocument;
mod outer_text;
mod page;
mod prepare;
mod register;
mod sheet;
mod symbols;
mod tables;
mod text;
mod tree;
mod unwrap;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use crate::markdown::escape_dialects;
use crate::pandoc::{Pandoc, PandocError};
use crate::text::shorten;
use archive::{Archive, ArchiveError};
use clean::{CleanOptions, CleanReport};
pub(crate) use columns::Columns;
use decode::DecodeError;
use files::{FileResolver, Files};
pub(crate) use files::{LinkedFile, Reference};
use outer_text::OuterText;
use prepare::PreparedFile;
pub(crate) use register::{NewRegister, register};
pub(crate) use sheet::{csv, workbook};
pub(crate) use text::{Draft, DraftIdentity};

/// The supported file extensions, each with pandoc's name of the format.
const FORMATS: [(&str, &str); 5] =
    [("docx", "docx"), ("odt", "odt"), ("html", "html"), ("htm", "html"), ("xhtml", "html")];
/// The maximum size of a file in bytes.
pub(crate) const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// The singular and plural for external pictures.
const EXTERNAL_PICTURES: (&str, &str) =
    ("picture linked from elsewhere and not loaded", "pictures linked from elsewhere and not loaded");

/// An imported file.
#[derive(Debug)]
pub(crate) struct ImportedDocument {
    /// The title of the document.
    pub(crate) title: Option<String>,
    /// The words of the text and its headings, for suggestions.
    pub(crate) words: String,
    /// The headings, one per line.
    pub(crate) headings: String,
    /// Front matter keys from its control table.
    pub(crate) values: Vec<(&'static str, String)>,
    /// The other content of that table.
    pub(crate) remarks: Vec<String>,
    /// The text as Markdown; empty until it is written.
    pub(crate) markdown: String,
    /// Links to other drafts and to anchors in them.
    pub(crate) references: Vec<Reference>,
    /// The tree as pandoc's JSON, with all anchors.
    tree: String,
    /// The anchors that it links to itself.
    linked_anchors: BTreeSet<String>,
    /// The anchors that it had before its title and control table were removed.
    original_anchors: BTreeSet<String>,
    /// Pictures and attachments, by their names in the text.
    pub(crate) pictures: BTreeMap<String, Vec<u8>>,
    /// Points for a person to review, one phrase each.
    pub(crate) notes: Vec<String>,
}

/// Why a file is not imported; each variant is shown as a sentence fragment.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    /// Its archive cannot be opened.
    #[error(transparent)]
    Archive(#[from] ArchiveReason),
    /// The page cannot be decoded.
    #[error(transparent)]
    Page(#[from] DecodeError),
    /// Pandoc failed.
    #[error(transparent)]
    Pandoc(#[from] PandocError),
    /// Pandoc's output cannot be parsed.
    #[error("what pandoc made of it cannot be read: {0}")]
    Tree(#[from] serde_json::Error),
}

/// Why an archive cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct ArchiveReason(String);

impl From<ArchiveError> for ImportError {
    fn from(error: ArchiveError) -> ImportError {
        ImportError::Archive(ArchiveReason(error.to_string()))
    }
}

/// The format of a file, by its extension.
pub(crate) fn format(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    FORMATS.iter().find(|(extension, _)| extension.eq_ignore_ascii_case(ending)).map(|(_, format)| *format)
}

/// A file to import.
pub(crate) struct Source<'a> {
    /// Pandoc's name of the format.
    pub(crate) format: &'static str,
    /// The bytes of the file.
    pub(crate) bytes: Vec<u8>,
    /// For web pages, returns the bytes of a picture by its path in the page.
    pub(crate) read_picture: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    /// Resolves a link to another file by the path in the link.
    pub(crate) resolve_link: &'a dyn Fn(&str) -> Option<LinkedFile>,
    /// The folder of its pictures, as written in the text.
    pub(crate) pictures: &'a str,
    /// The levels of classification.
    pub(crate) levels: &'a [String],
}

/// Reads a file. [`ImportedDocument::write`] then converts it to Markdown.
///
/// # Errors
/// If the file is damaged, protected or too large, or pandoc cannot read it.
pub(crate) fn import(pandoc: &Pandoc, source: Source<'_>, stop: &AtomicBool) -> Result<ImportedDocument, ImportError> {
    let Source { format, bytes, read_picture, resolve_link: linked, pictures, levels } = source;
    let is_page = format == "html";
    let mut archive = if is_page { None } else { Some(Archive::open(bytes.clone())?) };
    let mut prepared = prepare_bytes(archive.as_mut(), &bytes)?;
    let tree = tree_of(pandoc, format, &mut prepared, &bytes, stop)?;
    let places = FileResolver { picture: read_picture, linked, folder: pictures };
    let files = Files::collect(&tree, archive.as_mut().map(|archive| (archive, format)), &places);
    let mut report = CleanReport::default();
    let mut blocks = meta::summary(&tree);
    blocks.extend_from_slice(tree::list(tree.get("blocks").unwrap_or(&Value::Null)));
    let means = CleanOptions { files: &files, has_generated_ids: !is_page };
    let before = clean::clean_blocks(&blocks, &mut report, &means);
    let mut blocks = before.clone();
    let control = control::take_control_tables(&mut blocks, levels);
    let own_title = headings::take_title_paragraph(&mut blocks, prepared.title_paragraph.as_deref());
    let known_title = control.value("title").map(str::to_owned).or(own_title).or_else(|| meta::value(&tree, "title"));
    let mut blocks = headings::find(blocks);
    let first = headings::normalize_headings(&mut blocks, known_title.as_deref());
    let title = known_title.or(first).or_else(|| prepared.title_property.clone());
    let anchors::ResolvedLinks { blocks, linked_anchors: wanted, original: gone } =
        anchors::resolve_links(&meta::add_anchors(&tree, before), tables::simplify(blocks));
    let remarks = prepared.outer_texts.iter().map(OuterText::remark).chain(meta::remarks(&tree, title.as_deref()));
    let all = Value::Array(blocks);
    Ok(ImportedDocument {
        title,
        words: tree::plain(&all),
        headings: headings_of(&all),
        values: control.values.into_iter().filter(|(key, _)| *key != "title").collect(),
        remarks: control.remarks.into_iter().chain(remarks).collect(),
        markdown: String::new(),
        notes: notes(&report, &files, &prepared),
        tree: wrap_document(&tree, all),
        linked_anchors: wanted,
        original_anchors: gone,
        references: files.references,
        pictures: files.files,
    })
}

impl ImportedDocument {
    /// Converts the text to Markdown, with the anchors that it links to itself and those of the given fragments.
    ///
    /// # Errors
    /// If pandoc cannot write it.
    pub(crate) fn write<'f>(
        &mut self,
        pandoc: &Pandoc,
        fragments: impl Iterator<Item = &'f str>,
        stop: &AtomicBool,
    ) -> Result<(), ImportError> {
        let mut tree: Value = serde_json::from_str(&std::mem::take(&mut self.tree))?;
        let wanted = std::mem::take(&mut self.linked_anchors);
        if let Some(blocks) = tree.get_mut("blocks") {
            *blocks = Value::Array(escape::escape(&anchors::keep(blocks, wanted, fragments, &self.original_anchors)));
        }
        self.markdown = anchors::finish(&escape_dialects(&pandoc.write(&tree.to_string(), stop)?));
        Ok(())
    }
}

/// Prepares an archive or a page for pandoc.
fn prepare_bytes(archive: Option<&mut Archive>, bytes: &[u8]) -> Result<PreparedFile, ImportError> {
    if let Some(archive) = archive {
        return Ok(prepare::prepare(archive)?);
    }
    let html = decode::decode(bytes)?;
    let unfolded = page::unfold(&html);
    let edges =
        unfolded.hidden.iter().map(|words| OuterText { name: outer_text::HIDDEN, words: words.clone() }).collect();
    Ok(PreparedFile {
        bytes: Some(unfolded.html.unwrap_or(html).into_bytes()),
        outer_texts: edges,
        ..PreparedFile::default()
    })
}

/// Pandoc's tree of a file, with all bookmarks and references, and what was removed from it.
fn tree_of(
    pandoc: &Pandoc,
    format: &str,
    prepared: &mut PreparedFile,
    original: &[u8],
    stop: &AtomicBool,
) -> Result<Value, ImportError> {
    // The anchors in a page are enough.
    let reader = if format == "html" { "html-auto_identifiers" } else { format };
    let bytes = prepared.bytes.as_deref().unwrap_or(original);
    let tree = bookmarks::restore_marks(&serde_json::from_str(&pandoc.read(reader, bytes, stop)?)?);
    let Some(removed) = prepared.removed.take() else { return Ok(tree) };
    let (tree, missing) = removed.restore(tree);
    prepared.outer_texts.extend(missing);
    Ok(tree)
}

/// Blocks as a document in pandoc's JSON.
fn wrap_document(tree: &Value, blocks: Value) -> String {
    json!({"pandoc-api-version": tree.get("pandoc-api-version"), "meta": {}, "blocks": blocks}).to_string()
}

fn headings_of(blocks: &Value) -> String {
    let headings = tree::list(blocks).iter().filter(|block| tree::level(block).is_some());
    headings.map(|block| tree::plain(tree::part(block, 2))).collect::<Vec<_>>().join("\n")
}

/// The points for a person to review.
fn notes(report: &CleanReport, files: &Files, prepared: &PreparedFile) -> Vec<String> {
    let counted = |count: usize, one: &str, many: &str| {
        (count > 0).then(|| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") })
    };
    let missing = (!files.missing.is_empty()).then(|| {
        let names = files.missing.iter().map(|path| format!("`{}`", shorten(path, 80))).collect::<Vec<_>>();
        format!("links to files that are not imported: {}", names.join(", "))
    });
    let pictures = files.files.len() - files.attached.len();
    let first = [
        counted(report.insertions + report.deletions.len(), "tracked change", "tracked changes"),
        counted(report.comments.len(), "comment", "comments"),
        counted(pictures, "picture", "pictures"),
        counted(report.unreadable_pictures.len(), "picture that could not be read", "pictures that could not be read"),
        counted(report.external_pictures, EXTERNAL_PICTURES.0, EXTERNAL_PICTURES.1),
        counted(
            files.unshown_count(),
            "picture in a format unknown to browsers",
            "pictures in a format unknown to browsers",
        ),
        counted(report.equations, "equation", "equations"),
        counted(prepared.moved_boxes, "text box", "text boxes"),
        counted(prepared.indexes, "table of contents or index left out", "tables of contents and indexes left out"),
    ];
    let edges = outer_text::COUNTED.iter().map(|(name, one, many)| {
        counted(prepared.outer_texts.iter().filter(|edge| edge.name == *name).count(), one, many)
    });
    let attached = counted(files.attached.len(), "attached file", "attached files");
    first.into_iter().chain(edges).chain([attached]).flatten().chain(missing).collect()
}
