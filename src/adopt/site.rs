//! What a generator's own files say about a folder.

use super::folder::Folder;
use crate::url::{host, is_web};

/// A folder as one generator reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Site {
    /// The generator's name.
    pub(super) generator: &'static str,
    /// The file by which it was found; empty for a folder of no generator.
    pub(super) found_by: String,
    /// The name of its list of keys in the settings.
    pub(super) preset: Option<&'static str>,
    /// The title.
    pub(super) title: Option<String>,
    /// The folder of its documents, `.` for the folder itself.
    pub(super) content: String,
    /// Where it puts its own pages, when that would be our output folder.
    pub(super) output_is_taken: bool,
    /// Paths of documents below the content folder in the order in which they are read.
    pub(super) order: Vec<String>,
    /// What gave the order.
    pub(super) ordered_by: Option<String>,
    /// Paths below the content folder that are not documents.
    pub(super) exclude: Vec<String>,
    /// Beginnings of the site's addresses, each with the folder that it leads to.
    pub(super) addresses: Vec<(String, String)>,
    /// Folders whose files documents may insert: each a choice, the narrowest first.
    pub(super) includes: Vec<Vec<String>>,
    /// Folders below the content folder, each with the pattern of its pages' addresses.
    pub(super) permalinks: Vec<(String, String)>,
    /// Where the site is on the web, with `/` at its end.
    pub(super) web: Option<String>,
}

impl Site {
    /// Says where the site is on the web, when `address` is whole; `base` is the path of the site there.
    pub(super) fn is_at(&mut self, address: Option<String>, base: &str) {
        let address = address.filter(|address| is_web(address) && !address.contains(['?', '#', ' ', '{', '$']));
        // A name and password stay where they are: settings are read by many.
        let address = address.filter(|address| !host(address).is_empty() && !host(address).contains('@'));
        let base = base.trim_matches('/');
        self.web = address.map(|address| match address.trim_end_matches('/') {
            address if base.is_empty() || address.ends_with(base) => format!("{address}/"),
            address => format!("{address}/{base}/"),
        });
    }
}

/// A path without `./` before it and what stands behind `#` or `?`.
pub(super) fn plain_path(path: &str) -> &str {
    let path = path.split(['#', '?']).next().unwrap_or(path).trim();
    path.strip_prefix("./").unwrap_or(path).trim_start_matches('/').trim_end_matches('/')
}

/// A path below the content folder as one below the handbook's folder.
pub(super) fn in_content(content: &str, path: &str) -> String {
    if content == "." { path.to_owned() } else { format!("{content}/{path}") }
}

/// Adds a path that is not in a list yet.
pub(super) fn add(list: &mut Vec<String>, path: String) {
    if !path.is_empty() && !list.contains(&path) {
        list.push(path);
    }
}

/// Adds the folder that a beginning of addresses leads to, when the folder is there; each as often as it has folders.
pub(super) fn lead(site: &mut Site, folder: &Folder, beginning: &str, to: &str) {
    let names: Vec<&str> = beginning.split('/').filter(|name| !name.is_empty()).collect();
    let beginning = if names.is_empty() { "/".to_owned() } else { format!("/{}/", names.join("/")) };
    let is_known = site.addresses.iter().any(|(known, folder)| *known == beginning && folder == to);
    let is_here = to == "." && site.content == ".";
    let is_safe = !to.is_empty() && to.split('/').all(|name| !name.is_empty() && !name.starts_with('.'));
    if !is_known && (is_here || is_safe && folder.has_folder(to)) {
        site.addresses.push((beginning, to.to_owned()));
    }
}

/// The path of an address: `/docs/` of `https://example.org/docs/`.
pub(super) fn path_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    rest.split(['?', '#']).next().unwrap_or_default()
}
