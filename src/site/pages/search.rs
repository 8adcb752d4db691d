//! The search page and the index behind it.

use super::Job;
use crate::site::keep::Shows;
use crate::site::layout;
use crate::site::model::SearchPage;
use crate::site::portal::Portal;
use crate::site::search::{Index, Part};

/// The page, and every file of the index; none when the settings want no search.
pub fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let Some(index) = &portal.search else { return Vec::new() };
    let page = Job::page(layout::own("search.html"), |portal| SearchPage {
        frame: portal.frame(&layout::own("search.html"), portal.labels.text("pages.search"), ""),
    });
    let parts = index.parts().into_iter().map(|part| file(index, part));
    std::iter::once(page.showing(Shows::Surroundings)).chain(parts).collect()
}

fn file(index: &Index, part: Part) -> Job {
    let bytes = move |portal: &Portal<'_>| match &portal.search {
        Some(index) => index.bytes(portal, part),
        None => Vec::new(),
    };
    // Sections are numbered by headings, which belong to the outline.
    let shows = match part {
        Part::Pages => Shows::Outline,
        Part::Records(number) => Shows::OutlineAndWords(index.documents_in(number)),
        Part::Directory | Part::Terms(_) => Shows::Anything,
    };
    Job::file(part.path(), bytes).showing(shows)
}
