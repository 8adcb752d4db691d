//! Records what a site was made from, so that a build from the same files leaves it unchanged without rendering it
//! again.
//!
//! The stamp is stored in the user's cache folder, never in the site: it identifies the program that made the site,
//! which may differ between machines. If there is no cache folder or the stamp was lost, the site is rendered
//! again and found to be the same. A site that has been modified is also rendered again: every file is compared with
//! the manifest, by its metadata if this is reliable, otherwise by its contents.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::manifest::{self, MANIFEST_NAME};
use super::writer::WriteSummary;
use crate::memory::CacheSlot;
use crate::source::{FileStamp, content_hash};

/// The stamp of a site.
#[derive(Debug)]
pub(crate) struct SiteStamp {
    memory: CacheSlot,
    output: PathBuf,
    record: Option<StampRecord>,
}

/// The contents of a stamp.
#[derive(Debug, Serialize, Deserialize)]
struct StampRecord {
    /// A digest of all inputs of the site, as read.
    input_digest: String,
    /// A digest of the names of other files in the site's folder, which its pages may link to.
    foreign_files: String,
    /// A digest of the metadata of the same files and of other options; `None` if the files were too recent.
    metadata_digest: Option<String>,
    /// The hash of the manifest.
    manifest: String,
    /// A digest of the metadata of the site's files, without those that were too recent.
    files: String,
    /// The files that were too recent.
    recent_files: BTreeSet<String>,
    report: BuildReport,
}

/// What a site is made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SiteSource {
    /// A digest of all inputs, as read.
    pub(crate) inputs: blake3::Hash,
    /// A digest of the names of other files in the site's folder, which its pages may link to.
    pub(crate) foreign_files: blake3::Hash,
}

/// What a build reports about the handbook and its site.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct BuildReport {
    /// The summary of the handbook.
    pub(crate) summary: String,
    /// The findings about the written site and its theme, as printed.
    pub(crate) findings: String,
    /// Whether these findings are severe enough to fail the build.
    pub(crate) fails: bool,
}

impl SiteStamp {
    /// The stamp of the site at `output`; `None` if nothing can be stored.
    pub(crate) fn load(output: &Path) -> Option<SiteStamp> {
        let memory = CacheSlot::new(&[b"site", output.as_os_str().as_encoded_bytes()])?;
        let record = memory.load().and_then(|text| serde_json::from_str(&text).ok());
        Some(SiteStamp { memory, output: output.to_owned(), record })
    }

    /// Whether the metadata of all inputs is unchanged.
    pub(crate) fn has_same_metadata(&self, metadata_digest: blake3::Hash) -> bool {
        let digest = metadata_digest.to_hex();
        self.record.as_ref().is_some_and(|record| record.metadata_digest.as_deref() == Some(digest.as_str()))
    }

    /// The summary and the report of the last build, if the inputs' metadata and the site's files are unchanged.
    pub(crate) fn recall_by_metadata(
        &self,
        metadata_digest: blake3::Hash,
        foreign_files: blake3::Hash,
    ) -> Option<(WriteSummary, &BuildReport)> {
        let record = self.record.as_ref().filter(|_| self.has_same_metadata(metadata_digest))?;
        if record.foreign_files != foreign_files.to_hex().as_str() {
            return None;
        }
        Some((self.verify(record)?, &record.report))
    }

    /// The summary of the last build, if the inputs and the site's files are unchanged.
    pub(crate) fn recall(&self, source: SiteSource) -> Option<WriteSummary> {
        let is_same_input = |record: &&StampRecord| {
            record.input_digest == source.inputs.to_hex().as_str()
                && record.foreign_files == source.foreign_files.to_hex().as_str()
        };
        self.verify(self.record.as_ref().filter(is_same_input)?)
    }

    fn verify(&self, record: &StampRecord) -> Option<WriteSummary> {
        let manifest = fs::read(self.output.join(MANIFEST_NAME)).ok()?;
        if record.manifest != blake3::hash(&manifest).to_hex().as_str() {
            return None;
        }
        let entries = manifest::parse_entries(&manifest)?;
        let metadata = FileMetadata::read(&self.output, &entries, Some(&record.recent_files))?;
        let has_content = |entry: &manifest::ManifestEntry| {
            content_hash(&self.output.join(entry.path.as_path()))
                .is_ok_and(|hash| blake3::Hash::from_bytes(hash).to_hex().as_str() == entry.blake3)
        };
        let is_whole = if metadata.files == record.files {
            entries.iter().filter(|entry| record.recent_files.contains(entry.path.as_str())).all(has_content)
        } else {
            entries.par_iter().all(has_content)
        };
        is_whole.then(|| WriteSummary {
            files: entries.len(),
            pages: manifest::pages(&entries),
            bytes: entries.iter().map(|entry| entry.size).sum(),
            unchanged: entries.len(),
            ..WriteSummary::default()
        })
    }

    /// Records the site in its current state: its inputs, their metadata if it reveals changes, and the build's
    /// report. Errors are ignored, since the next build can render the site again.
    pub(crate) fn remember(&self, source: SiteSource, metadata_digest: Option<blake3::Hash>, report: &BuildReport) {
        let Ok(manifest) = fs::read(self.output.join(MANIFEST_NAME)) else { return };
        let Some(entries) = manifest::parse_entries(&manifest) else { return };
        let Some(metadata) = FileMetadata::read(&self.output, &entries, None) else { return };
        let record = StampRecord {
            input_digest: source.inputs.to_hex().to_string(),
            foreign_files: source.foreign_files.to_hex().to_string(),
            metadata_digest: metadata_digest.map(|digest| digest.to_hex().to_string()),
            manifest: blake3::hash(&manifest).to_hex().to_string(),
            files: metadata.files,
            recent_files: metadata.recent_files,
            report: report.clone(),
        };
        // The record contains only strings and flags, which can always be serialized as JSON.
        self.memory.store(&serde_json::to_string(&record).unwrap_or_default());
    }
}

/// The metadata of a site's files.
struct FileMetadata {
    /// A digest of the files that are not too recent.
    files: String,
    /// Files that changed so recently that another change may not be visible in their metadata.
    recent_files: BTreeSet<String>,
}

impl FileMetadata {
    /// Reads the metadata of every file in a manifest. `known_recent` contains the files that count as too recent; if
    /// it is `None`, they are determined. Returns `None` if a file is missing or has another size.
    fn read(
        output: &Path,
        entries: &[manifest::ManifestEntry],
        known_recent: Option<&BTreeSet<String>>,
    ) -> Option<FileMetadata> {
        let read_stamp = |entry: &manifest::ManifestEntry| {
            let metadata = fs::symlink_metadata(output.join(entry.path.as_path())).ok()?;
            (metadata.is_file() && metadata.len() == entry.size).then(|| FileStamp::new(&metadata))
        };
        let stamps = entries.par_iter().map(read_stamp).collect::<Option<Vec<FileStamp>>>()?;
        let now = SystemTime::now();
        let mut hasher = blake3::Hasher::new();
        let mut recent_files = BTreeSet::new();
        for (entry, stamp) in entries.iter().zip(&stamps) {
            let path = entry.path.as_str();
            let is_recent = match known_recent {
                Some(paths) => paths.contains(path),
                None => !stamp.shows_changes_after(now),
            };
            if is_recent {
                recent_files.insert(path.to_owned());
            } else {
                hasher.update(path.as_bytes()).update(&stamp.hash());
            }
        }
        Some(FileMetadata { files: hasher.finalize().to_hex().to_string(), recent_files })
    }
}
