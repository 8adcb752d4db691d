//! Folders whose files documents may insert, for the settings.

use std::path::Path;
use std::sync::Arc;

use super::site::SourceSite;
use crate::markdown::included_files;
use crate::source::{HandbookFile, Includes, read_text};

/// Returns the folders for `includes` in the settings: the first of the generator's choices with which the most
/// inserted files are found. Empty if none are found.
pub(super) fn choose_folders(root: &Path, site: &SourceSite, texts: &[HandbookFile]) -> Vec<String> {
    if site.includes.is_empty() {
        return Vec::new();
    }
    let texts: Vec<Arc<_>> = texts.iter().filter_map(|entry| read_text(entry).ok().map(Arc::new)).collect();
    let count_included = |folders: &Vec<String>| {
        let files = Includes::for_folders(folders.clone()).in_handbook(root);
        texts.iter().map(|text| included_files(text, &files)).sum::<usize>()
    };
    let counted: Vec<(usize, &Vec<String>)> =
        site.includes.iter().map(|folders| (count_included(folders), folders)).collect();
    let max_count = counted.iter().map(|(count, _)| *count).max().filter(|count| *count > 0);
    let best = max_count.and_then(|max_count| counted.into_iter().find(|(count, _)| *count == max_count));
    best.map(|(_, folders)| folders.clone()).unwrap_or_default()
}
