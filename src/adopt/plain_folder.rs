//! Folders of Markdown files without a known generator.

use super::folder::Folder;
use super::site::{SourceSite, map_prefix};
use crate::path::is_markdown;

/// Folders that contain a repository's documents if the files beside them are about the repository.
const DOCUMENT_FOLDERS: [&str; 2] = ["content", "docs"];
/// Prefixes of the names of files that are about a repository rather than among its documents.
const REPOSITORY_FILE_PREFIXES: [&str; 6] =
    ["changelog", "contributing", "licence", "license", "pull_request_template", "issue_template"];
/// Folders next to the documents that picture paths often start with.
const PICTURE_FOLDERS: [&str; 5] = ["assets", "figures", "images", "img", "media"];
/// Folders of programs and their output.
const PROGRAM_FOLDERS: [&str; 13] = [
    "_book",
    "_includes",
    "_layouts",
    "_sass",
    "_site",
    "build",
    "dist",
    "node_modules",
    "public",
    "target",
    "vendor",
    "venv",
    "__pycache__",
];

/// Finds the documents: those in a usual folder if there are only files about the repository beside it, otherwise all.
pub(super) fn find_documents(folder: &Folder) -> SourceSite {
    let is_document_file = |name: &&str| is_markdown(name) && !is_about_the_repository(name) && !is_introduction(name);
    let is_alone = !folder.names().any(|name| is_document_file(&name));
    let document_folder =
        DOCUMENT_FOLDERS.iter().find(|name| is_alone && folder.has(name) && contains_documents(folder, name));
    let content = document_folder.map_or(".", |name| name).to_owned();
    let exclude = beside_documents(folder, &content);
    let mut site = SourceSite { generator: "plain Markdown", content, exclude, ..SourceSite::default() };
    if site.content == "." {
        // Other generators keep their pages in such a folder, and links start from there.
        ["pages", "src"].iter().for_each(|name| map_prefix(&mut site, folder, "", name));
    } else {
        PICTURE_FOLDERS.iter().for_each(|name| map_prefix(&mut site, folder, name, name));
    }
    site.includes = vec![vec![site.content.clone()], vec![".".to_owned()]];
    site
}

fn contains_documents(folder: &Folder, name: &str) -> bool {
    !crate::source::discover(&folder.root, name, &[]).texts.is_empty()
}

/// Entries beside the documents that are not read if the documents are in the folder itself.
pub(super) fn beside_documents(folder: &Folder, content: &str) -> Vec<String> {
    if content != "." {
        return Vec::new();
    }
    let is_beside =
        |name: &&str| (is_markdown(name) && is_about_the_repository(name)) || PROGRAM_FOLDERS.contains(name);
    folder.names().filter(is_beside).map(str::to_owned).collect()
}

fn is_about_the_repository(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    REPOSITORY_FILE_PREFIXES.iter().any(|beginning| name.starts_with(beginning))
}

fn is_introduction(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("readme.") || name.starts_with("index.")
}
