//! Reports submodules that were not fetched: their folders are empty, so their content would be missing without notice.

use std::fs;
use std::path::{Path, PathBuf};

use super::read::{MAX_BYTES, read_limited};
use crate::finding::{Problem, reading};
use crate::place::Place;

/// The file in which Git lists the submodules of a repository.
const MODULES: &str = ".gitmodules";

/// A problem for each unfetched submodule that contains `folder` or is inside it, except those in `skipped` folders.
pub(super) fn report_unfetched(root: &Path, folder: &Path, skipped: &[PathBuf]) -> Vec<Problem> {
    let (Ok(canonical), Ok(read)) = (root.canonicalize(), folder.canonicalize()) else { return Vec::new() };
    let Some(top) = canonical.ancestors().find(|folder| folder.join(".git").exists()) else { return Vec::new() };
    let modules = top.join(MODULES);
    let bytes = modules.is_file().then(|| read_limited(&modules, MAX_BYTES).ok()).flatten();
    let text = String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default();
    let skipped: Vec<PathBuf> = skipped.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let is_missed = |module: &PathBuf| {
        let is_read = module.starts_with(&read) || read.starts_with(module);
        is_read && !skipped.iter().any(|folder| module.starts_with(folder)) && is_empty(module)
    };
    paths(&text).map(|path| top.join(path)).filter(is_missed).map(|module| problem(&canonical, &module)).collect()
}

/// The paths in a list of submodules.
fn paths(text: &str) -> impl Iterator<Item = String> {
    text.lines().filter_map(|line| {
        let (key, path) = line.split_once('=')?;
        let path = path.trim().trim_matches('"').replace("\\\\", "\\").replace("\\\"", "\"");
        (key.trim().eq_ignore_ascii_case("path") && !path.is_empty()).then_some(path)
    })
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

fn problem(root: &Path, module: &Path) -> Problem {
    let path = super::relative(root, module).unwrap_or_default();
    let message = "the files of this submodule were not fetched";
    Problem::new(reading::UNREADABLE_SOURCE, Place::file(path), message)
        .help("run `git submodule update --init`; in CI, let the checkout fetch submodules")
}
