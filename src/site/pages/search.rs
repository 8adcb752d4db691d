//! The search page and the index behind it.

use super::Job;
use crate::site::layout;
use crate::site::model::SearchPage;
use crate::site::portal::Portal;
use crate::site::search::Part;

/// The page; none when the settings want no search.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let page = |portal: &Portal<'_>| SearchPage {
        frame: portal.frame(&layout::own("search.html"), portal.labels.text("pages.search"), ""),
    };
    portal.reading.settings.search.then(|| Job::page(layout::own("search.html"), page)).into_iter().collect()
}

/// Every file of the index, which is made for that; none when the settings want no search.
pub(super) fn index(portal: &Portal<'_>) -> Vec<Job> {
    portal.search().map_or_else(Vec::new, |index| index.parts().into_iter().map(file).collect())
}

fn file(part: Part) -> Job {
    Job::file(part.path(), move |portal| portal.search().map_or_else(Vec::new, |index| index.bytes(portal, part)))
}
