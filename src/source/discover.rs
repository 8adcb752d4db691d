//! Finds the files of a handbook, in an order that is independent of the file system.

use std::fs;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{hidden, submodule};
use crate::finding::{Problem, reading};
use crate::path::is_markdown;
use crate::place::Place;
use crate::text::look_alike;

/// A file of the handbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HandbookFile {
    /// Path relative to the handbook's folder, with `/` as the separator.
    pub(crate) path: Arc<str>,
    /// Its location on disk; never part of any output.
    pub(crate) absolute: PathBuf,
    /// The path of the target, if this is a symbolic link.
    pub(crate) link_target: Option<Arc<str>>,
}

/// The files below a folder, each list sorted by path.
#[derive(Clone, Debug, Default)]
pub(crate) struct FileTree {
    /// Markdown files.
    pub(crate) texts: Vec<HandbookFile>,
    /// All other files: images and attachments that documents may link to.
    pub(crate) assets: Vec<HandbookFile>,
    /// Paths of files that are skipped because they are hidden; files of other programs are left out.
    pub(crate) hidden: Vec<Arc<str>>,
    /// The files that were skipped, with the reasons.
    pub(crate) problems: Vec<Problem>,
}

/// Maximum nesting depth of folders.
pub(super) const MAX_FOLDERS: usize = 64;
const NOT_A_FILE: &str = "this is neither a file nor a folder";
const OUTSIDE_HANDBOOK: &str = "this symbolic link points outside the handbook";

/// Lists the files of `folder`, a path relative to the handbook's `root`.
///
/// Names that start with a dot are skipped and listed; the folders in `skipped` are skipped silently. Symbolic links to
/// files are followed while they stay in the handbook; links to folders, links that leave the handbook, FIFOs, sockets
/// and devices are skipped and reported, even if `folder` itself is one. A submodule that was not fetched is reported
/// as well.
pub(crate) fn discover(root: &Path, folder: &str, skipped: &[PathBuf]) -> FileTree {
    let mut tree = FileTree::default();
    let canonical_root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let top = root.join(folder);
    if top.canonicalize().is_ok_and(|top| !top.starts_with(&canonical_root)) {
        tree.problems.push(unreadable(root, Some(&top), OUTSIDE_HANDBOOK));
        return tree;
    }
    let places = WalkFolders { root, canonical_root: &canonical_root, top: &top, name: relative(root, &top) };
    let mut hidden = Vec::new();
    for entry in walk_with_hidden(&top, skipped, |path| hidden.push(path)) {
        match entry {
            Ok(entry) => add_entry(&mut tree, &places, &entry),
            Err(error) => tree.problems.push(unreadable(root, error.path(), "this folder cannot be read")),
        }
    }
    tree.problems.extend(submodule::report_unfetched(root, &top, skipped));
    tree.hidden = hidden::files(hidden).iter().filter_map(|path| Some(relative(root, path)?.into())).collect();
    tree.hidden.sort_unstable();
    tree.texts.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    tree.assets.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    tree.problems.sort_by(|a, b| a.place.cmp(&b.place));
    tree
}

/// Finds one file by its path relative to the handbook's `root`, however the file system spells its name; `None` if it
/// does not exist.
///
/// # Errors
/// If it, or a folder above it, is a link that leaves the handbook, or if it is not a file.
pub(crate) fn find_file(root: &Path, path: &str) -> Result<Option<HandbookFile>, Problem> {
    let Some((path, absolute)) = spelled(root, path) else { return Ok(None) };
    let Ok(metadata) = absolute.symlink_metadata() else { return Ok(None) };
    if !(metadata.is_file() || metadata.is_dir() || metadata.is_symlink()) {
        return Err(unreadable(root, Some(&absolute), NOT_A_FILE));
    }
    let canonical_root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    match link_refusal(&absolute, &canonical_root) {
        Some(reason) => Err(unreadable(root, Some(&absolute), reason)),
        None => Ok(Some(HandbookFile { path: path.into(), absolute, link_target: None })),
    }
}

/// A path below `root` as the file system spells it, with its location on disk; `None` if it does not exist. An exact
/// match takes precedence over names that look alike.
pub(crate) fn spelled(root: &Path, path: &str) -> Option<(String, PathBuf)> {
    let absolute = root.join(path);
    if absolute.symlink_metadata().is_ok() {
        return Some((path.to_owned(), absolute));
    }
    if path.is_ascii() {
        return None;
    }
    let mut folder = root.to_path_buf();
    let mut names = Vec::new();
    for component in path.split('/') {
        let exists = || folder.join(component).symlink_metadata().is_ok();
        let lookalike = || names_in(&folder).ok()?.into_iter().find(|name| look_alike(name, component));
        let name = if exists() { component.to_owned() } else { lookalike()? };
        folder.push(&name);
        names.push(name);
    }
    Some((names.join("/"), folder))
}

/// Walks a folder, in any order, without what is skipped silently.
pub(super) fn walk(start: &Path, skipped: &[PathBuf]) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    walk_with_hidden(start, skipped, drop)
}

/// Like [`walk`], but passes each hidden entry that it skips to `note`.
fn walk_with_hidden(
    start: &Path,
    skipped: &[PathBuf],
    mut note: impl FnMut(PathBuf),
) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let walk = WalkDir::new(start).follow_root_links(false).max_depth(MAX_FOLDERS);
    walk.into_iter().filter_entry(move |entry| {
        let is_hidden = entry.depth() > 0 && hidden::is_hidden(entry.file_name().as_encoded_bytes());
        if is_hidden {
            note(entry.path().to_path_buf());
        }
        !is_hidden && (entry.depth() == 0 || !skipped.iter().any(|path| is_same_path(path, entry.path())))
    })
}

/// Whether two paths are equal, however the file system spells their names.
fn is_same_path(one: &Path, other: &Path) -> bool {
    let are_alike = || one.to_str().zip(other.to_str()).is_some_and(|(one, other)| look_alike(one, other));
    one == other || are_alike()
}

/// The folders involved in a walk.
struct WalkFolders<'a> {
    root: &'a Path,
    canonical_root: &'a Path,
    /// The folder being walked.
    top: &'a Path,
    /// Its path below `root`; `None` if that is not valid Unicode.
    name: Option<String>,
}

impl WalkFolders<'_> {
    /// The path of an entry below the root; `None` if a name is not valid Unicode.
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

fn add_entry(tree: &mut FileTree, places: &WalkFolders<'_>, entry: &DirEntry) {
    let root = places.root;
    let kind = entry.file_type();
    if kind.is_dir() {
        if entry.depth() == MAX_FOLDERS {
            tree.problems.push(unreadable(root, Some(entry.path()), "folders are nested too deeply"));
        }
        return;
    }
    let Some(path) = places.relative(entry) else {
        tree.problems.push(unreadable(root, Some(entry.path()), "the name of this file is not valid Unicode"));
        return;
    };
    let mut leads_to = None;
    if kind.is_symlink() {
        if let Some(reason) = link_refusal(entry.path(), places.canonical_root) {
            tree.problems.push(unreadable(root, Some(entry.path()), reason));
            return;
        }
        let target = entry.path().canonicalize().ok();
        leads_to = target.and_then(|target| Some(relative(places.canonical_root, &target)?.into()));
    } else if !kind.is_file() {
        tree.problems.push(unreadable(root, Some(entry.path()), NOT_A_FILE));
        return;
    }
    let file = HandbookFile { path: path.into(), absolute: entry.path().to_path_buf(), link_target: leads_to };
    if is_markdown(&file.path) { tree.texts.push(file) } else { tree.assets.push(file) }
}

/// Why a symbolic link is not followed; `None` if it is.
fn link_refusal(link: &Path, canonical_root: &Path) -> Option<&'static str> {
    match link.canonicalize() {
        Err(_) => Some("the target of this symbolic link does not exist"),
        Ok(target) if !target.starts_with(canonical_root) => Some(OUTSIDE_HANDBOOK),
        Ok(target) if target.is_file() => None,
        Ok(target) if target.is_dir() => Some("symbolic links to folders are not followed"),
        Ok(_) => Some("this symbolic link leads to neither a file nor a folder"),
    }
}

/// A path below `root` with `/` as the separator; `None` if a name is not valid Unicode.
pub(crate) fn relative(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let names: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    names.map(|names| names.join("/"))
}

fn unreadable(root: &Path, path: Option<&Path>, reason: &str) -> Problem {
    let file = path.map_or_else(String::new, |path| {
        let below = path.strip_prefix(root).unwrap_or(path);
        below.to_string_lossy().replace('\\', "/")
    });
    Problem::new(reading::UNREADABLE_SOURCE, Place::file(file), reason)
        .help("fix or remove it; until then it is left out of the handbook")
}

/// The names in a folder, including hidden ones, sorted.
///
/// # Errors
/// If the folder does not exist or cannot be read.
pub(crate) fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let name = |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
    let mut names = fs::read_dir(folder)?.map(name).collect::<io::Result<Vec<String>>>()?;
    names.sort();
    Ok(names)
}
