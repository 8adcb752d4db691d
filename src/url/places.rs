//! Places that Clausebook keeps for itself, and places beside one that is taken.

use super::SitePath;

/// Files at the top of the site that Clausebook writes itself; a split page adds a number to its name.
const OWN_FILES: [&str; 9] =
    ["matrix", "gaps", "register", "findings", "calendar", "search", "404", "assessment", "changes"];
/// Files at the top of the site that nothing else there can be confused with.
const OWN_FEEDS: [&str; 3] = ["feed.xml", "reviews.ics", "sitemap.xml"];
/// Folders of the site that Clausebook fills itself.
const OWN_FOLDERS: [&str; 11] =
    ["assets", "clauses", "crosswalk", "find", "groups", "map", "owners", "previews", "print", "roles", "types"];

impl SitePath {
    /// Whether the place is kept for Clausebook's own pages. The home page is not: a handbook may write its own.
    pub(crate) fn is_reserved(&self) -> bool {
        let path = self.folded();
        match path.as_str().split_once('/') {
            Some((folder, _)) => OWN_FOLDERS.contains(&folder),
            None => OWN_FEEDS.contains(&path.as_str()) || OWN_FILES.iter().any(|own| is_own_file(path.as_str(), own)),
        }
    }

    /// The place itself, or one outside what is kept: `doc-matrix.html` for `matrix.html`.
    pub(crate) fn unreserved(&self) -> SitePath {
        if self.is_reserved() { SitePath(format!("doc-{}", self.as_str()).into()) } else { self.clone() }
    }

    /// The place beside a taken one: `change-2.html` for `change.html`.
    pub(crate) fn numbered(&self, number: usize) -> SitePath {
        let path = self.as_str();
        let name_at = path.rfind('/').map_or(0, |slash| slash + 1);
        let dot = path[name_at..].rfind('.').map_or(path.len(), |dot| name_at + dot);
        let (stem, ending) = path.split_at(dot);
        SitePath(format!("{stem}-{number}{ending}").into())
    }

    /// The path with a fragment behind it, as a URL from the site's root.
    pub(crate) fn with_fragment(&self, fragment: &str) -> String {
        let elsewhere = SitePath("-".into());
        match fragment {
            "" => self.as_str().to_owned(),
            _ => self.fragment_relative_to(&elsewhere, fragment),
        }
    }
}

/// Whether a file is an own one, a part of it (`register-2.html`), or that of another standard (`gaps-iso27001.csv`).
fn is_own_file(path: &str, own: &str) -> bool {
    let rest = path.strip_prefix(own);
    rest.is_some_and(|rest| rest.starts_with('.') || (rest.starts_with('-') && own != "404" && own != "search"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_places_are_kept_and_the_home_page_is_free() {
        let reserved = |path: &str| SitePath::parse(path).expect("a path").is_reserved();
        for path in [
            "matrix.html",
            "Matrix.html",
            "register-2.html",
            "gaps-iso27001.csv",
            "clauses/x.html",
            "assessment.json",
            "feed.xml",
        ] {
            assert!(reserved(path), "{path}");
        }
        for path in ["index.html", "matrices.html", "search-team.html", "8.6/clauses/x.html", "feed.html"] {
            assert!(!reserved(path), "{path}");
        }
    }

    #[test]
    fn a_place_beside_a_kept_one_is_free() {
        for path in ["matrix.html", "register-2.html", "clauses/x/y.html", "404.html"] {
            assert!(!SitePath::parse(path).expect("a path").unreserved().is_reserved(), "{path}");
        }
    }

    #[test]
    fn a_numbered_place_keeps_its_ending() {
        let path = SitePath::parse("8.6-resolution/incident.html").expect("a path");
        assert_eq!(path.numbered(2).as_str(), "8.6-resolution/incident-2.html");
        assert_eq!(path.with_fragment("größe"), "8.6-resolution/incident.html#gr%C3%B6%C3%9Fe");
    }
}
