//! The order of documents from positions in Docusaurus documents and `_category_` files, used if no sidebar defines
//! one.

use std::collections::BTreeMap;

use super::values::{text_under, value_under, yaml};
use crate::handbook::without_content_folder;
use crate::source::{self, FileTree, HandbookFile, SortOrder, front_entries};
use crate::yaml::Value;

/// The content of `_category_` files.
#[derive(Debug, Default)]
pub(super) struct Categories {
    /// The paths of all documents below the content folder, in order; empty if there are no `_category_` files.
    pub(super) order: Vec<String>,
    /// `_category_` files with a description for their folder that is in no document.
    pub(super) unused_descriptions: Vec<String>,
    /// The number of `_category_` files.
    pub(super) count: usize,
}

/// The sort key of a file or folder among its siblings: those with a position first, then by name.
type SortKey = (bool, Option<SortOrder>, String);

/// Reads the `_category_` files.
pub(super) fn read(content: &str, tree: &FileTree) -> Categories {
    let mut categories = Categories::default();
    let mut folders: BTreeMap<String, SortOrder> = BTreeMap::new();
    for entry in tree.assets.iter().filter(|entry| is_category(&entry.path)) {
        let Ok(text) = source::read_text(entry) else { continue };
        let path = without_content_folder(content, &entry.path);
        // JSON is also valid YAML.
        let entries = yaml(&text);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let position = text_under(&entries, "position").and_then(|position| position.parse().ok());
        folders.extend(position.map(|position| (folder.to_owned(), position)));
        let link = value_under(&entries, "link").and_then(|link| match &link.value {
            Value::Map(entries) => text_under(entries, "description"),
            _ => None,
        });
        if link.or_else(|| text_under(&entries, "description")).is_some() {
            categories.unused_descriptions.push(path.to_owned());
        }
        categories.count += 1;
    }
    if categories.count > 0 {
        let mut all: Vec<(Vec<SortKey>, String)> = tree
            .texts
            .iter()
            .map(|entry| sort_key(without_content_folder(content, &entry.path), entry, &folders))
            .collect();
        all.sort();
        categories.order = all.into_iter().map(|(_, path)| path).collect();
    }
    categories
}

fn is_category(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_prefix("_category_.").is_some_and(|ending| ["json", "yml", "yaml"].contains(&ending))
}

/// The sort key of a document: the places of its folders, then its own.
fn sort_key(path: &str, entry: &HandbookFile, folders: &BTreeMap<String, SortOrder>) -> (Vec<SortKey>, String) {
    let mut places = Vec::new();
    for (at, _) in path.match_indices('/') {
        let folder = &path[..at];
        let position = folders.get(folder).copied();
        let name = folder.rsplit('/').next().unwrap_or(folder);
        places.push((position.is_none(), position, name.to_lowercase()));
    }
    let stem = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let folder = path.rsplit('/').nth(1).map(str::to_lowercase);
    let is_introduction =
        ["index.", "readme."].iter().any(|name| stem.starts_with(name)) || stem.split('.').next() == folder.as_deref();
    let position = source::read_text(entry).ok().and_then(|text| front_entries(&text));
    let position = position.and_then(|entries| text_under(&entries, "sidebar_position")?.parse().ok());
    // The introduction of a folder is the page of the folder itself.
    let page_key = if is_introduction { (false, None, String::new()) } else { (position.is_none(), position, stem) };
    places.push(page_key);
    (places, path.to_owned())
}
