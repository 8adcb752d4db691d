//! The addresses of Clausebook's own pages.

use crate::id::{ClauseKey, StandardIndex};
use crate::standard::Standards;
use crate::url::SitePath;

/// The feed of changes.
pub(crate) const FEED: &str = "feed.xml";

/// The page for unknown addresses. A server may show it at any depth, so its links start at the root of the base URL.
pub(crate) const NOT_FOUND: &str = "404.html";

/// The script with the handbook-wide data of every page.
pub(crate) const SITE_DATA: &str = "days/whole.js";

/// The address of an own page. All callers pass plain ASCII; a path that cannot be parsed gives the home page.
pub(crate) fn own_path(path: &str) -> SitePath {
    SitePath::parse(path).unwrap_or_else(|_| SitePath::page("index.md"))
}

/// The home page.
pub(crate) fn home() -> SitePath {
    own_path("index.html")
}

/// The page of a clause.
pub(crate) fn clause(standards: &Standards, key: ClauseKey) -> SitePath {
    let standard = &standards.catalogue(key.standard).id;
    own_path(&format!("clauses/{standard}/{}.html", standards.clause(key).id))
}

/// The list of a standard's clauses.
pub(crate) fn clauses(standards: &Standards, standard: StandardIndex) -> SitePath {
    own_path(&format!("clauses/{}/index.html", standards.catalogue(standard).id))
}

/// A page that each standard has: `matrix.html` for the main one, `matrix-iso27001.html` for another.
pub(crate) fn standard_path(standards: &Standards, standard: StandardIndex, name: &str, ending: &str) -> SitePath {
    if standards.main() == Some(standard) {
        return own_path(&format!("{name}.{ending}"));
    }
    own_path(&format!("{name}-{}.{ending}", standards.catalogue(standard).id))
}

/// The pages of documented information: one for each standard to cover that has any. The navigation links to the first.
pub(crate) fn information(standards: &Standards) -> impl Iterator<Item = (StandardIndex, SitePath)> + '_ {
    let with_items = standards.to_cover().filter(|standard| standards.items(*standard).next().is_some());
    with_items.map(|standard| (standard, standard_path(standards, standard, "information", "html")))
}

/// The address of one part of a split page. The first part keeps the page's own address.
pub(crate) fn part_path(first: &SitePath, number: usize) -> SitePath {
    if number <= 1 { first.clone() } else { first.numbered(number) }
}

/// The statement of applicability of a standard, including the main one.
pub(crate) fn applicability(standards: &Standards, standard: StandardIndex) -> SitePath {
    own_path(&format!("applicability-{}.html", standards.catalogue(standard).id))
}
