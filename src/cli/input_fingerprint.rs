//! Detects from file metadata whether anything that a command reads has changed since its last run.

use std::path::PathBuf;

use super::handbook_source::HandbookSource;
use crate::assess::Clock;
use crate::config::Settings;
use crate::project::Inputs;

/// The files that a command reads.
pub(super) struct CommandInputs<'a> {
    /// The handbook.
    pub(super) source: &'a HandbookSource,
    /// Its settings.
    pub(super) settings: &'a Settings,
    /// The name of the theme.
    pub(super) theme: &'a str,
    /// The folder that the command writes; it is not read.
    pub(super) output: PathBuf,
}

impl CommandInputs<'_> {
    fn inspect(&self) -> Option<Inputs> {
        self.source.project().inputs(self.settings, self.theme, std::slice::from_ref(&self.output))
    }
}

/// The state of a handbook's files before a command reads them.
pub(super) struct InputFingerprint<'a> {
    inputs: CommandInputs<'a>,
    request: String,
    inputs_before: Option<Inputs>,
}

impl<'a> InputFingerprint<'a> {
    /// Records the state of the files. The command's output depends on nothing else than these, its arguments in
    /// `command` and the day.
    pub(super) fn new(inputs: CommandInputs<'a>, clock: Clock, command: &str) -> InputFingerprint<'a> {
        let inputs_before = inputs.inspect();
        InputFingerprint { inputs, request: format!("{:?}", (clock, command)), inputs_before }
    }

    /// A digest of the state; `None` if a file is too recent to tell whether it changes.
    pub(super) fn digest(&self) -> Option<blake3::Hash> {
        let files = self.inputs_before.as_ref()?.digest()?;
        let mut hasher = blake3::Hasher::new();
        hasher
            .update(files.as_bytes())
            .update(self.inputs.theme.as_bytes())
            .update(b"\0")
            .update(self.request.as_bytes());
        Some(hasher.finalize())
    }

    /// The same after the command has read the files; also `None` if anything has changed since.
    pub(super) fn hash_if_unchanged(&self) -> Option<blake3::Hash> {
        let after = self.inputs.inspect();
        (after.is_some() && after == self.inputs_before).then(|| self.digest()).flatten()
    }
}
