//! The contents of an output folder before a build: which files are ours, and which belong to others.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::site::write::comparison::FileDigest;
use crate::site::write::error::IoContext;
use crate::site::write::{MANIFEST_NAME, WriteError, manifest};
use crate::url::SitePath;

/// All files and folders below a folder, without following links. Paths are relative to the folder.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    /// The contents of the manifest, if there is one.
    pub(super) manifest: Option<Vec<u8>>,
    /// Regular files in the manifest, with their digests when written; their current contents may differ.
    pub(super) own_files: HashMap<SitePath, FileDigest>,
    /// Everything else except folders.
    pub(super) foreign_files: Vec<PathBuf>,
    /// Folders of files in the manifest, including files that no longer exist; outermost first.
    pub(super) folders: Vec<PathBuf>,
    /// All other folders, outermost first.
    pub(super) foreign_folders: Vec<PathBuf>,
}

impl Inventory {
    /// Lists the contents of a folder.
    pub(super) fn read(root: &Path) -> Result<Inventory, WriteError> {
        let mut inventory = Inventory::default();
        let old_manifest = manifest::find(root)?;
        let listed_files = old_manifest.map(|found| {
            inventory.manifest = Some(found.bytes);
            found.files
        });
        let listed_files = listed_files.unwrap_or_default();
        let folders: HashSet<&str> = listed_files.keys().flat_map(SitePath::folders).collect();
        for item in WalkDir::new(root).min_depth(1).follow_links(false).follow_root_links(false) {
            let item = item.context("look through", root)?;
            let Ok(path) = item.path().strip_prefix(root) else { continue };
            let name = path.to_str().unwrap_or_default();
            if item.file_type().is_dir() {
                let is_known = folders.contains(name);
                let list = if is_known { &mut inventory.folders } else { &mut inventory.foreign_folders };
                list.push(path.to_owned());
            } else if let Some((ours, digest)) = listed_files.get_key_value(name).filter(|_| item.file_type().is_file())
            {
                inventory.own_files.insert(ours.clone(), digest.clone());
            } else if name != MANIFEST_NAME || inventory.manifest.is_none() {
                inventory.foreign_files.push(path.to_owned());
            }
        }
        Ok(inventory)
    }

    /// Files that are not ours, as paths with `/`. Names that are not valid Unicode are left out, since nothing can
    /// link to them.
    pub(super) fn foreign_names(&self) -> Vec<String> {
        let name = |path: &PathBuf| path.to_str().map(|path| path.replace(std::path::MAIN_SEPARATOR, "/"));
        self.foreign_files.iter().filter_map(name).collect()
    }

    /// Rejects a folder that is not empty and has no manifest.
    pub(super) fn refuse_foreign(&self, root: &Path) -> Result<(), WriteError> {
        if self.manifest.is_some() {
            return Ok(());
        }
        match self.foreign_files.iter().chain(&self.foreign_folders).min() {
            Some(example) => Err(WriteError::Foreign { output: root.to_owned(), example: example.clone() }),
            None => Ok(()),
        }
    }
}
