//! The report of the last check, which stands while nothing that it depends on changes.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::unchanged::Look;
use crate::git::Git;
use crate::memory::Memory;

/// A report that is ready to be given out.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Report {
    /// The report.
    pub(super) text: String,
    /// What is printed beside it when it goes to a program or a file.
    pub(super) closing: String,
    /// Whether every gate is met.
    pub(super) passed: bool,
}

/// Where the last report is kept.
pub(super) struct LastReport<'a> {
    memory: Memory,
    look: Look<'a>,
    repository: &'a Path,
}

/// What is kept.
#[derive(Serialize, Deserialize)]
struct Kept<R> {
    seen: String,
    /// What answers of git depended on, when git was asked.
    git: Option<String>,
    report: R,
}

impl<'a> LastReport<'a> {
    /// The report of a handbook that was asked for in these words; `None` where nothing can be remembered.
    pub(super) fn of(handbook: &'a Path, asked: &str, look: Look<'a>) -> Option<LastReport<'a>> {
        let place = handbook.canonicalize().ok()?;
        let memory = Memory::of(&[b"check", place.as_os_str().as_encoded_bytes(), asked.as_bytes()])?;
        Some(LastReport { memory, look, repository: handbook })
    }

    /// The report, when everything is as it was.
    pub(super) fn recall(&self) -> Option<Report> {
        let seen = self.look.seen()?;
        let kept: Kept<Report> = serde_json::from_str(&self.memory.recall()?).ok()?;
        let is_it =
            kept.seen == seen.to_hex().as_str() && kept.git.as_ref().is_none_or(|git| *git == state(self.repository));
        is_it.then_some(kept.report)
    }

    /// Keeps a report, unless anything changed meanwhile.
    pub(super) fn keep(&self, report: &Report, asks_git: bool) {
        let Some(seen) = self.look.still_seen() else { return };
        let git = asks_git.then(|| state(self.repository));
        let kept = Kept { seen: seen.to_hex().to_string(), git, report };
        // Of texts and numbers alone, which JSON can always hold.
        self.memory.keep(&serde_json::to_string(&kept).unwrap_or_default());
    }
}

/// What answers of git depend on; why there are none is one, too.
fn state(handbook: &Path) -> String {
    match Git::of(handbook).and_then(|git| git.state()) {
        Ok(state) => state,
        Err(error) => format!("{error:?} {}", Git::has_repository(handbook)),
    }
}
