//! The manifest: a list of written files in the output, which determines what may be replaced and deleted.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;

use crate::site::write::WriteError;
use crate::site::write::comparison::FileDigest;
use crate::url::SitePath;

/// The name of the manifest at the top of the output.
pub const MANIFEST_NAME: &str = ".clausebook-manifest.json";

/// The identifier of the format; manifests with a different version number are rejected.
const SCHEMA: &str = "clausebook/manifest/1";

/// The maximum size of a manifest in bytes, enough for more than a million files.
const MAX_MANIFEST_BYTES: u64 = 256 * 1024 * 1024;

/// A file of the site; the manifest is also for those who publish or verify the portal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct ManifestEntry {
    pub(super) path: SitePath,
    /// The size in bytes.
    pub(super) size: u64,
    /// The hash of the contents, in hexadecimal.
    pub(super) blake3: String,
}

#[derive(Deserialize)]
struct Manifest {
    schema: String,
    files: Vec<ManifestEntry>,
}

/// Renders the manifest, sorted by path, with one file per line and without a date, so that the same site always has
/// the same manifest.
pub(super) fn render(entries: &mut [ManifestEntry]) -> Vec<u8> {
    entries.sort_unstable();
    let lines: Vec<String> = entries.iter().map(ManifestEntry::to_json).collect();
    format!("{{\"schema\":\"{SCHEMA}\",\"files\":[\n{}\n]}}\n", lines.join(",\n")).into_bytes()
}

impl ManifestEntry {
    /// The entry as JSON. Paths and hashes contain nothing that needs escaping.
    fn to_json(&self) -> String {
        format!(r#"{{"path":"{}","size":{},"blake3":"{}"}}"#, self.path, self.size, self.blake3)
    }
}

/// The manifest of an existing output.
#[derive(Debug)]
pub(super) struct ExistingManifest {
    /// The contents of the manifest file.
    pub(super) bytes: Vec<u8>,
    /// The files in the manifest, with their digests when written.
    pub(super) files: HashMap<SitePath, FileDigest>,
}

/// The number of pages.
pub(super) fn pages(entries: &[ManifestEntry]) -> usize {
    entries.iter().filter(|entry| entry.path.as_str().ends_with(".html")).count()
}

/// The entries of a manifest in the current format; `None` for anything else.
pub(super) fn parse_entries(bytes: &[u8]) -> Option<Vec<ManifestEntry>> {
    let manifest: Manifest = serde_json::from_slice(bytes).ok()?;
    (manifest.schema == SCHEMA).then_some(manifest.files)
}

/// Reads the manifest of a folder. Returns `None` if there is none, or if its name is used by a link or folder.
///
/// # Errors
/// If it cannot be read or has another format.
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
    let file = |ManifestEntry { path, size, blake3 }: ManifestEntry| (path, FileDigest { size, blake3 });
    Ok(Some(ExistingManifest { bytes, files: manifest.files.into_iter().map(file).collect() }))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_MANIFEST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_MANIFEST_BYTES {
        return Err(io::Error::other("it is larger than 256 MiB"));
    }
    Ok(bytes)
}
