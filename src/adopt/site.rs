//! The facts about a folder in a generator's own files.

use super::folder::Folder;
use crate::url::{host, is_web};

/// A folder as a generator reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SourceSite {
    /// The generator's name.
    pub(super) generator: &'static str,
    /// The file by which it was recognized; empty without a generator.
    pub(super) marker_file: String,
    /// The name of its list of keys in the settings.
    pub(super) preset: Option<&'static str>,
    /// The title.
    pub(super) title: Option<String>,
    /// The folder of its documents, `.` for the folder itself.
    pub(super) content: String,
    /// Whether the generator writes to the folder that would be our output folder.
    pub(super) output_is_taken: bool,
    /// The paths of documents below the content folder, in reading order.
    pub(super) order: Vec<String>,
    /// The source of the order.
    pub(super) ordered_by: Option<String>,
    /// Paths below the content folder that are not documents.
    pub(super) exclude: Vec<String>,
    /// Prefixes of the site's URL paths, each with the folder that it maps to.
    pub(super) addresses: Vec<(String, String)>,
    /// Choices of folders whose files documents may insert, narrowest first.
    pub(super) includes: Vec<Vec<String>>,
    /// Folders below the content folder, each with its permalink pattern.
    pub(super) permalinks: Vec<(String, String)>,
    /// The URL of the site, with a final `/`.
    pub(super) web: Option<String>,
}

impl SourceSite {
    /// Sets the URL of the site if `address` is complete. `base` is the path of the site on its host.
    pub(super) fn set_url(&mut self, address: Option<String>, base: &str) {
        let address = address.filter(|address| is_web(address) && !address.contains(['?', '#', ' ', '{', '$']));
        // A user name and password are not copied, because many people read the settings.
        let address = address.filter(|address| !host(address).is_empty() && !host(address).contains('@'));
        let base = base.trim_matches('/');
        self.web = address.map(|address| match address.trim_end_matches('/') {
            address if base.is_empty() || address.ends_with(base) => format!("{address}/"),
            address => format!("{address}/{base}/"),
        });
    }
}

/// Removes a leading `./` and anything after `#` or `?` from a path.
pub(super) fn plain_path(path: &str) -> &str {
    let path = path.split(['#', '?']).next().unwrap_or(path).trim();
    path.strip_prefix("./").unwrap_or(path).trim_start_matches('/').trim_end_matches('/')
}

/// Converts a path below the content folder to one below the handbook's folder.
pub(super) fn content_path(content: &str, path: &str) -> String {
    if content == "." { path.to_owned() } else { format!("{content}/{path}") }
}

/// Adds a path to a list, unless it is there already.
pub(super) fn add_path(list: &mut Vec<String>, path: String) {
    if !path.is_empty() && !list.contains(&path) {
        list.push(path);
    }
}

/// Maps a URL prefix to a folder, if the folder exists. A prefix may have several folders.
pub(super) fn map_prefix(site: &mut SourceSite, folder: &Folder, beginning: &str, to: &str) {
    let names: Vec<&str> = beginning.split('/').filter(|name| !name.is_empty()).collect();
    let beginning = if names.is_empty() { "/".to_owned() } else { format!("/{}/", names.join("/")) };
    let is_known = site.addresses.iter().any(|(prefix, folder)| *prefix == beginning && folder == to);
    let is_content_root = to == "." && site.content == ".";
    let is_safe = !to.is_empty() && to.split('/').all(|name| !name.is_empty() && !name.starts_with('.'));
    if !is_known && (is_content_root || is_safe && folder.has_folder(to)) {
        site.addresses.push((beginning, to.to_owned()));
    }
}

/// The path of a URL: `/docs/` for `https://example.org/docs/`.
pub(super) fn url_path(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    rest.split(['?', '#']).next().unwrap_or_default()
}
