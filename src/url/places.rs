//! Addresses that Clausebook keeps for itself, and addresses beside one that is taken.

use super::SitePath;

/// Addresses of the site that Clausebook keeps for its own pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnPlace {
    /// None: a page at this address that a document may stand in for, such as the home page.
    Free(&'static str),
    /// `NAME.html`, and every file at the top whose name is this one before its first dot, such as `NAME.json`.
    Page(&'static str),
    /// The same, and files whose names go on behind a hyphen: parts (`register-2.html`), other standards
    /// (`gaps-iso27001.csv`).
    Parts(&'static str),
    /// One file at the top.
    File(&'static str),
    /// A folder at the top, with all in it.
    Folder(&'static str),
}

impl OwnPlace {
    /// The address that stands for the place, from the site's root.
    pub fn path(self) -> String {
        match self {
            OwnPlace::Free(path) | OwnPlace::File(path) => path.to_owned(),
            OwnPlace::Page(name) | OwnPlace::Parts(name) => format!("{name}.html"),
            OwnPlace::Folder(name) => format!("{name}/index.html"),
        }
    }

    /// Whether a file is kept from others; `path` is in lower case.
    fn keeps(self, path: &str) -> bool {
        let is_at_top = !path.contains('/');
        match self {
            OwnPlace::Free(_) => false,
            OwnPlace::File(name) => path == name,
            OwnPlace::Page(name) => is_at_top && path.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')),
            OwnPlace::Parts(name) => {
                is_at_top && path.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', '-']))
            }
            OwnPlace::Folder(name) => path.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')),
        }
    }
}

impl SitePath {
    /// Whether one of these places is kept for Clausebook's own pages and holds this address.
    pub(crate) fn is_reserved(&self, own: &[OwnPlace]) -> bool {
        let path = self.folded();
        own.iter().any(|place| place.keeps(path.as_str()))
    }

    /// The address itself, or one outside what is kept: `doc-matrix.html` for `matrix.html`.
    pub(crate) fn unreserved(&self, own: &[OwnPlace]) -> SitePath {
        if self.is_reserved(own) { SitePath(format!("doc-{}", self.as_str()).into()) } else { self.clone() }
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

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &[OwnPlace] = &[
        OwnPlace::Free("index.html"),
        OwnPlace::Parts("gaps"),
        OwnPlace::Page("search"),
        OwnPlace::File("feed.xml"),
        OwnPlace::Folder("clauses"),
    ];

    #[test]
    fn own_places_are_kept_and_what_lies_beside_them_is_free() {
        let reserved = |path: &str| SitePath::parse(path).expect("a path").is_reserved(OWN);
        let kept =
            ["gaps.html", "Gaps.html", "gaps-2.html", "gaps-iso27001.csv", "search.html", "clauses/x.html", "feed.xml"];
        for path in kept {
            assert!(reserved(path), "{path}");
        }
        for path in ["index.html", "gapsed.html", "search-team.html", "8.6/clauses/x.html", "feed.html", "a/gaps.html"]
        {
            assert!(!reserved(path), "{path}");
        }
    }

    #[test]
    fn an_address_beside_a_kept_one_is_free() {
        for path in ["gaps.html", "gaps-2.html", "clauses/x/y.html", "search.html"] {
            assert!(!SitePath::parse(path).expect("a path").unreserved(OWN).is_reserved(OWN), "{path}");
        }
    }

    #[test]
    fn a_numbered_place_keeps_its_ending() {
        let path = SitePath::parse("8.6-resolution/incident.html").expect("a path");
        assert_eq!(path.numbered(2).as_str(), "8.6-resolution/incident-2.html");
        assert_eq!(path.with_fragment("größe"), "8.6-resolution/incident.html#gr%C3%B6%C3%9Fe");
    }
}
