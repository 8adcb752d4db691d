//! The settings of a handbook as they were in commits.

use std::path::Path;

use crate::config::SETTINGS_FILE;
use crate::git::{Git, ObjectName, text_of};
use crate::source::MAX_BYTES;

/// Reads the settings of commits.
#[derive(Debug)]
pub(crate) struct PastSettings {
    git: Git,
    prefix: String,
}

impl PastSettings {
    /// For the handbook in a folder; nothing where git gives no answer.
    pub(crate) fn of(handbook: &Path) -> Option<PastSettings> {
        let git = Git::of(handbook).ok()?;
        let prefix = git.prefix().ok()?;
        Some(PastSettings { git, prefix })
    }

    /// The text of the settings in a commit; nothing where it has none that can be read.
    pub(crate) fn text(&self, commit: &ObjectName) -> Option<String> {
        let name = format!("{commit}:{}{SETTINGS_FILE}", self.prefix);
        let bytes = self.git.run(&["cat-file", "blob", &name]).ok()?;
        (bytes.len() as u64 <= MAX_BYTES).then(|| text_of(bytes))
    }
}
