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

pub(crate) use register::Register;

use crate::site::model::Page;
use crate::site::portal::Portal;
use crate::site::theme::{Theme, ThemeError};
use crate::url::SitePath;

/// A file of the site that is still to be made.
pub(crate) struct Job {
    /// Where it goes.
    pub(crate) path: SitePath,
    /// The template that lays it out, when one does.
    pub(crate) template: Option<&'static str>,
    make: Make,
}

/// Makes the bytes of a file; run on any thread.
type Make = Box<dyn Fn(&Portal<'_>, &Theme) -> Result<Vec<u8>, ThemeError> + Send + Sync>;

impl Job {
    /// A page that is laid out by the theme.
    fn page<P: Page>(path: SitePath, model: impl Fn(&Portal<'_>) -> P + Send + Sync + 'static) -> Job {
        Job::of_parts(path, move |portal, _| Ok(model(portal)))
    }

    /// The same for a page of parts that are laid out before it.
    fn of_parts<P: Page>(
        path: SitePath,
        model: impl Fn(&Portal<'_>, &Theme) -> Result<P, ThemeError> + Send + Sync + 'static,
    ) -> Job {
        let make = move |portal: &Portal<'_>, theme: &Theme| theme.render_bytes(&model(portal, theme)?);
        Job { path, template: Some(P::TEMPLATE), make: Box::new(make) }
    }

    /// A file of data.
    fn file(path: SitePath, content: impl Fn(&Portal<'_>) -> Vec<u8> + Send + Sync + 'static) -> Job {
        Job { path, template: None, make: Box::new(move |portal, _| Ok(content(portal))) }
    }

    /// Makes the file.
    pub(crate) fn make(&self, portal: &Portal<'_>, theme: &Theme) -> Result<Vec<u8>, ThemeError> {
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

/// Every file of the site but the search index, and the theme's and the handbook's assets.
pub(crate) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    KINDS.iter().flat_map(|kind| kind(portal)).collect()
}

/// Every file of the search index.
pub(crate) fn index(portal: &Portal<'_>) -> Vec<Job> {
    search::index(portal)
}

/// Pages that can be printed: documents, pages, and pages of print for a handbook of any length.
pub(crate) fn printable(portal: &Portal<'_>) -> Vec<Job> {
    [home::jobs, document::jobs, print::every].iter().flat_map(|kind| kind(portal)).collect()
}
