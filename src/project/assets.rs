//! Images and attachments outside the documents' folder, and the hashes of all.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::Project;
use crate::config::Settings;
use crate::finding::Problem;
use crate::handbook::{AssetIndex, ContentHash, Handbook, Reading};
use crate::source::{self, AssetFacts, HandbookFile};

impl Project {
    /// Images and attachments in the folders that addresses lead to, outside that of the documents.
    pub(super) fn outside_assets(
        &self,
        settings: &Settings,
        skipped: &[PathBuf],
        problems: &mut Vec<Problem>,
    ) -> Vec<HandbookFile> {
        let mut assets = BTreeMap::new();
        for folder in settings.asset_folders() {
            let tree = source::discover(&self.root, folder, skipped);
            problems.extend(tree.problems);
            assets.extend(tree.assets.into_iter().map(|entry| (entry.path.clone(), entry)));
        }
        assets.into_values().collect()
    }
}

/// The location of each image and attachment on disk, and the facts about it, by its path.
pub(super) fn gather_facts(
    entries: Vec<HandbookFile>,
) -> (BTreeMap<Arc<str>, PathBuf>, BTreeMap<Arc<str>, AssetFacts>) {
    let facts = entries.par_iter().map(|entry| (entry.path.clone(), source::inspect(&entry.absolute))).collect();
    (entries.into_iter().map(|entry| (entry.path, entry.absolute)).collect(), facts)
}

/// Computes the digests of documents that contain one, including their attachments. An edition has those of the whole.
pub(super) fn compute_digests(
    handbook: &mut Handbook,
    full_reading: Option<&Reading>,
    settings: &Settings,
    files: &BTreeMap<Arc<str>, PathBuf>,
) {
    if let Some(full_reading) = full_reading {
        return handbook.copy_digests(&full_reading.handbook);
    }
    let hash = |asset: &AssetIndex| {
        let path = &handbook.assets.get(asset.0 as usize)?.path;
        Some((*asset, source::attachment_hash(files.get(path)?).ok()?))
    };
    let hashes: BTreeMap<AssetIndex, ContentHash> =
        handbook.attested_attachments().par_iter().filter_map(hash).collect();
    let main = settings.standards.first().map(|main| &main.value);
    handbook.compute_digests(&settings.content, main, |asset| hashes.get(&asset).copied());
}
