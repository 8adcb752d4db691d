//! The pages of the portal: one file a kind, one line in [`OWN_PAGES`].

mod ages;
mod attention;
mod calendar;
mod changes;
mod clause;
mod columns;
mod crosswalk;
mod data;
mod days;
mod document;
mod feed;
mod findings;
mod forecast;
mod gaps;
mod history;
mod home;
mod information;
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
mod versions;
mod workbook;

use super::job::Job;
use super::own::{Count, Listed, NO_COUNT, alarms, gaps};
use super::portal::Portal;
use crate::url::OwnPlace;
use OwnPlace::{File, Folder, Free, Page, Parts};

/// A kind of pages, or of other files, that Clausebook makes itself.
struct OwnPage {
    /// Its key where the navigation lists it: the label `pages.KEY` names it. Empty for all others.
    key: &'static str,
    /// The address that it keeps from everything else, to which the navigation leads.
    place: OwnPlace,
    /// The figure beside it in the navigation.
    count: Count,
    /// Its files.
    jobs: fn(&Portal<'_>) -> Vec<Job>,
}

/// Every kind, those of the navigation in its order. Jobs, navigation, search, sitemap and reserved addresses follow it.
const OWN_PAGES: &[OwnPage] = &[
    OwnPage { key: "home", place: Free("index.html"), count: NO_COUNT, jobs: home::jobs },
    OwnPage { key: "matrix", place: Parts("matrix"), count: NO_COUNT, jobs: matrix::jobs },
    OwnPage { key: "gaps", place: Parts("gaps"), count: gaps, jobs: gaps::jobs },
    OwnPage { key: "information", place: Parts("information"), count: NO_COUNT, jobs: information::jobs },
    OwnPage { key: "register", place: Parts("register"), count: NO_COUNT, jobs: register::jobs },
    OwnPage { key: "calendar", place: Parts("calendar"), count: NO_COUNT, jobs: calendar::jobs },
    OwnPage { key: "changes", place: Parts("changes"), count: NO_COUNT, jobs: changes::jobs },
    OwnPage { key: "history", place: Page("history"), count: NO_COUNT, jobs: history::jobs },
    OwnPage { key: "ages", place: Page("ages"), count: NO_COUNT, jobs: ages::jobs },
    OwnPage { key: "findings", place: Parts("findings"), count: alarms, jobs: findings::jobs },
    OwnPage { key: "map", place: Page("map"), count: NO_COUNT, jobs: map::jobs },
    OwnPage { key: "owners", place: Folder("owners"), count: NO_COUNT, jobs: listing::owners },
    OwnPage { key: "types", place: Folder("types"), count: NO_COUNT, jobs: listing::types },
    OwnPage { key: "roles", place: Folder("roles"), count: NO_COUNT, jobs: listing::roles },
    unlisted(Folder("groups"), listing::groups),
    unlisted(Parts("applicability"), information::applicability_jobs),
    unlisted(Free(""), document::jobs),
    unlisted(Folder("clauses"), clause::jobs),
    unlisted(Folder("crosswalk"), crosswalk::jobs),
    unlisted(Folder("print"), print::jobs),
    unlisted(Page("404"), plain::jobs),
    unlisted(Page("search"), search::jobs),
    unlisted(Parts("assessment"), data::jobs),
    unlisted(Folder("days"), days::jobs),
    unlisted(Folder("versions"), versions::jobs),
    unlisted(Folder("previews"), previews::jobs),
    unlisted(File("feed.xml"), feed::jobs),
    unlisted(File("reviews.ics"), reviews::jobs),
    unlisted(File("sitemap.xml"), sitemap::jobs),
    unlisted(File("register.xlsx"), workbook::jobs),
];

/// Addresses of files that are made elsewhere: the search index, the theme's assets, and parts of kinds above that lie
/// in another place.
const OTHER_PLACES: &[OwnPlace] = &[Folder("find"), Folder("assets"), Folder("map"), Folder("changes")];

const fn unlisted(place: OwnPlace, jobs: fn(&Portal<'_>) -> Vec<Job>) -> OwnPage {
    OwnPage { key: "", place, count: NO_COUNT, jobs }
}

/// Addresses that documents, attachments and aliases cannot have.
pub fn places() -> Vec<OwnPlace> {
    OWN_PAGES.iter().map(|page| page.place).chain(OTHER_PLACES.iter().copied()).collect()
}

/// Own pages of the navigation, in its order.
pub(crate) fn listed() -> Vec<Listed> {
    let listed = |page: &OwnPage| Listed { key: page.key, path: page.place.path(), count: page.count };
    OWN_PAGES.iter().filter(|page| !page.key.is_empty()).map(listed).collect()
}

/// Every file of the site but the search index, and the theme's and the handbook's assets.
pub(crate) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    OWN_PAGES.iter().flat_map(|page| (page.jobs)(portal)).collect()
}

/// Every file of the search index.
pub(crate) fn index(portal: &Portal<'_>) -> Vec<Job> {
    search::index(portal)
}

/// Pages that can be printed: documents, pages, and pages of print for a handbook of any length.
pub(crate) fn printable(portal: &Portal<'_>) -> Vec<Job> {
    [home::jobs, document::jobs, print::every].iter().flat_map(|kind| kind(portal)).collect()
}
