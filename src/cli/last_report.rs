//! Stores the report of the last check, which is valid as long as nothing that it depends on changes.

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::unchanged::InputFingerprint;
use crate::git::Git;
use crate::memory::{Memory, MemoryWriter};

/// The result of a check.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Result {
    /// The line that is also printed if the report goes to a program or a file.
    pub(super) closing: String,
    /// Whether every gate is met.
    pub(super) passed: bool,
}

/// The storage of the last report.
pub(super) struct LastReport<'a> {
    memory: Memory,
    look: InputFingerprint<'a>,
    repository: &'a Path,
}

/// The data stored in one line after the report.
#[derive(Serialize, Deserialize)]
struct ReportTrailer<R> {
    seen: String,
    /// The state of the repository, if Git was consulted.
    git: Option<String>,
    result: R,
}

impl<'a> LastReport<'a> {
    /// The storage for a handbook's report with these arguments; `None` if nothing can be stored.
    pub(super) fn of(handbook: &'a Path, asked: &str, look: InputFingerprint<'a>) -> Option<LastReport<'a>> {
        let place = handbook.canonicalize().ok()?;
        let memory = Memory::of(&[b"check", place.as_os_str().as_encoded_bytes(), asked.as_bytes()])?;
        Some(LastReport { memory, look, repository: handbook })
    }

    /// The stored report, if everything is unchanged.
    pub(super) fn recall(&self) -> Option<(String, Result)> {
        let seen = self.look.seen()?;
        let mut text = self.memory.recall()?;
        let (report, kept) = text.rsplit_once('\n')?;
        let (length, kept) = (report.len(), serde_json::from_str::<ReportTrailer<Result>>(kept).ok()?);
        let is_it =
            kept.seen == seen.to_hex().as_str() && kept.git.as_ref().is_none_or(|git| *git == state(self.repository));
        text.truncate(length);
        is_it.then_some((text, kept.result))
    }

    /// Starts to store a report while it is being written.
    pub(super) fn begin(&self) -> MemoryWriter<'_> {
        self.memory.begin()
    }

    /// Stores a completely written report, unless anything changed in the meantime.
    pub(super) fn finish(&self, mut report: MemoryWriter<'_>, result: &Result, asks_git: bool) {
        let Some(seen) = self.look.hash_if_unchanged() else { return };
        let git = asks_git.then(|| state(self.repository));
        let kept = ReportTrailer { seen: seen.to_hex().to_string(), git, result };
        // The data consists of strings and flags only, so it always serializes to a single line of JSON.
        let _ = write!(report, "\n{}", serde_json::to_string(&kept).unwrap_or_default());
        report.finish();
    }
}

/// The state of the repository that Git's answers depend on; if it cannot be determined, the reason.
fn state(handbook: &Path) -> String {
    match Git::of(handbook).and_then(|git| git.state()) {
        Ok(state) => state,
        Err(error) => format!("{error:?} {}", Git::has_repository(handbook)),
    }
}
