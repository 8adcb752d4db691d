//! Images and attachments that do not lie among the documents.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Project;
use crate::config::Settings;
use crate::finding::Problem;
use crate::source::{self, Entry};

impl Project {
    /// Images and attachments of the folders that addresses lead to, beside that of the documents.
    pub(super) fn assets_beside(
        &self,
        settings: &Settings,
        skipped: &[PathBuf],
        problems: &mut Vec<Problem>,
    ) -> Vec<Entry> {
        let mut found = BTreeMap::new();
        for folder in settings.folders_of_assets() {
            let tree = source::discover(&self.root, folder, skipped);
            problems.extend(tree.problems);
            found.extend(tree.assets.into_iter().map(|entry| (entry.path.clone(), entry)));
        }
        found.into_values().collect()
    }
}
