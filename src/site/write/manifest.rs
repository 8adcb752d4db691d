//! The list of what was written, in the output itself: it decides what may be replaced and deleted.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;

use crate::site::write::WriteError;
use crate::site::write::comparison::Digest;
use crate::url::SitePath;

/// The manifest's name at the top of the output.
pub const MANIFEST_NAME: &str = ".clausebook-manifest.json";

/// Names the format; another number is not read.
const SCHEMA: &str = "clausebook/manifest/1";

/// Largest manifest that is read, in bytes: the list of more than a million files.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// One file of the site, as the manifest shows it to whoever publishes or verifies the portal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct Entry {
    pub(super) path: SitePath,
    /// In bytes.
    pub(super) size: u64,
    /// Of the contents, in hexadecimal.
    pub(super) blake3: String,
}

#[derive(Deserialize)]
struct Manifest {
    schema: String,
    files: Vec<Entry>,
}

/// The manifest of these files: sorted by path, one a line, no date, so that one site always has one manifest.
pub(super) fn render(entries: &mut [Entry]) -> Vec<u8> {
    entries.sort_unstable();
    let lines: Vec<String> = entries.iter().map(Entry::to_json).collect();
    format!("{{\"schema\":\"{SCHEMA}\",\"files\":[\n{}\n]}}\n", lines.join(",\n")).into_bytes()
}

impl Entry {
    /// Nothing in a path or a hash needs escaping.
    fn to_json(&self) -> String {
        format!(r#"{{"path":"{}","size":{},"blake3":"{}"}}"#, self.path, self.size, self.blake3)
    }
}

/// A manifest that was found in an output.
#[derive(Debug)]
pub(super) struct ExistingManifest {
    /// As it stands on disk.
    pub(super) bytes: Vec<u8>,
    /// The files that it lists, as they were written.
    pub(super) files: HashMap<SitePath, Digest>,
}

/// How many files are pages.
pub(super) fn pages(entries: &[Entry]) -> usize {
    entries.iter().filter(|entry| entry.path.as_str().ends_with(".html")).count()
}

/// The entries of a manifest that this version wrote; `None` for anything else.
pub(super) fn entries(bytes: &[u8]) -> Option<Vec<Entry>> {
    let manifest: Manifest = serde_json::from_slice(bytes).ok()?;
    (manifest.schema == SCHEMA).then_some(manifest.files)
}

/// Reads the manifest of a folder; `None` when it has none. A link or a folder of that name is none.
///
/// # Errors
/// When it cannot be read, or is not one that this version writes.
pub(super) fn find(folder: &Path) -> Result<Option<ExistingManifest>, WriteError> {
    let path = folder.join(MANIFEST_NAME);
    if !fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    let refused = |reason: String| WriteError::Manifest { manifest: path.clone(), reason };
    let bytes = read(&path).map_err(|error| refused(error.to_string()))?;
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| refused(error.to_string()))?;
    if manifest.schema != SCHEMA {
        return Err(refused(format!("it is of the format `{}`, and this version reads `{SCHEMA}`", manifest.schema)));
    }
    let file = |Entry { path, size, blake3 }: Entry| (path, Digest { size, blake3 });
    Ok(Some(ExistingManifest { bytes, files: manifest.files.into_iter().map(file).collect() }))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::other("it is larger than 256 MiB"));
    }
    Ok(bytes)
}
