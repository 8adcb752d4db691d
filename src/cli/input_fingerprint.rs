//! Detects from file metadata whether anything that a command reads has changed since its last run.

use std::path::PathBuf;

use super::handbook_source::HandbookSource;
use crate::assess::Clock;
use crate::config::Settings;
use crate::project::Inputs;

/// The state of a handbook's files before a command reads them.
pub(super) struct InputFingerprint<'a> {
    source: &'a HandbookSource,
    settings: &'a Settings,
    theme: &'a str,
    skipped: Vec<PathBuf>,
    request: String,
    inputs_before: Option<Inputs>,
}

impl<'a> InputFingerprint<'a> {
    /// Records the state of the files. `request` is everything else that the command's output depends on: its arguments
    /// and the day.
    pub(super) fn new(
        (opened, settings): (&'a HandbookSource, &'a Settings),
        theme: &'a str,
        skipped: Vec<PathBuf>,
        request: (Clock, &str),
    ) -> InputFingerprint<'a> {
        let before = opened.project().inputs(settings, theme, &skipped);
        InputFingerprint {
            source: opened,
            settings,
            theme,
            skipped,
            request: format!("{request:?}"),
            inputs_before: before,
        }
    }

    /// A digest of the state; `None` if a file is too recent to tell whether it changes.
    pub(super) fn digest(&self) -> Option<blake3::Hash> {
        let files = self.inputs_before.as_ref()?.digest()?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(files.as_bytes()).update(self.theme.as_bytes()).update(b"\0").update(self.request.as_bytes());
        Some(hasher.finalize())
    }

    /// The same after the command has read the files; also `None` if anything has changed since.
    pub(super) fn hash_if_unchanged(&self) -> Option<blake3::Hash> {
        let after = self.source.project().inputs(self.settings, self.theme, &self.skipped);
        (after.is_some() && after == self.inputs_before).then(|| self.digest()).flatten()
    }
}
