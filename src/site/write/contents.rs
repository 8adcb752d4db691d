//! The contents of an existing site.

use std::fs;
use std::path::Path;

use crate::site::write::WriteError;
use crate::site::write::error::IoContext;
use crate::site::write::inventory::Inventory;
use crate::url::SitePath;

/// The files in an output folder.
#[derive(Debug)]
pub(crate) struct OutputContents {
    /// The files of the site, by path.
    pub(crate) own_files: Vec<SitePath>,
    /// All other files, with `/` between names.
    pub(crate) foreign_files: Vec<String>,
}

impl OutputContents {
    /// Lists the files in a folder.
    ///
    /// # Errors
    /// If the folder does not contain a site or cannot be read.
    pub(crate) fn find(folder: &Path) -> Result<OutputContents, WriteError> {
        let inventory = Inventory::read(folder)?;
        let is_page = |path: &SitePath| path.as_str().ends_with(".html");
        if inventory.manifest.is_none() || !inventory.own_files.keys().any(is_page) {
            return Err(WriteError::NoSite(folder.to_owned()));
        }
        let foreign = inventory.foreign_names();
        let mut ours: Vec<SitePath> = inventory.own_files.into_keys().collect();
        ours.sort();
        Ok(OutputContents { own_files: ours, foreign_files: foreign })
    }

    /// Reads one of the files.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(crate) fn read(folder: &Path, path: &str) -> Result<Vec<u8>, WriteError> {
        let file = folder.join(path);
        fs::read(&file).context("read", &file)
    }
}
