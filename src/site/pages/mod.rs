//! The pages of the portal. Each kind has its own module and an entry in [`OWN_PAGES`].

mod acknowledgements;
mod actions;
mod ages;
mod attention;
mod audit;
mod calendar;
mod certificate;
mod changes;
mod clause;
mod columns;
mod crosswalk;
mod data;
mod days;
mod document;
mod entry_grids;
mod entry_lists;
mod entry_sheets;
mod feed;
mod findings;
mod forecast;
mod gaps;
mod history;
mod home;
mod information;
mod listing;
mod management_reviews;
mod map;
mod matrix;
mod measures;
mod nonconformities;
mod not_found;
mod open_entries;
mod parties;
mod practices;
mod previews;
mod print;
mod programme;
mod readiness;
mod register;
mod related;
mod reviews;
mod risks;
mod row_data;
mod search;
mod sitemap;
mod versions;
mod workbook;

pub(in crate::site) use print::documents_of;

use super::job::Job;
use super::own_pages::{
    CountFn, ListedPage, NO_COUNT, count_findings, count_gaps, count_open_nonconformities, count_overdue_actions,
};
use super::portal::Portal;
use super::theme::{Theme, ThemeError};
use super::write::MANIFEST_NAME;
use crate::assess::DeadlineKind;
use crate::url::OwnPlace;
use OwnPlace::{Data, File, Folder, Free, Names, Page, Parts};

/// A kind of page or other file that Clausebook generates.
struct OwnPage {
    /// The key in the navigation, with the label `pages.KEY`; empty if the navigation does not list it.
    key: &'static str,
    /// The reserved address, which the navigation links to.
    place: OwnPlace,
    /// The section of the navigation; empty for the home page, which is above all sections.
    section: &'static str,
    /// The count beside it in the navigation.
    count: CountFn,
    /// Returns its files.
    jobs: fn(&Portal<'_>) -> Vec<Job>,
    /// Whether it depends on states and verdicts, so that it is left out of editions without figures.
    needs_figures: bool,
}

/// All kinds, those in the navigation in the order of the navigation. Jobs, navigation, search, sitemap and reserved
/// addresses are derived from this table.
const OWN_PAGES: &[OwnPage] = &[
    listed_in("home", "", Free("index.html"), home::jobs),
    needing_figures(listed_in("matrix", "coverage", Parts("matrix"), matrix::jobs)),
    OwnPage { count: count_gaps, ..needing_figures(listed_in("gaps", "coverage", Parts("gaps"), gaps::jobs)) },
    needing_figures(listed_in("information", "coverage", Parts("information"), information::jobs)),
    needing_figures(listed_in("practices", "coverage", Page("practices"), practices::jobs)),
    needing_figures(listed_in("history", "coverage", Page("history"), history::jobs)),
    OwnPage {
        count: count_findings,
        ..needing_figures(listed_in("findings", "reviews", Parts("findings"), findings::jobs))
    },
    needing_figures(listed_in("calendar", "reviews", Parts("calendar"), calendar::jobs)),
    listed_in("changes", "reviews", Parts("changes"), changes::jobs),
    needing_figures(listed_in("ages", "reviews", Page("ages"), ages::jobs)),
    listed_in("audits", "records", Folder("audits"), programme::jobs),
    OwnPage {
        count: count_open_nonconformities,
        ..listed_in("nonconformities", "records", Parts("nonconformities"), nonconformities::jobs)
    },
    OwnPage { count: count_overdue_actions, ..listed_in("actions", "records", Parts("actions"), actions::jobs) },
    listed_in("improvements", "records", Parts("improvements"), nonconformities::improvement_jobs),
    listed_in("risks", "records", Parts("risks"), risks::jobs),
    listed_in("objectives", "records", Parts("objectives"), measures::objective_jobs),
    listed_in("indicators", "records", Parts("indicators"), measures::jobs),
    listed_in("management_reviews", "records", Parts("management-reviews"), management_reviews::jobs),
    listed_in("requirements", "records", Parts("requirements"), entry_lists::requirements),
    listed_in("issues", "records", Parts("issues"), entry_lists::issues),
    listed_in("competences", "records", Parts("competences"), entry_lists::competences),
    needing_figures(listed_in("acknowledgements", "records", Page("acknowledgements"), acknowledgements::jobs)),
    needing_figures(listed_in("certificate", "records", Page("certificate"), certificate::jobs)),
    listed_in("services", "records", Folder("services"), parties::services),
    listed_in("suppliers", "records", Folder("suppliers"), parties::suppliers),
    listed_in("locations", "records", Folder("locations"), parties::locations),
    listed_in("register", "lists", Parts("register"), register::jobs),
    listed_in("owners", "lists", Folder("owners"), listing::owners),
    listed_in("types", "lists", Folder("types"), listing::types),
    listed_in("roles", "lists", Folder("roles"), listing::roles),
    listed_in("tags", "lists", Folder("tags"), listing::tags),
    listed_in("map", "lists", Page("map"), map::jobs),
    listed_in("print", "lists", Folder("print"), print::jobs),
    needing_figures(unlisted(Folder("states"), listing::states)),
    unlisted(Parts("acknowledgement-counts"), entry_lists::acknowledgements),
    unlisted(Folder("groups"), listing::groups),
    needing_figures(unlisted(Parts("applicability"), information::applicability_jobs)),
    unlisted(Free(""), document::jobs),
    unlisted(Folder("clauses"), clause::jobs),
    unlisted(Free(""), audit::jobs),
    unlisted(Folder("crosswalk"), crosswalk::jobs),
    unlisted(Page("404"), not_found::jobs),
    unlisted(Page("search"), search::jobs),
    unlisted(Data("assessment"), data::jobs),
    needing_figures(unlisted(Folder("days"), days::jobs)),
    unlisted(Folder("versions"), versions::jobs),
    unlisted(Folder("previews"), previews::jobs),
    unlisted(Folder("rows"), row_data::jobs),
    unlisted(File("feed.xml"), feed::jobs),
    needing_figures(unlisted(File("deadlines.ics"), reviews::jobs)),
    needing_figures(unlisted(File("deadlines.csv"), reviews::csv_jobs)),
    unlisted(File("sitemap.xml"), sitemap::jobs),
    unlisted(File("register.xlsx"), workbook::jobs),
];

/// Addresses of other generated files: the search index, the theme's assets, parts of the pages above with different
/// addresses, and the build manifest.
const OTHER_RESERVED_PLACES: &[OwnPlace] = &[
    Folder("find"),
    Folder("assets"),
    Folder("changes"),
    Folder("calendar"),
    Names("calendar", DeadlineKind::WORDS),
    Names("calendar", &["overdue"]),
    File(MANIFEST_NAME),
];

const fn listed_in(
    key: &'static str,
    section: &'static str,
    place: OwnPlace,
    jobs: fn(&Portal<'_>) -> Vec<Job>,
) -> OwnPage {
    OwnPage { key, place, section, count: NO_COUNT, jobs, needs_figures: false }
}

const fn needing_figures(page: OwnPage) -> OwnPage {
    OwnPage { needs_figures: true, ..page }
}

const fn unlisted(place: OwnPlace, jobs: fn(&Portal<'_>) -> Vec<Job>) -> OwnPage {
    listed_in("", "", place, jobs)
}

/// Addresses that documents, attachments and aliases must not use.
pub fn reserved_places() -> Vec<OwnPlace> {
    OWN_PAGES.iter().map(|page| page.place).chain(OTHER_RESERVED_PLACES.iter().copied()).collect()
}

/// The own pages of the navigation, in order.
pub fn navigation_pages() -> Vec<ListedPage> {
    let listed_page = |page: &OwnPage| ListedPage {
        key: page.key,
        path: page.place.path(),
        section: page.section,
        count: page.count,
        needs_figures: page.needs_figures,
    };
    OWN_PAGES.iter().filter(|page| !page.key.is_empty()).map(listed_page).collect()
}

/// All files of the site except the search index and the assets of the theme and the handbook.
pub(crate) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let is_shown = |page: &&OwnPage| portal.shows_figures() || !page.needs_figures;
    OWN_PAGES.iter().filter(is_shown).flat_map(|page| (page.jobs)(portal)).collect()
}

/// Makes a single file; `None` if there is none at this path.
pub(crate) fn make_file(portal: &Portal<'_>, theme: &Theme, path: &str) -> Option<Result<Vec<u8>, ThemeError>> {
    let jobs = jobs(portal);
    jobs.iter().find(|job| job.path.as_str() == path).map(|job| job.make(portal, theme))
}

/// All files of the search index.
pub(crate) fn search_index_jobs(portal: &Portal<'_>) -> Vec<Job> {
    search::index(portal)
}

/// All printable pages: documents, pages, and print pages for handbooks of any length.
pub(crate) fn printable_jobs(portal: &Portal<'_>) -> Vec<Job> {
    [home::jobs, document::jobs, print::all_jobs].iter().flat_map(|kind| kind(portal)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_know_every_page_of_the_navigation() {
        let listed: Vec<&str> =
            navigation_pages().iter().filter(|page| !page.section.is_empty()).map(|page| page.key).collect();
        assert_eq!(listed, crate::config::LISTED_PAGES);
        let sections = listed_sections();
        assert!(sections.iter().all(|section| crate::config::SECTIONS.contains(section)), "{sections:?}");
    }

    fn listed_sections() -> Vec<&'static str> {
        navigation_pages().iter().map(|page| page.section).filter(|section| !section.is_empty()).collect()
    }
}
