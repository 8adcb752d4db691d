//! The texts of a handbook in its pack, as they are written, and whether documents have the digests that the manifest names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::documents::{ascii, digest, free};
use super::ground::{Attachment, Pack};
use crate::archive::{MANIFEST, PackFile};
use crate::config::{SETTINGS_FILE, Settings};
use crate::handbook::Handbook;
use crate::place::SourceText;
use crate::project::Texts;
use crate::source::{MAX_BYTES, hash_of_attachment};

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum TextKind {
    /// The settings, or a catalogue.
    Settings,
    /// A document or a page.
    Document,
    /// A register.
    Register,
    /// An image or attachment.
    Attachment,
    /// A text that documents insert.
    Included,
}

/// A file of the handbook, with its place in the pack.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Source {
    /// Its path in the handbook.
    path: String,
    /// Its path in the pack.
    file: String,
    kind: TextKind,
}

/// Everything that a handbook is read from, each with its place in the pack: texts that are added, and attachments, which
/// are in it anyway.
pub(super) fn sources(pack: &Pack<'_, '_>, attached: &[(Attachment, Vec<u8>)]) -> (Vec<Source>, Vec<PackFile>) {
    if !pack.order.with_source {
        return (Vec::new(), Vec::new());
    }
    let reading = pack.portal.reading;
    let settings = reading.sources.iter().map(|text| (text, TextKind::Settings));
    let documents = reading.handbook.documents.iter().map(|one| (&one.file.source, TextKind::Document));
    let registers = reading.handbook.registers.texts().map(|text| (text, TextKind::Register));
    let (mut sources, mut files, mut taken) = (Vec::new(), Vec::new(), Vec::new());
    let included = included(&reading.handbook, &reading.settings);
    let included = included.iter().map(|text| (text, TextKind::Included));
    for (text, kind) in settings.chain(documents).chain(registers).chain(included) {
        let file = free(&format!("source/{}", ascii(text.path())), &mut taken);
        sources.push(Source { path: text.path().to_string(), file: file.clone(), kind });
        files.push(PackFile { path: file, bytes: text.as_str().as_bytes().to_vec() });
    }
    sources.extend(attached.iter().map(|(one, _)| Source {
        path: one.asset.to_string(),
        file: one.path.clone(),
        kind: TextKind::Attachment,
    }));
    (sources, files)
}

/// The texts that documents of the pack insert, without those that are documents of it.
fn included(handbook: &Handbook, settings: &Settings) -> Vec<Arc<SourceText>> {
    let files = handbook.documents.iter().flat_map(|document| &document.file.body.included.files);
    let paths: BTreeSet<&Arc<str>> = files.map(|file| &file.path).collect();
    let mut texts = settings.documents.includes.texts();
    texts.retain(|text| paths.contains(text.path()) && handbook.lookup.by_path(text.path()).is_none());
    texts
}

/// What is wrong with the texts in a pack; each a sentence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TextFault {
    /// The settings cannot be used, so that nothing can be recomputed.
    Settings(String),
    /// A text that the manifest lists is not one.
    Unreadable(String),
    /// A document has no text.
    NoText(String),
    /// A document's text has another digest than the manifest says.
    OtherDigest { id: String, text: String, manifest: String },
}

impl fmt::Display for TextFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TextFault::Settings(why) => write!(f, "no digest can be recomputed: {why}"),
            TextFault::Unreadable(file) => write!(f, "`{file}` is not a text that can be read"),
            TextFault::NoText(id) => write!(f, "the pack has no text of {id}"),
            TextFault::OtherDigest { id, text, manifest } => {
                write!(f, "the text of {id} has the digest {text}, and the manifest says {manifest}")
            }
        }
    }
}

#[derive(Deserialize)]
struct Manifest {
    documents: Vec<Named>,
    #[serde(default)]
    sources: Vec<Source>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    digest: String,
    /// The path of its text in the handbook.
    source: Option<String>,
}

/// Recomputes the digest of each document from its text; nothing where the pack has no texts. `files` are those of a pack
/// that is otherwise as it was made.
pub(crate) fn recomputed(files: &BTreeMap<String, Vec<u8>>) -> Option<Vec<TextFault>> {
    let manifest: Manifest = serde_json::from_slice(files.get(MANIFEST)?).ok()?;
    if manifest.sources.is_empty() {
        return None;
    }
    let mut faults = Vec::new();
    match texts(files, &manifest.sources, &mut faults).map(Texts::assemble) {
        None => faults.push(TextFault::Settings(format!("the pack has no `{SETTINGS_FILE}`"))),
        Some(Err(problems)) => {
            let first = problems.first().map_or_else(String::new, |problem| problem.message.clone());
            faults.push(TextFault::Settings(first));
        }
        Some(Ok(handbook)) => faults.extend(manifest.documents.iter().filter_map(|named| differs(&handbook, named))),
    }
    faults.sort();
    Some(faults)
}

fn texts(files: &BTreeMap<String, Vec<u8>>, sources: &[Source], faults: &mut Vec<TextFault>) -> Option<Texts> {
    let (mut settings, mut documents, mut registers) = (None, Vec::new(), Vec::new());
    let (mut included, mut attachments) = (Vec::new(), BTreeMap::new());
    for Source { path, file, kind } in sources {
        let bytes = files.get(file).map(Vec::as_slice);
        if *kind == TextKind::Attachment {
            let hash = bytes.map(hash_of_attachment);
            attachments.extend(hash.map(|hash| (Arc::from(path.as_str()), hash)));
            continue;
        }
        let text =
            bytes.filter(|bytes| bytes.len() as u64 <= MAX_BYTES).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let Some(text) = text.map(|text| SourceText::new(path.as_str(), text)) else {
            faults.push(TextFault::Unreadable(file.clone()));
            continue;
        };
        match kind {
            TextKind::Settings if path == SETTINGS_FILE => settings = Some(text),
            TextKind::Settings | TextKind::Attachment => {}
            TextKind::Document => documents.push(text),
            TextKind::Register => registers.push(text),
            TextKind::Included => included.push(Arc::new(text)),
        }
    }
    Some(Texts { settings: settings?, documents, registers, included, attachments })
}

fn differs(handbook: &Handbook, Named { id, digest: manifest, source }: &Named) -> Option<TextFault> {
    let document = source.as_ref().and_then(|path| handbook.lookup.by_path(path));
    let Some(document) = document else { return Some(TextFault::NoText(id.clone())) };
    let text = digest(handbook.document(document));
    (text != *manifest).then(|| TextFault::OtherDigest { id: id.clone(), text, manifest: manifest.clone() })
}
