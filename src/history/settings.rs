//! The settings of a handbook in past commits.

use std::path::Path;

use crate::config::SETTINGS_FILE;
use crate::git::{Git, ObjectName, text_of};
use crate::source::MAX_BYTES;

/// Reads settings from commits.
#[derive(Debug)]
pub(crate) struct PastSettings {
    git: Git,
    prefix: String,
}

impl PastSettings {
    /// Creates a reader for the handbook in a folder, or returns `None` if git fails.
    pub(crate) fn new(handbook: &Path) -> Option<PastSettings> {
        let git = Git::of(handbook).ok()?;
        let prefix = git.prefix().ok()?;
        Some(PastSettings { git, prefix })
    }

    /// The content of the settings file in a commit, or `None` if there is none that can be read.
    pub(crate) fn text(&self, commit: &ObjectName) -> Option<String> {
        let name = format!("{commit}:{}{SETTINGS_FILE}", self.prefix);
        let bytes = self.git.run(&["cat-file", "blob", &name]).ok()?;
        (bytes.len() as u64 <= MAX_BYTES).then(|| text_of(bytes))
    }
}
