//! The report of the last check, which stands while nothing that it depends on changes.

use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::unchanged::InputFingerprint;
use crate::git::Git;
use crate::memory::{Memory, MemoryWriter};

/// What a report comes to.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Result {
    /// What is printed beside it when it goes to a program or a file.
    pub(super) closing: String,
    /// Whether every gate is met.
    pub(super) passed: bool,
}

/// Where the last report is kept.
pub(super) struct LastReport<'a> {
    memory: Memory,
    look: InputFingerprint<'a>,
    repository: &'a Path,
}

/// What is kept beside the report, in one line behind it.
#[derive(Serialize, Deserialize)]
struct ReportTrailer<R> {
    seen: String,
    /// What answers of git depended on, when git was asked.
    git: Option<String>,
    result: R,
}

impl<'a> LastReport<'a> {
    /// The report of a handbook that was asked for in these words; `None` where nothing can be remembered.
    pub(super) fn of(handbook: &'a Path, asked: &str, look: InputFingerprint<'a>) -> Option<LastReport<'a>> {
        let place = handbook.canonicalize().ok()?;
        let memory = Memory::of(&[b"check", place.as_os_str().as_encoded_bytes(), asked.as_bytes()])?;
        Some(LastReport { memory, look, repository: handbook })
    }

    /// The report, when everything is as it was.
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

    /// Begins to keep a report that is being written.
    pub(super) fn begin(&self) -> MemoryWriter<'_> {
        self.memory.begin()
    }

    /// Keeps a report that was written as a whole, unless anything changed meanwhile.
    pub(super) fn finish(&self, mut report: MemoryWriter<'_>, result: &Result, asks_git: bool) {
        let Some(seen) = self.look.hash_if_unchanged() else { return };
        let git = asks_git.then(|| state(self.repository));
        let kept = ReportTrailer { seen: seen.to_hex().to_string(), git, result };
        // Of texts and numbers alone, which JSON can always hold, in one line.
        let _ = write!(report, "\n{}", serde_json::to_string(&kept).unwrap_or_default());
        report.finish();
    }
}

/// What answers of git depend on; why there are none is one, too.
fn state(handbook: &Path) -> String {
    match Git::of(handbook).and_then(|git| git.state()) {
        Ok(state) => state,
        Err(error) => format!("{error:?} {}", Git::has_repository(handbook)),
    }
}
