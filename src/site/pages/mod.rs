//! The pages of the portal: one file a kind, one line in [`KINDS`].

mod ages;
mod calendar;
mod clause;
mod crosswalk;
mod data;
mod document;
mod feed;
mod findings;
mod gaps;
mod home;
mod listing;
mod map;
mod matrix;
mod plain;
mod previews;
mod print;
mod register;
mod reviews;
mod search;
mod sitemap;
mod workbook;

use crate::site::keep::Shows;
use crate::site::model::Page;
use crate::site::portal::Portal;
use crate::site::theme::{Theme, ThemeError};
use crate::url::SitePath;

/// A file of the site that is still to be made.
pub struct Job {
    /// Where it goes.
    pub path: SitePath,
    /// What it shows, for a preview to tell whether it must be made again.
    pub shows: Shows,
    /// The template that lays it out, when one does.
    pub template: Option<&'static str>,
    make: Make,
}

/// Makes the bytes of a file; run on any thread.
type Make = Box<dyn Fn(&Portal<'_>, &Theme) -> Result<Vec<u8>, ThemeError> + Send + Sync>;

impl Job {
    /// A page that is laid out by the theme.
    fn page<P: Page>(path: SitePath, model: impl Fn(&Portal<'_>) -> P + Send + Sync + 'static) -> Job {
        let make = move |portal: &Portal<'_>, theme: &Theme| Ok(theme.render(&model(portal))?.into_bytes());
        Job { path, shows: Shows::Anything, template: Some(P::TEMPLATE), make: Box::new(make) }
    }

    /// A file of data.
    fn file(path: SitePath, content: impl Fn(&Portal<'_>) -> Vec<u8> + Send + Sync + 'static) -> Job {
        Job { path, shows: Shows::Anything, template: None, make: Box::new(move |portal, _| Ok(content(portal))) }
    }

    /// Says what the file shows: a promise that it shows nothing else.
    fn showing(self, shows: Shows) -> Job {
        Job { shows, ..self }
    }

    /// Makes the file.
    pub fn make(&self, portal: &Portal<'_>, theme: &Theme) -> Result<Vec<u8>, ThemeError> {
        (self.make)(portal, theme)
    }
}

/// Kinds of pages; each says which there are.
const KINDS: &[fn(&Portal<'_>) -> Vec<Job>] = &[
    home::jobs,
    document::jobs,
    clause::jobs,
    crosswalk::jobs,
    matrix::jobs,
    gaps::jobs,
    register::jobs,
    calendar::jobs,
    ages::jobs,
    findings::jobs,
    listing::jobs,
    map::jobs,
    print::jobs,
    plain::jobs,
    search::jobs,
    data::jobs,
    previews::jobs,
    feed::jobs,
    reviews::jobs,
    sitemap::jobs,
    workbook::jobs,
];

/// Every file of the site but the theme's and the handbook's assets.
pub fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    KINDS.iter().flat_map(|kind| kind(portal)).collect()
}

/// Pages that can be printed: documents, pages, and pages of print for a handbook of any length.
pub fn printable(portal: &Portal<'_>) -> Vec<Job> {
    [home::jobs, document::jobs, print::every].iter().flat_map(|kind| kind(portal)).collect()
}
