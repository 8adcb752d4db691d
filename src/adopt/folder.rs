//! The folder to adopt, searched for files of site generators.

use std::io;
use std::path::{Path, PathBuf};

use crate::place::SourceText;
use crate::source;

/// An existing folder.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) root: PathBuf,
    /// The names of its entries, including hidden ones.
    names: Vec<String>,
}

impl Folder {
    /// Opens a folder.
    ///
    /// # Errors
    /// If it does not exist or cannot be read.
    pub(super) fn open(root: &Path) -> io::Result<Folder> {
        Ok(Folder { root: root.to_path_buf(), names: source::names_in(root)? })
    }

    /// Whether it has an entry with this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|file_name| file_name == name)
    }

    /// The names of its entries.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The content of a file below the folder, or `None` if it does not exist or cannot be read.
    pub(super) fn text(&self, path: &str) -> Option<SourceText> {
        let entry = source::find_file(&self.root, path).ok()??;
        source::read_text(&entry).ok()
    }

    /// The first of these paths with a readable file, with its content.
    pub(super) fn first(&self, paths: &[&str]) -> Option<(String, SourceText)> {
        paths.iter().find_map(|path| Some(((*path).to_owned(), self.text(path)?)))
    }

    /// The sorted names of the folders inside a subfolder.
    pub(super) fn folders(&self, path: &str) -> Vec<String> {
        let names = source::names_in(&self.root.join(path)).unwrap_or_default();
        names.into_iter().filter(|name| self.has_folder(&format!("{path}/{name}"))).collect()
    }

    /// The paths of all Markdown files below a subfolder, from there.
    pub(super) fn texts(&self, folder: &str) -> Vec<String> {
        let texts = source::discover(&self.root, folder, &[]).texts.into_iter();
        let below = |path: &str| {
            let prefix = if folder == "." { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') };
            prefix.map(str::to_owned)
        };
        texts.filter_map(|entry| below(&entry.path)).collect()
    }

    /// The paths below a subfolder that match a pattern: an existing path, or names matching a single `*`.
    pub(super) fn matching(&self, folder: &str, pattern: &str) -> Vec<String> {
        let top = self.root.join(folder);
        let is_plain = !pattern.is_empty() && pattern.split('/').all(|name| !name.is_empty() && !name.starts_with('.'));
        match pattern.split_once('*') {
            _ if !is_plain => Vec::new(),
            None if top.join(pattern).symlink_metadata().is_ok() => vec![pattern.to_owned()],
            Some((begin, end)) if !pattern.contains('/') && !end.contains('*') => {
                let names = source::names_in(&top).unwrap_or_default().into_iter();
                names
                    .filter(|name| {
                        name.len() >= begin.len() + end.len()
                            && name.starts_with(begin)
                            && name.ends_with(end)
                            && !name.starts_with('.')
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether there is a folder at a path below the folder. A symbolic link does not count.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        let mut below = self.root.clone();
        path.split('/').all(|name| {
            below.push(name);
            below.symlink_metadata().is_ok_and(|metadata| metadata.is_dir())
        })
    }

    /// Whether there is a file at a path below the folder.
    pub(super) fn has_text(&self, path: &str) -> bool {
        source::find_file(&self.root, path).is_ok_and(|entry| entry.is_some_and(|entry| entry.absolute.is_file()))
    }
}
