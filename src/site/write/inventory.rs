//! What an output folder holds before a build: which files are ours, which are somebody else's.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::site::write::comparison::Digest;
use crate::site::write::error::Context;
use crate::site::write::{MANIFEST_NAME, WriteError, manifest};
use crate::url::SitePath;

/// All files and folders below a folder, none of its links followed. Paths are relative to it.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    /// The manifest as it stands, when there is one.
    pub(super) manifest: Option<Vec<u8>>,
    /// Regular files that the manifest lists, each as it was written; what it holds now may be something else.
    pub(super) ours: HashMap<SitePath, Digest>,
    /// Everything else that is no folder.
    pub(super) foreign: Vec<PathBuf>,
    /// Folders that hold, or once held, a file that the manifest lists; the outermost first.
    pub(super) folders: Vec<PathBuf>,
    /// All other folders, the outermost first.
    pub(super) foreign_folders: Vec<PathBuf>,
}

impl Inventory {
    /// Looks through a folder.
    pub(super) fn read(root: &Path) -> Result<Inventory, WriteError> {
        let mut inventory = Inventory::default();
        let found = manifest::find(root)?;
        let listed = found.map(|found| {
            inventory.manifest = Some(found.bytes);
            found.files
        });
        let listed = listed.unwrap_or_default();
        let folders: HashSet<&str> = listed.keys().flat_map(SitePath::folders).collect();
        for item in WalkDir::new(root).min_depth(1).follow_links(false).follow_root_links(false) {
            let item = item.context("look through", root)?;
            let Ok(path) = item.path().strip_prefix(root) else { continue };
            let name = path.to_str().unwrap_or_default();
            if item.file_type().is_dir() {
                let known = folders.contains(name);
                let list = if known { &mut inventory.folders } else { &mut inventory.foreign_folders };
                list.push(path.to_owned());
            } else if let Some((ours, digest)) = listed.get_key_value(name).filter(|_| item.file_type().is_file()) {
                inventory.ours.insert(ours.clone(), digest.clone());
            } else if name != MANIFEST_NAME || inventory.manifest.is_none() {
                inventory.foreign.push(path.to_owned());
            }
        }
        Ok(inventory)
    }

    /// Files that are not ours as paths with `/`; one whose name is no Unicode cannot be linked to.
    pub(super) fn foreign_names(&self) -> Vec<String> {
        let name = |path: &PathBuf| path.to_str().map(|path| path.replace(std::path::MAIN_SEPARATOR, "/"));
        self.foreign.iter().filter_map(name).collect()
    }

    /// Refuses a folder that holds something and has no manifest.
    pub(super) fn require_ours(&self, root: &Path) -> Result<(), WriteError> {
        if self.manifest.is_some() {
            return Ok(());
        }
        match self.foreign.iter().chain(&self.foreign_folders).min() {
            Some(example) => Err(WriteError::Foreign { output: root.to_owned(), example: example.clone() }),
            None => Ok(()),
        }
    }
}
