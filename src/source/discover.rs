//! Finds the files of a handbook, in an order that does not depend on the file system.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::finding::{Fault, reading};
use crate::place::Place;

/// A file of the handbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Path relative to the handbook's folder, with `/` between names.
    pub(crate) path: Arc<str>,
    /// Where it is on this machine; never part of any output.
    pub(crate) absolute: PathBuf,
}

/// The files below a folder, each list sorted by path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    /// Markdown files.
    pub(crate) texts: Vec<Entry>,
    /// Every other file: images and attachments that documents may link to.
    pub(crate) assets: Vec<Entry>,
    /// What was passed over, and why.
    pub(crate) faults: Vec<Fault>,
}

/// Deepest nesting of folders that is read.
const MOST_FOLDERS: usize = 64;
const LEADS_OUT: &str = "this symbolic link leads out of the handbook";

/// Lists the files of `folder`, a path relative to the handbook's `root`.
///
/// Names that begin with a dot, and the folders in `skipped`, are passed over in silence. Symbolic links to files are
/// followed while they stay in the handbook; links to folders, links that lead out, FIFOs, sockets and devices are
/// passed over with a fault. That holds for `folder` itself, too.
pub(crate) fn discover(root: &Path, folder: &str, skipped: &[PathBuf]) -> Tree {
    let mut tree = Tree::default();
    let canonical_root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let top = root.join(folder);
    if top.canonicalize().is_ok_and(|top| !top.starts_with(&canonical_root)) {
        tree.faults.push(unreadable(root, Some(&top), LEADS_OUT));
        return tree;
    }
    let places = Places { root, canonical_root: &canonical_root, top: &top, name: relative(root, &top) };
    for entry in walk(&top, skipped) {
        match entry {
            Ok(entry) => sort_in(&mut tree, &places, &entry),
            Err(error) => tree.faults.push(unreadable(root, error.path(), "this folder cannot be read")),
        }
    }
    tree.texts.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    tree.assets.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    tree.faults.sort_by(|a, b| a.place.cmp(&b.place));
    tree
}

/// One file by its path relative to the handbook's `root`; `None` when there is nothing.
///
/// # Errors
/// When it, or a folder that it is in, is a link that leads out of the handbook, or what it leads to is no file.
pub(crate) fn file(root: &Path, path: &str) -> Result<Option<Entry>, Fault> {
    let absolute = root.join(path);
    if absolute.symlink_metadata().is_err() {
        return Ok(None);
    }
    let canonical_root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    match refused_link(&absolute, &canonical_root) {
        Some(why) => Err(unreadable(root, Some(&absolute), why)),
        None => Ok(Some(Entry { path: path.into(), absolute })),
    }
}

/// What is below a folder and is not passed over in silence, in any order.
pub(super) fn walk(start: &Path, skipped: &[PathBuf]) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let walk = WalkDir::new(start).follow_root_links(false).max_depth(MOST_FOLDERS);
    walk.into_iter().filter_entry(|entry| entry.depth() == 0 || is_wanted(entry, skipped))
}

fn is_wanted(entry: &DirEntry, skipped: &[PathBuf]) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    let hidden = name.starts_with(b".") && !name.starts_with(b"..");
    !hidden && !skipped.iter().any(|path| path == entry.path())
}

/// Where a walk takes place.
struct Places<'a> {
    root: &'a Path,
    canonical_root: &'a Path,
    /// The folder that is walked.
    top: &'a Path,
    /// Its path below `root`.
    name: Option<String>,
}

impl Places<'_> {
    /// The path of an entry below the root; `None` when a name is not Unicode.
    fn relative(&self, entry: &DirEntry) -> Option<String> {
        let bytes = entry.path().as_os_str().as_encoded_bytes();
        let below = bytes.strip_prefix(self.top.as_os_str().as_encoded_bytes())?;
        let below = std::str::from_utf8(below).ok()?.trim_start_matches(MAIN_SEPARATOR);
        let path = match self.name.as_deref()? {
            "" => below.to_owned(),
            name if below.is_empty() => name.to_owned(),
            name => [name, below].join("/"),
        };
        Some(if MAIN_SEPARATOR == '/' { path } else { path.replace(MAIN_SEPARATOR, "/") })
    }
}

fn sort_in(tree: &mut Tree, places: &Places<'_>, entry: &DirEntry) {
    let root = places.root;
    let kind = entry.file_type();
    if kind.is_dir() {
        if entry.depth() == MOST_FOLDERS {
            tree.faults.push(unreadable(root, Some(entry.path()), "folders are nested too deeply here"));
        }
        return;
    }
    let Some(path) = places.relative(entry) else {
        tree.faults.push(unreadable(root, Some(entry.path()), "the name of this file is not valid Unicode"));
        return;
    };
    if kind.is_symlink() {
        if let Some(why) = refused_link(entry.path(), places.canonical_root) {
            tree.faults.push(unreadable(root, Some(entry.path()), why));
            return;
        }
    } else if !kind.is_file() {
        tree.faults.push(unreadable(root, Some(entry.path()), "this is neither a file nor a folder"));
        return;
    }
    let found = Entry { path: path.into(), absolute: entry.path().to_path_buf() };
    if is_markdown(&found.path) { tree.texts.push(found) } else { tree.assets.push(found) }
}

/// Why a symbolic link is not followed, or `None` when it is.
fn refused_link(link: &Path, canonical_root: &Path) -> Option<&'static str> {
    match link.canonicalize() {
        Err(_) => Some("this symbolic link leads nowhere"),
        Ok(target) if !target.starts_with(canonical_root) => Some(LEADS_OUT),
        Ok(target) if target.is_file() => None,
        Ok(target) if target.is_dir() => Some("symbolic links to folders are not followed"),
        Ok(_) => Some("this symbolic link leads to neither a file nor a folder"),
    }
}

/// Whether a path names a Markdown file.
pub(crate) fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| matches!(ending, "md" | "markdown" | "MD"))
}

/// A path below `root` with `/` between its names; `None` when a name is not Unicode.
pub(crate) fn relative(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let names: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    names.map(|names| names.join("/"))
}

fn unreadable(root: &Path, path: Option<&Path>, why: &str) -> Fault {
    let file = path.map_or_else(String::new, |path| {
        let below = path.strip_prefix(root).unwrap_or(path);
        below.to_string_lossy().replace('\\', "/")
    });
    Fault::new(reading::UNREADABLE_SOURCE, Place::file(file), why)
        .help("mend or remove it; nothing of it is in the handbook")
}
