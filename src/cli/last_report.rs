//! Stores the report of the last check, which is valid as long as nothing that it depends on changes.

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::input_fingerprint::InputFingerprint;
use crate::git::Git;
use crate::memory::{CacheSlot, CacheWriter};

/// The result of a check.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CheckResult {
    /// The line that is also printed if the report goes to a program or a file.
    pub(super) closing: String,
    /// Whether every gate is met.
    pub(super) passed: bool,
}

/// The storage of the last report.
pub(super) struct LastReport<'a> {
    memory: CacheSlot,
    fingerprint: InputFingerprint<'a>,
    repository: &'a Path,
}

/// The data stored in one line after the report.
#[derive(Serialize, Deserialize)]
struct ReportTrailer<R> {
    /// A digest of the metadata of the files that the report is about.
    metadata_digest: String,
    /// The state of the repository, if Git was consulted.
    git: Option<String>,
    result: R,
}

impl<'a> LastReport<'a> {
    /// The storage for a handbook's report with these arguments; `None` if nothing can be stored.
    pub(super) fn open(handbook: &'a Path, command: &str, fingerprint: InputFingerprint<'a>) -> Option<LastReport<'a>> {
        let place = handbook.canonicalize().ok()?;
        let memory = CacheSlot::new(&[b"check", place.as_os_str().as_encoded_bytes(), command.as_bytes()])?;
        Some(LastReport { memory, fingerprint, repository: handbook })
    }

    /// The stored report, if everything is unchanged.
    pub(super) fn recall(&self) -> Option<(String, CheckResult)> {
        let metadata_digest = self.fingerprint.digest()?;
        let mut text = self.memory.load()?;
        let (report, trailer) = text.rsplit_once('\n')?;
        let (length, trailer) = (report.len(), serde_json::from_str::<ReportTrailer<CheckResult>>(trailer).ok()?);
        let is_current = trailer.metadata_digest == metadata_digest.to_hex().as_str()
            && trailer.git.as_ref().is_none_or(|git| *git == repository_state(self.repository));
        text.truncate(length);
        is_current.then_some((text, trailer.result))
    }

    /// Starts to store a report while it is being written.
    pub(super) fn begin(&self) -> CacheWriter<'_> {
        self.memory.begin_write()
    }

    /// Stores a completely written report, unless anything changed in the meantime.
    pub(super) fn finish(&self, mut report: CacheWriter<'_>, result: &CheckResult, asks_git: bool) {
        let Some(metadata_digest) = self.fingerprint.hash_if_unchanged() else { return };
        let git = asks_git.then(|| repository_state(self.repository));
        let trailer = ReportTrailer { metadata_digest: metadata_digest.to_hex().to_string(), git, result };
        // The data consists of strings and flags only, so it always serializes to a single line of JSON.
        let _ = write!(report, "\n{}", serde_json::to_string(&trailer).unwrap_or_default());
        report.finish();
    }
}

/// The state of the repository that Git's answers depend on; if it cannot be determined, the reason.
fn repository_state(handbook: &Path) -> String {
    match Git::of(handbook).and_then(|git| git.state()) {
        Ok(state) => state,
        Err(error) => format!("{error:?} {}", Git::has_repository(handbook)),
    }
}
