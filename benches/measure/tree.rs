//! A written folder: how large it is, and which of its files were written since.

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

/// What changes when a file is written or replaced, and not when another name is given to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct File {
    bytes: u64,
    node: u64,
    modified: (i64, i64),
}

impl Tree {
    /// Looks at every file of a folder.
    ///
    /// # Errors
    /// When the folder cannot be read.
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

    /// Number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Bytes of all files.
    pub fn bytes(&self) -> f64 {
        self.files.values().map(|file| file.bytes as f64).sum()
    }

    /// Bytes of the largest page; those to be printed, which show many documents at once, are left out.
    pub fn largest_page(&self) -> f64 {
        let is_page = |path: &Path| path.extension().is_some_and(|own| own == "html");
        let is_printed = |path: &Path| path.parent().is_some_and(|folder| folder.ends_with("print"));
        let pages = self.files.iter().filter(|(path, _)| is_page(path) && !is_printed(path));
        pages.map(|(_, file)| file.bytes as f64).fold(0.0, f64::max)
    }

    /// Files that are new or were written since an earlier look.
    pub fn written_since(&self, earlier: &Tree) -> Vec<&Path> {
        let files = self.files.iter().filter(|(path, file)| earlier.files.get(*path) != Some(file));
        files.map(|(path, _)| path.as_path()).collect()
    }
}

/// Every document below a folder with its text, sorted by path.
///
/// # Errors
/// When a folder or a document cannot be read.
pub fn read_texts(folder: &Path, found: &mut Vec<(PathBuf, String)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_texts(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "md") {
            let text = fs::read_to_string(&path)?;
            found.push((path, text));
        }
    }
    found.sort();
    Ok(())
}
