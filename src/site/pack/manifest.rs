//! The manifest of a pack, as data.

use serde::Serialize;

use super::context::Pack;
use super::documents;
use super::sources::Source;
use crate::archive::{MANIFEST, PackFile, sha256};
use crate::date::Date;
use crate::handbook::Document;

#[derive(Serialize)]
struct Manifest<'a> {
    schema: &'static str,
    pack: &'a str,
    title: &'a str,
    as_of: Date,
    edition: Option<&'a str>,
    revision: Option<&'a str>,
    /// Whether all files were committed; `None` if that is not known.
    clean: Option<bool>,
    clausebook: &'static str,
    documents: Vec<Entry>,
    files: Vec<FileEntry<'a>>,
    /// The sources of documents, and attachments, each with its path in the handbook.
    #[serde(skip_serializing_if = "<[Source]>::is_empty")]
    sources: &'a [Source],
}

#[derive(Serialize)]
struct Entry {
    id: String,
    version: String,
    approved: Option<Date>,
    approver: String,
    digest: String,
    path: String,
    /// The path of its source in the handbook, if the pack contains sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

#[derive(Serialize)]
struct FileEntry<'a> {
    path: &'a str,
    bytes: usize,
    sha256: String,
}

/// Creates the manifest of a pack's files.
pub(super) fn manifest(pack: &Pack<'_, '_>, files: &[PackFile], sources: &[Source]) -> PackFile {
    let settings = &pack.portal.reading.settings;
    let file = |file: &'_ PackFile| (file.path.clone(), file.bytes.len(), sha256(&file.bytes));
    let mut listed: Vec<(String, usize, String)> = files.iter().map(file).collect();
    listed.sort();
    let manifest = Manifest {
        schema: "clausebook/pack/1",
        pack: pack.options.profile.name,
        title: &settings.title,
        as_of: pack.portal.assessment.clock.as_of,
        edition: settings.edition.as_ref().and_then(|edition| edition.name.as_deref()),
        revision: pack.options.revision.map(|(revision, _)| revision.as_str()),
        clean: pack.options.revision.map(|(_, clean)| *clean),
        clausebook: env!("CLAUSEBOOK_VERSION"),
        documents: entries(pack),
        files: listed.iter().map(|(path, bytes, sum)| FileEntry { path, bytes: *bytes, sha256: sum.clone() }).collect(),
        sources,
    };
    let text = serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n";
    PackFile { path: MANIFEST.to_owned(), bytes: text.into_bytes() }
}

fn entries(pack: &Pack<'_, '_>) -> Vec<Entry> {
    let controlled = pack.portal.reading.handbook.controlled();
    let entry = |(index, document): (_, &Document)| {
        Some(Entry {
            id: document.id()?.to_string(),
            version: documents::version(document),
            approved: document.front().and_then(|front| front.approved.as_ref()).map(|day| day.value),
            approver: document.approvers.joined().unwrap_or_default().into_owned(),
            digest: documents::digest(document),
            path: pack.document_address(index, None)?,
            source: pack.options.with_source.then(|| document.path().to_string()),
        })
    };
    controlled.filter_map(entry).collect()
}
