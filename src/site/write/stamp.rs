//! Remembers from what a site was made, so that a build of the same leaves it alone without making it again.
//!
//! The stamp is kept in the user's cache folder, never in the site: it names the program that made the site, which two
//! machines need not have in common. Where there is no cache folder, or the stamp was lost, the site is made again and
//! found to be the same. A site that anybody touched since is made again too: every file is held against the manifest, by
//! its stamp where that cannot have stayed the same, else by its content.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::manifest::{self, MANIFEST_NAME};
use super::writer::WriteSummary;
use crate::memory::Memory;
use crate::source;

/// Where it is remembered from what a site was made.
#[derive(Debug)]
pub(crate) struct Stamp {
    memory: Memory,
    output: PathBuf,
    kept: Option<StampRecord>,
}

/// What is remembered.
#[derive(Debug, Serialize, Deserialize)]
struct StampRecord {
    /// A digest of all that the site was made from, as it was read.
    made_from: String,
    /// A digest of the same files as they looked from outside, and of what else was asked for; nothing when they were too new.
    seen: Option<String>,
    /// The hash of the manifest.
    manifest: String,
    /// A digest of what the site's files looked like from outside, but for those that were too new.
    files: String,
    /// Which were.
    new: BTreeSet<String>,
    /// What the build said of the handbook.
    said: String,
}

impl Stamp {
    /// The stamp of the site at `output`; `None` where nothing can be remembered.
    pub(crate) fn of(output: &Path) -> Option<Stamp> {
        let memory = Memory::of(&[b"site", output.as_os_str().as_encoded_bytes()])?;
        let kept = memory.recall().and_then(|text| serde_json::from_str(&text).ok());
        Some(Stamp { memory, output: output.to_owned(), kept })
    }

    /// Whether everything that the site was made from looks as it did.
    pub(crate) fn was_seen(&self, seen: blake3::Hash) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.seen.as_deref() == Some(seen.to_hex().as_str()))
    }

    /// What is there, with what was said of it, when that is so and nobody touched it since.
    pub(crate) fn recall_seen(&self, seen: blake3::Hash) -> Option<(WriteSummary, &str)> {
        let kept = self.kept.as_ref().filter(|_| self.was_seen(seen))?;
        Some((self.unchanged(kept)?, &kept.said))
    }

    /// What is there, when it was made from the same and nobody touched it since.
    pub(crate) fn recall(&self, made_from: blake3::Hash) -> Option<WriteSummary> {
        let is_it = |kept: &&StampRecord| kept.made_from == made_from.to_hex().as_str();
        self.unchanged(self.kept.as_ref().filter(is_it)?)
    }

    fn unchanged(&self, kept: &StampRecord) -> Option<WriteSummary> {
        let manifest = fs::read(self.output.join(MANIFEST_NAME)).ok()?;
        if kept.manifest != blake3::hash(&manifest).to_hex().as_str() {
            return None;
        }
        let entries = manifest::entries(&manifest)?;
        let looks = FileMetadata::of(&self.output, &entries, Some(&kept.new))?;
        let has_content = |entry: &manifest::Entry| {
            source::content_hash(&self.output.join(entry.path.as_path()))
                .is_ok_and(|hash| blake3::Hash::from_bytes(hash).to_hex().as_str() == entry.blake3)
        };
        let is_whole = if looks.files == kept.files {
            entries.iter().filter(|entry| kept.new.contains(entry.path.as_str())).all(has_content)
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

    /// Remembers the site as it is now: from what it was made, what that looked like from outside when this tells whether it
    /// changed, and what was said of it. A cache that cannot be written is no error: the next build makes the site again.
    pub(crate) fn remember(&self, made_from: blake3::Hash, seen: Option<blake3::Hash>, said: String) {
        let Ok(manifest) = fs::read(self.output.join(MANIFEST_NAME)) else { return };
        let Some(entries) = manifest::entries(&manifest) else { return };
        let Some(looks) = FileMetadata::of(&self.output, &entries, None) else { return };
        let kept = StampRecord {
            made_from: made_from.to_hex().to_string(),
            seen: seen.map(|seen| seen.to_hex().to_string()),
            manifest: blake3::hash(&manifest).to_hex().to_string(),
            files: looks.files,
            new: looks.new,
            said,
        };
        // Of texts and numbers alone, which JSON can always hold.
        self.memory.keep(&serde_json::to_string(&kept).unwrap_or_default());
    }
}

/// What the files of a site look like from outside.
struct FileMetadata {
    /// A digest of those that are not new.
    files: String,
    /// Those that changed so lately that another change need not show.
    new: BTreeSet<String>,
}

impl FileMetadata {
    /// Looks at every file that a manifest lists; `known` are those that count as new, without which it is found out.
    /// `None` when one is missing or of another size.
    fn of(output: &Path, entries: &[manifest::Entry], known: Option<&BTreeSet<String>>) -> Option<FileMetadata> {
        let look = |entry: &manifest::Entry| {
            let found = fs::symlink_metadata(output.join(entry.path.as_path())).ok()?;
            (found.is_file() && found.len() == entry.size).then(|| source::Stamp::new(&found))
        };
        let stamps = entries.par_iter().map(look).collect::<Option<Vec<source::Stamp>>>()?;
        let now = SystemTime::now();
        let mut hasher = blake3::Hasher::new();
        let mut new = BTreeSet::new();
        for (entry, stamp) in entries.iter().zip(&stamps) {
            let path = entry.path.as_str();
            let is_new = match known {
                Some(known) => known.contains(path),
                None => !stamp.shows_changes_after(now),
            };
            if is_new {
                new.insert(path.to_owned());
            } else {
                hasher.update(path.as_bytes()).update(&stamp.hash());
            }
        }
        Some(FileMetadata { files: hasher.finalize().to_hex().to_string(), new })
    }
}
