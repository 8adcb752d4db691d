//! A written folder: its size, and which of its files were written later.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::Result;
use walkdir::WalkDir;

/// The files of a folder.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    files: BTreeMap<PathBuf, File>,
}

/// The facts about a file that change when it is written or replaced, but not when it is renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct File {
    bytes: u64,
    node: u64,
    modified: (i64, i64),
}

impl Tree {
    /// Reads the facts about every file in a folder.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn read(folder: &Path) -> Result<Tree> {
        let mut files = BTreeMap::new();
        for entry in WalkDir::new(folder) {
            let entry = entry?;
            let data = entry.metadata()?;
            if data.is_file() {
                let file = File { bytes: data.len(), node: data.ino(), modified: (data.mtime(), data.mtime_nsec()) };
                files.insert(entry.into_path(), file);
            }
        }
        Ok(Tree { files })
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// The total size of all files in bytes.
    pub fn bytes(&self) -> f64 {
        self.files.values().map(|file| file.bytes as f64).sum()
    }

    /// The size of the largest page in bytes, except pages for printing, which contain many documents.
    pub fn largest_page(&self) -> f64 {
        let is_page = |path: &Path| path.extension().is_some_and(|extension| extension == "html");
        let is_printed = |path: &Path| path.parent().is_some_and(|folder| folder.ends_with("print"));
        let pages = self.files.iter().filter(|(path, _)| is_page(path) && !is_printed(path));
        pages.map(|(_, file)| file.bytes as f64).fold(0.0, f64::max)
    }

    /// The files that are new or were written since an earlier state.
    pub fn written_since(&self, earlier: &Tree) -> Vec<&Path> {
        let files = self.files.iter().filter(|(path, file)| earlier.files.get(*path) != Some(file));
        files.map(|(path, _)| path.as_path()).collect()
    }
}

/// Reads all documents below a folder, sorted by path, as (path, contents).
///
/// # Errors
/// If a folder or a document cannot be read.
pub fn read_texts(folder: &Path, texts: &mut Vec<(PathBuf, String)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_texts(&path, texts)?;
        } else if path.extension().is_some_and(|ending| ending == "md") {
            let text = fs::read_to_string(&path)?;
            texts.push((path, text));
        }
    }
    texts.sort();
    Ok(())
}
