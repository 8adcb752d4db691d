//! The search page and the search index.

use std::sync::Arc;

use crate::site::job::Job;
use crate::site::layout;
use crate::site::model::SearchPage;
use crate::site::portal::Portal;
use crate::site::search::{IndexFile, SearchIndex};

/// The search page; none if the settings turn off search.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let page = |portal: &Portal<'_>| SearchPage {
        frame: portal.frame(&layout::own_path("search.html"), portal.labels.text("pages.search"), ""),
    };
    portal
        .reading
        .settings
        .portal
        .search
        .then(|| Job::page(layout::own_path("search.html"), page))
        .into_iter()
        .collect()
}

/// All files of the search index; none if the settings turn off search.
///
/// Builds the index on all threads, so it must not be called from one of them.
pub(super) fn index(portal: &Portal<'_>) -> Vec<Job> {
    if !portal.reading.settings.portal.search {
        return Vec::new();
    }
    let index = Arc::new(SearchIndex::build(portal));
    let file = |part: IndexFile| {
        let index = index.clone();
        Job::file(part.path(), move |portal| index.bytes(portal, part))
    };
    index.index_files().into_iter().map(file).collect()
}
