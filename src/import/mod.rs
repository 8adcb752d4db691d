//! Turns Word files, OpenDocument texts and web pages into drafts, and spreadsheets into registers.
//!
//! Pandoc reads the file into its tree, after what it would leave out was moved to where it reads it; here the tree is made into
//! what a handbook can show, without losing a word: bold numbered lines become headings, the control table front matter, tables simple, and what is left of tracked changes and comments a
//! remark. Pictures come out of the archive itself, so that none is loaded from elsewhere. What comes of it is always a draft.

mod archive;
mod clean;
mod control;
mod edges;
mod escape;
mod forms;
mod headings;
mod meta;
mod register;
mod sheet;
mod tables;
mod text;
mod tree;
mod unwrap;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use crate::markdown::literal;
use crate::pandoc::{Pandoc, PandocError};
use archive::{Archive, ArchiveError};
use clean::Noted;
use edges::Edge;
pub(crate) use register::{Columns, Register, register};
pub(crate) use sheet::{csv, workbook};
pub(crate) use text::{Draft, Identity};

/// What can be imported: the ending of the file, and what pandoc calls it.
const FORMATS: [(&str, &str); 4] = [("docx", "docx"), ("odt", "odt"), ("html", "html"), ("htm", "html")];
/// The largest file that is read, in bytes.
pub(crate) const MAX_FILE: u64 = 64 * 1024 * 1024;

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
    /// The text as Markdown.
    pub(crate) markdown: String,
    /// Pictures by the names that the text has for them.
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
    /// The folder of its pictures as its text names it.
    pub(crate) pictures: &'a str,
    /// The levels of classification.
    pub(crate) levels: &'a [String],
}

/// Imports a file.
///
/// # Errors
/// When it is damaged, locked or too large, or pandoc cannot read it.
pub(crate) fn import(pandoc: &Pandoc, source: Source<'_>, stop: &AtomicBool) -> Result<Imported, ImportError> {
    let Source { format, bytes, beside, pictures, levels } = source;
    let mut archive = if format == "html" { None } else { Some(Archive::open(bytes.clone())?) };
    let mut unwrapped = archive.as_mut().map(unwrap::unwrap).transpose()?.unwrap_or_default();
    if archive.is_none() {
        unwrapped.bytes = forms::unfold(&bytes);
    }
    let edges = archive.as_mut().map(edges::edges).unwrap_or_default();
    let tree: Value =
        serde_json::from_str(&pandoc.read(format, unwrapped.bytes.as_deref().unwrap_or(&bytes), stop)?)?;
    let mut found = Pictures { files: BTreeMap::new(), names: BTreeMap::new() };
    for target in targets(&tree) {
        let file = archive.as_mut().map_or_else(|| beside(&target), |archive| in_archive(archive, format, &target));
        file.into_iter().for_each(|bytes| found.add(&target, bytes));
    }
    let mut noted = Noted::default();
    let path = |target: &str| found.names.get(target).map(|name| format!("{pictures}/{name}"));
    let mut blocks = meta::summary(&tree);
    blocks.extend_from_slice(tree::list(tree.get("blocks").unwrap_or(&Value::Null)));
    let mut blocks = clean::blocks(&blocks, &mut noted, &path);
    let control = control::take(&mut blocks, levels);
    let known = control.value("title").map(str::to_owned).or_else(|| meta::value(&tree, "title"));
    let mut blocks = headings::find(blocks);
    let first = headings::settle(&mut blocks, known.as_deref());
    let blocks = tables::simplify(blocks);
    let title = known.or(first);
    let remarks = edges.iter().map(Edge::remark).chain(meta::remarks(&tree, title.as_deref()));
    let all = Value::Array(blocks);
    let json = json!({
        "pandoc-api-version": tree.get("pandoc-api-version"),
        "meta": {},
        "blocks": escape::escape(tree::list(&all)),
    });
    Ok(Imported {
        title,
        words: tree::plain(&all),
        headings: headings_of(&all),
        values: control.values.into_iter().filter(|(key, _)| *key != "title").collect(),
        remarks: control.remarks.into_iter().chain(remarks).collect(),
        markdown: literal(&pandoc.write(&json.to_string(), stop)?),
        notes: notes(&noted, &found, (unwrapped.boxes, &edges)),
        pictures: found.files,
    })
}

fn headings_of(blocks: &Value) -> String {
    let headings = tree::list(blocks).iter().filter(|block| tree::level(block).is_some());
    headings.map(|block| tree::plain(tree::part(block, 2))).collect::<Vec<_>>().join("\n")
}

/// Pictures that were found, by name, and their names by the targets that the text has.
struct Pictures {
    files: BTreeMap<String, Vec<u8>>,
    names: BTreeMap<String, String>,
}

/// Endings of pictures that browsers show.
const SHOWN: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif"];

impl Pictures {
    fn add(&mut self, target: &str, bytes: Vec<u8>) {
        let name = target.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
        let name: String = name.chars().map(|letter| if is_plain(letter) { letter } else { '-' }).collect();
        let name = name.trim_start_matches('.');
        if name.is_empty() || !name.contains('.') {
            return;
        }
        let is_free = |name: &String| self.files.get(name).is_none_or(|known| *known == bytes);
        let numbered = (2..).map(|number| format!("{number}-{name}"));
        if let Some(name) = std::iter::once(name.to_owned()).chain(numbered).find(is_free) {
            self.names.insert(target.to_owned(), name.clone());
            self.files.insert(name, bytes);
        }
    }
}

/// Targets of pictures, in order, those elsewhere left out.
fn targets(value: &Value) -> Vec<String> {
    let mut targets = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        if tree::name(value) == "Image" {
            let target = tree::part(value, 2).get(0).and_then(Value::as_str).unwrap_or_default();
            if !target.contains("://") && !target.starts_with("data:") && !target.is_empty() {
                targets.push(target.to_owned());
            }
        }
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(entries) => open.extend(entries.values()),
            _ => {}
        }
    }
    targets.sort();
    targets.dedup();
    targets
}

fn in_archive(archive: &mut Archive, format: &str, target: &str) -> Option<Vec<u8>> {
    let name = if format == "docx" { format!("word/{target}") } else { target.to_owned() };
    archive.file(&name).or_else(|| archive.file(target.trim_start_matches('/')))
}

/// What a person has to look at.
fn notes(noted: &Noted, found: &Pictures, (boxes, edges): (usize, &[Edge])) -> Vec<String> {
    let counted = |count: usize, one: &str| {
        (count > 0).then(|| if count == 1 { format!("1 {one}") } else { format!("{count} {}", plural(one)) })
    };
    let unseen = found.files.keys().filter(|name| {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        !SHOWN.contains(&ending)
    });
    let notes = [
        counted(noted.insertions + noted.deletions.len(), "tracked change"),
        counted(noted.comments.len(), "comment"),
        counted(found.files.len(), "picture"),
        counted(noted.linked, "picture linked from elsewhere and not loaded"),
        counted(unseen.count(), "picture in a format unknown to browsers"),
        counted(boxes, "text box"),
        counted(edges.iter().filter(|edge| edge.name == edges::HEADER).count(), "header"),
        counted(edges.iter().filter(|edge| edge.name == edges::FOOTER).count(), "footer"),
        counted(edges.iter().filter(|edge| edge.name == edges::DIAGRAM).count(), "diagram"),
    ];
    notes.into_iter().flatten().collect()
}

/// The plural of a phrase about one of these things.
fn plural(one: &str) -> String {
    let nouns = [
        ("picture", "pictures"),
        ("comment", "comments"),
        ("change", "changes"),
        ("text box", "text boxes"),
        ("header", "headers"),
        ("footer", "footers"),
        ("diagram", "diagrams"),
    ];
    let noun = nouns.into_iter().find(|(noun, _)| one.contains(noun));
    noun.map_or_else(|| one.to_owned(), |(noun, many)| one.replacen(noun, many, 1))
}
