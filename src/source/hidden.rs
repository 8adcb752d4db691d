//! Files that are skipped because their name, or that of a folder above them, starts with a dot.

use std::path::PathBuf;

use walkdir::WalkDir;

/// Folders of other programs, whose files cannot be mistaken for documents.
const PROGRAM_FOLDERS: [&str; 17] = [
    ".cache",
    ".circleci",
    ".docusaurus",
    ".git",
    ".github",
    ".gitlab",
    ".hg",
    ".husky",
    ".idea",
    ".obsidian",
    ".svn",
    ".trash",
    ".venv",
    ".vitepress",
    ".vscode",
    ".vuepress",
    ".well-known",
];
/// The folder in which GitBook keeps the pictures of documents; it is published with them.
const GITBOOK: &[u8] = b".gitbook";
/// Prefixes of temporary files that programs leave beside others.
const TEMPORARY_PREFIXES: [&str; 3] = ["._", ".#", ".~"];
/// Maximum number of files reported from hidden folders.
const MAX_FILES: usize = 10_000;

/// Whether a name makes a file or folder hidden.
pub(super) fn is_hidden(name: &[u8]) -> bool {
    name.starts_with(b".") && !name.starts_with(b"..") && name != GITBOOK
}

/// The files at and below hidden entries, in any order, without those of other programs.
pub(super) fn files(entries: Vec<PathBuf>) -> Vec<PathBuf> {
    let is_ours = |path: &PathBuf| path.file_name().is_some_and(|name| !is_program_name(&name.to_string_lossy()));
    let below = |path: PathBuf| {
        let entries = WalkDir::new(path).max_depth(super::discover::MAX_FOLDERS).into_iter();
        let visited = entries.filter_entry(|entry| !is_program_name(&entry.file_name().to_string_lossy()));
        visited.flatten().filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path)
    };
    entries.into_iter().filter(is_ours).flat_map(below).take(MAX_FILES).collect()
}

/// Whether a path leads into a folder of another program.
pub(crate) fn is_in_program_folder(path: &str) -> bool {
    path.split('/').any(|name| PROGRAM_FOLDERS.contains(&name))
}

fn is_program_name(name: &str) -> bool {
    PROGRAM_FOLDERS.contains(&name) || TEMPORARY_PREFIXES.iter().any(|beginning| name.starts_with(beginning))
}
