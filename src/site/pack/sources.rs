//! The sources of a handbook in its pack, and the check that documents match the digests in the manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::context::{Attachment, Pack};
use super::documents::{claim_path, digest, to_ascii_path};
use crate::archive::{MANIFEST, PackFile, SOURCES, is_below};
use crate::config::{SETTINGS_FILE, Settings};
use crate::handbook::Handbook;
use crate::path::is_markdown;
use crate::place::SourceText;
use crate::project::Texts;
use crate::source::{MAX_BYTES, hash_of_attachment};

/// The kinds of sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SourceKind {
    /// The settings, or the catalogue of a standard.
    Settings,
    /// A document or a page.
    Document,
    /// A register.
    Register,
    /// An image or attachment.
    Attachment,
    /// A file that documents include.
    Included,
}

/// A file of the handbook, with its path in the pack.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Source {
    /// The path in the handbook.
    path: String,
    /// The path in the pack.
    file: String,
    kind: SourceKind,
}

/// All files that the handbook was read from, with their paths in the pack: the sources to add, and the attachments,
/// which the pack contains anyway.
pub(super) fn collect_sources(pack: &Pack<'_, '_>, attached: &[(Attachment, Vec<u8>)]) -> (Vec<Source>, Vec<PackFile>) {
    if !pack.options.with_source {
        return (Vec::new(), Vec::new());
    }
    let reading = pack.portal.reading;
    let settings = reading.sources.iter().map(|text| (text, SourceKind::Settings));
    let documents = reading.handbook.documents.iter().map(|document| (&document.file.source, SourceKind::Document));
    let registers = reading.handbook.registers.texts().map(|text| (text, SourceKind::Register));
    let (mut sources, mut files, mut used_paths) = (Vec::new(), Vec::new(), Vec::new());
    let included = included_files(&reading.handbook, &reading.settings);
    let included = included.iter().map(|text| (text, SourceKind::Included));
    for (text, kind) in settings.chain(documents).chain(registers).chain(included) {
        let file = claim_path(&format!("{SOURCES}{}", to_ascii_path(text.path())), &mut used_paths);
        sources.push(Source { path: text.path().to_string(), file: file.clone(), kind });
        files.push(PackFile { path: file, bytes: text.as_str().as_bytes().to_vec() });
    }
    sources.extend(attached.iter().map(|(attachment, _)| Source {
        path: attachment.asset.to_string(),
        file: attachment.path.clone(),
        kind: SourceKind::Attachment,
    }));
    (sources, files)
}

/// The files that documents of the pack include, except those that are documents themselves.
fn included_files(handbook: &Handbook, settings: &Settings) -> Vec<Arc<SourceText>> {
    let files = handbook.documents.iter().flat_map(|document| &document.file.body.included.files);
    let paths: BTreeSet<&Arc<str>> = files.map(|file| &file.path).collect();
    let mut texts = settings.documents.includes.texts();
    texts.retain(|text| paths.contains(text.path()) && handbook.lookup.by_path(text.path()).is_none());
    texts
}

/// A problem with the sources in a pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SourceProblem {
    /// The settings cannot be read, so that no digest can be recomputed.
    Settings(String),
    /// A source in the manifest is missing, too large or not UTF-8.
    Unreadable(String),
    /// A document's source is missing.
    MissingSource(String),
    /// A file that the manifest does not list exactly once, with the right kind.
    UnlistedFile(String),
    /// The path of a document in the handbook that the manifest does not list exactly once.
    UnlistedDocument(String),
    /// A document's digest differs from the manifest.
    DigestMismatch { id: String, text: String, manifest: String },
}

impl fmt::Display for SourceProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SourceProblem::Settings(why) => write!(f, "no digest can be recomputed: {why}"),
            SourceProblem::Unreadable(file) => write!(f, "`{file}` is not a text that can be read"),
            SourceProblem::MissingSource(id) => write!(f, "the pack has no text of {id}"),
            SourceProblem::UnlistedFile(file) => write!(f, "`{file}` is not exactly one of the texts in the manifest"),
            SourceProblem::UnlistedDocument(path) => {
                write!(f, "the text `{path}` is not that of exactly one document in the manifest")
            }
            SourceProblem::DigestMismatch { id, text, manifest } => {
                write!(f, "the text of {id} has the digest {text}, and the manifest says {manifest}")
            }
        }
    }
}

#[derive(Deserialize)]
struct Manifest {
    documents: Vec<ManifestDocument>,
    #[serde(default)]
    sources: Vec<Source>,
}

#[derive(Deserialize)]
struct ManifestDocument {
    id: String,
    digest: String,
    /// The path of its source in the handbook.
    source: Option<String>,
}

/// Recomputes the digest of each document from its source. Returns `None` if the pack contains no sources. The
/// checksums of `files` must have been verified before.
pub(crate) fn verify_digests(files: &BTreeMap<String, Vec<u8>>) -> Option<Vec<SourceProblem>> {
    let manifest: Manifest = serde_json::from_slice(files.get(MANIFEST)?).ok()?;
    let has_texts = files.keys().any(|path| is_below(SOURCES, path));
    if manifest.sources.is_empty() && !has_texts && manifest.documents.iter().all(|document| document.source.is_none())
    {
        return None;
    }
    let mut source_problems = find_unlisted_files(files, &manifest.sources);
    match collect_texts(files, &manifest.sources, &mut source_problems).map(Texts::assemble) {
        None => source_problems.push(SourceProblem::Settings(format!("the pack has no `{SETTINGS_FILE}`"))),
        Some(Err(problems)) => {
            let first = problems.first().map_or_else(String::new, |problem| problem.message.clone());
            source_problems.push(SourceProblem::Settings(first));
        }
        Some(Ok(handbook)) => {
            source_problems
                .extend(manifest.documents.iter().filter_map(|document| compare_digest(&handbook, document)));
            source_problems.extend(find_unlisted_documents(&handbook, &manifest));
        }
    }
    source_problems.sort();
    source_problems.dedup();
    Some(source_problems)
}

/// Files that the manifest does not list exactly once or lists with the wrong kind. A Markdown file must be listed as a
/// document or included file, so that none goes unread, and attachments must be outside the folder of sources.
fn find_unlisted_files(files: &BTreeMap<String, Vec<u8>>, sources: &[Source]) -> Vec<SourceProblem> {
    let mut seen_files = BTreeSet::new();
    let is_wrong = |Source { file, kind, .. }: &Source| {
        let is_document = matches!(kind, SourceKind::Document | SourceKind::Included);
        let is_in_place = is_below(SOURCES, file) != (*kind == SourceKind::Attachment);
        !is_in_place || (is_below(SOURCES, file) && is_markdown(file) && !is_document)
    };
    let mut wrong: Vec<&String> = Vec::new();
    for source in sources {
        let is_first = seen_files.insert(&source.file);
        wrong.extend((!is_first || is_wrong(source)).then_some(&source.file));
    }
    let unseen = files.keys().filter(|path| is_below(SOURCES, path) && !seen_files.contains(path));
    wrong.into_iter().chain(unseen).map(|file| SourceProblem::UnlistedFile(file.clone())).collect()
}

/// Documents that the manifest does not list exactly once, and included files that no document includes.
fn find_unlisted_documents(handbook: &Handbook, manifest: &Manifest) -> Vec<SourceProblem> {
    let named = |path: &str| manifest.documents.iter().filter(|named| named.source.as_deref() == Some(path)).count();
    let inserted = |path: &str| {
        let mut files = handbook.documents.iter().flat_map(|document| &document.file.body.included.files);
        files.any(|file| &*file.path == path)
    };
    let documents = handbook.controlled().map(|(_, document)| &**document.path()).filter(|path| named(path) != 1);
    let included = manifest.sources.iter().filter(|source| source.kind == SourceKind::Included);
    let included = included
        .filter(|source| !inserted(&source.path))
        .map(|source| SourceProblem::UnlistedFile(source.file.clone()));
    documents.map(|path| SourceProblem::UnlistedDocument(path.to_owned())).chain(included).collect()
}

fn collect_texts(
    files: &BTreeMap<String, Vec<u8>>,
    sources: &[Source],
    source_problems: &mut Vec<SourceProblem>,
) -> Option<Texts> {
    let (mut settings, mut documents, mut registers) = (None, Vec::new(), Vec::new());
    let (mut included, mut attachments) = (Vec::new(), BTreeMap::new());
    for Source { path, file, kind } in sources {
        let bytes = files.get(file).map(Vec::as_slice);
        if *kind == SourceKind::Attachment {
            let hash = bytes.map(hash_of_attachment);
            attachments.extend(hash.map(|hash| (Arc::from(path.as_str()), hash)));
            continue;
        }
        let text =
            bytes.filter(|bytes| bytes.len() as u64 <= MAX_BYTES).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let Some(text) = text.map(|text| SourceText::new(path.as_str(), text)) else {
            source_problems.push(SourceProblem::Unreadable(file.clone()));
            continue;
        };
        match kind {
            SourceKind::Settings if path == SETTINGS_FILE => settings = Some(text),
            SourceKind::Settings | SourceKind::Attachment => {}
            SourceKind::Document => documents.push(text),
            SourceKind::Register => registers.push(text),
            SourceKind::Included => included.push(Arc::new(text)),
        }
    }
    Some(Texts { settings: settings?, documents, registers, included, attachments })
}

fn compare_digest(
    handbook: &Handbook,
    ManifestDocument { id, digest: manifest, source }: &ManifestDocument,
) -> Option<SourceProblem> {
    let document = source.as_ref().and_then(|path| handbook.lookup.by_path(path));
    let Some(document) = document else { return Some(SourceProblem::MissingSource(id.clone())) };
    let text = digest(handbook.document(document));
    (text != *manifest).then(|| SourceProblem::DigestMismatch { id: id.clone(), text, manifest: manifest.clone() })
}
