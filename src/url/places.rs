//! Addresses that Clausebook reserves for itself, and alternatives to addresses that are taken.

use std::collections::{BTreeMap, BTreeSet};

use super::{SitePath, push_fragment};

/// Addresses of the site that Clausebook reserves for its own pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnPlace {
    /// Nothing is reserved: a page at this address that a document may replace, such as the home page.
    Free(&'static str),
    /// `NAME.html`, and every top-level file whose name before the first dot is this one, such as `NAME.json`.
    Page(&'static str),
    /// The same, and files whose names continue after a hyphen: parts (`register-2.html`), other standards
    /// (`gaps-iso27001.csv`).
    Parts(&'static str),
    /// `NAME.json` and `NAME.schema.json`; there is no page.
    Data(&'static str),
    /// A single top-level file.
    File(&'static str),
    /// A top-level folder with all its content.
    Folder(&'static str),
    /// Pages in a folder, by their names, and parts of them (`review-2.html`).
    Names(&'static str, &'static [&'static str]),
}

impl OwnPlace {
    /// The representative address, from the site's root.
    pub fn path(self) -> String {
        match self {
            OwnPlace::Free(path) | OwnPlace::File(path) => path.to_owned(),
            OwnPlace::Page(name) | OwnPlace::Parts(name) => format!("{name}.html"),
            OwnPlace::Data(name) => format!("{name}.json"),
            OwnPlace::Folder(name) | OwnPlace::Names(name, _) => format!("{name}/index.html"),
        }
    }

    /// The start of its file names; `None` if nothing is reserved.
    fn name(self) -> Option<&'static str> {
        match self {
            OwnPlace::Free(_) => None,
            OwnPlace::Page(name)
            | OwnPlace::Parts(name)
            | OwnPlace::Data(name)
            | OwnPlace::File(name)
            | OwnPlace::Folder(name)
            | OwnPlace::Names(name, _) => Some(name),
        }
    }
}

/// Extensions of the files that Clausebook writes at the top of the site.
const ENDINGS: [&str; 5] = ["html", "csv", "json", "schema.json", "xlsx"];

/// A folder that Clausebook writes to, and a test for the names in it that are reserved.
struct OwnFolder {
    name: &'static str,
    is_reserved: fn(&ReservedPlaces<'_>, &str) -> bool,
}

/// Folders in which only some names are reserved.
const OWN_FOLDERS: [OwnFolder; 21] = [
    OwnFolder {
        name: "assets",
        is_reserved: |places, file| places.theme.contains(file) || THEME_FILES.contains(&file),
    },
    OwnFolder { name: "audits", is_reserved: |places, file| places.is_named("audits", file) },
    OwnFolder { name: "calendar", is_reserved: |_, file| is_month(file) },
    OwnFolder { name: "changes", is_reserved: |_, file| is_quarter(file) },
    OwnFolder { name: "clauses", is_reserved: |places, path| places.is_clause(path) },
    OwnFolder { name: "crosswalk", is_reserved: |places, file| places.is_named("crosswalk", file) },
    OwnFolder { name: "days", is_reserved: |_, path| path.ends_with(".js") },
    OwnFolder { name: "find", is_reserved: |_, path| path.ends_with(".js") },
    OwnFolder { name: "groups", is_reserved: |_, file| is_group(file) },
    OwnFolder { name: "locations", is_reserved: |places, file| places.is_named("locations", file) },
    OwnFolder { name: "owners", is_reserved: |places, file| places.is_named("owners", file) },
    OwnFolder { name: "previews", is_reserved: |_, file| file.ends_with(".js") },
    OwnFolder { name: "print", is_reserved: |_, file| file == "index.html" || is_group(file) },
    OwnFolder { name: "roles", is_reserved: |places, file| places.is_named("roles", file) },
    OwnFolder { name: "rows", is_reserved: |_, file| file.ends_with(".js") },
    OwnFolder { name: "services", is_reserved: |places, file| places.is_named("services", file) },
    OwnFolder { name: "states", is_reserved: |_, file| is_state(file) },
    OwnFolder { name: "suppliers", is_reserved: |places, file| places.is_named("suppliers", file) },
    OwnFolder { name: "tags", is_reserved: |places, file| places.is_named("tags", file) },
    OwnFolder { name: "versions", is_reserved: |_, path| is_version(path) },
    OwnFolder { name: "types", is_reserved: |places, file| places.is_named("types", file) },
];

/// Files of the built-in theme, in the site's folder `assets`.
pub(crate) const THEME_FILES: [&str; 21] = [
    "book.css",
    "brand.css",
    "days.js",
    "find.js",
    "fold.js",
    "icon.svg",
    "kept.js",
    "pages.css",
    "pictures.css",
    "pictures.js",
    "portal.css",
    "portal.js",
    "preview.css",
    "preview.js",
    "print.css",
    "registers.css",
    "search.js",
    "tables.js",
    "theme.js",
    "ticks.js",
    "words.js",
];

/// The addresses in a site that are reserved for Clausebook's own pages and files, limited to those that the portal
/// uses.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReservedPlaces<'a> {
    table: &'a [OwnPlace],
    standards: BTreeSet<String>,
    theme: BTreeSet<String>,
    names: ReservedNames,
}

/// The reserved addresses that depend on the handbook's content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ReservedNames {
    /// Pages of names: owners, roles, types, bodies of knowledge, entries; in lower case.
    pages: BTreeSet<String>,
    /// Folders in which documents have additional pages, by their path in lower case.
    folders: BTreeMap<String, String>,
    /// Names of entries in the table that the portal does not use.
    unused: BTreeSet<&'static str>,
}

impl<'a> ReservedPlaces<'a> {
    /// The addresses of a table, in a portal with these standards and these custom theme files.
    pub(crate) fn new<'n>(
        table: &'a [OwnPlace],
        standards: impl Iterator<Item = &'n str>,
        theme: impl Iterator<Item = &'n str>,
    ) -> ReservedPlaces<'a> {
        let folded = |name: &str| name.to_ascii_lowercase();
        let (standards, theme) = (standards.map(folded).collect(), theme.map(folded).collect());
        ReservedPlaces { table, standards, theme, names: ReservedNames::default() }
    }

    /// The addresses that depend on the handbook's content.
    pub(crate) fn names(&self) -> &ReservedNames {
        &self.names
    }

    /// Releases the addresses of a name that the portal does not use.
    pub(crate) fn release(&mut self, name: &'static str) {
        self.names.unused.insert(name);
    }

    /// Reserves the folder for the versions of a document.
    pub(crate) fn reserve_versions(&mut self, id: &str) {
        let folder = format!("versions/{id}");
        self.names.folders.entry(folder.to_ascii_lowercase()).or_insert(folder);
    }

    /// The portal's spelling of a folder that it writes to, by its path in lower case.
    pub(crate) fn folder(&self, folded: &str) -> Option<&str> {
        let own_folder = self.used_entries(folded).find_map(|place| match place {
            OwnPlace::Folder(name) if name == folded => Some(name),
            _ => None,
        });
        own_folder.or_else(|| self.names.folders.get(folded).map(String::as_str))
    }

    /// Reserves the page of a name in a folder, such as an owner's, and the list of all names.
    pub(crate) fn reserve(&mut self, folder: &str, name: &str) {
        self.reserve_page(folder, &SitePath::page(&format!("{folder}/{}", name.replace('/', "-"))));
    }

    /// Reserves the page of a name in a folder without a list.
    pub(crate) fn reserve_unlisted(&mut self, folder: &str, name: &str) {
        self.names.pages.insert(SitePath::page(&format!("{folder}/{name}")).folded().as_str().to_owned());
    }

    /// Reserves a page in a folder, and the list of all pages there.
    pub(crate) fn reserve_page(&mut self, folder: &str, page: &SitePath) {
        self.names.pages.insert(page.folded().as_str().to_owned());
        self.names.pages.insert(format!("{folder}/index.html"));
    }

    /// The entries of the table that the portal uses and that may reserve a path. Most are ruled out by its first byte.
    fn used_entries(&self, path: &str) -> impl Iterator<Item = OwnPlace> + '_ {
        let first = path.bytes().next();
        let may_reserve = move |name: &str| name.bytes().next() == first && !self.names.unused.contains(name);
        self.table.iter().copied().filter(move |place| place.name().is_some_and(may_reserve))
    }

    /// Whether an address is reserved. The home page is not: a handbook may provide its own.
    pub(crate) fn is_reserved(&self, path: &SitePath) -> bool {
        let path = path.folded();
        let path = path.as_str();
        self.used_entries(path).any(|place| match place {
            OwnPlace::Free(_) => false,
            OwnPlace::File(name) => path == name,
            OwnPlace::Data(name) => {
                path.strip_prefix(name).is_some_and(|ending| matches!(ending, ".json" | ".schema.json"))
            }
            OwnPlace::Page(name) => self.is_page(path, name, false),
            OwnPlace::Parts(name) => self.is_page(path, name, true),
            OwnPlace::Names(folder, names) => {
                let stem = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')?.strip_suffix(".html"));
                stem.is_some_and(|stem| names.contains(&without_part(stem)))
            }
            OwnPlace::Folder(name) => {
                let below = path.strip_prefix(name).and_then(|rest| rest.strip_prefix('/'));
                path == name || below.is_some_and(|below| self.is_reserved_in(name, below))
            }
        })
    }

    /// Whether a file is a reserved page, a part of it (`register-2.html`), or that of another standard
    /// (`gaps-iso27001.csv`).
    fn is_page(&self, path: &str, name: &str, has_parts: bool) -> bool {
        let Some((between, ending)) = path.strip_prefix(name).and_then(|rest| rest.split_once('.')) else {
            return false;
        };
        if !ENDINGS.contains(&ending) {
            return false;
        }
        let Some(between) = between.strip_prefix('-') else { return between.is_empty() };
        let (standard, number) = between.rsplit_once('-').unwrap_or((between, "2"));
        let is_standard = |name| self.standards.contains(name);
        has_parts && (is_number(between) || is_standard(between) || (is_number(number) && is_standard(standard)))
    }

    /// Whether a path below a reserved folder is reserved.
    fn is_reserved_in(&self, folder: &str, below: &str) -> bool {
        OWN_FOLDERS.iter().find(|own| own.name == folder).is_none_or(|own| (own.is_reserved)(self, below))
    }

    /// Whether a path below `clauses` is the page of a clause (`iso20000-1/8.6.html`), or the folder of a standard.
    fn is_clause(&self, path: &str) -> bool {
        match path.split_once('/') {
            Some((standard, file)) => self.is_named(&format!("clauses/{standard}"), file),
            None => self.standards.contains(path),
        }
    }

    /// Whether a file is the page of a name, a numbered alternative to it, or its calendar.
    fn is_named(&self, folder: &str, file: &str) -> bool {
        let stem = file.strip_suffix(".html").or_else(|| file.strip_suffix(".ics"));
        let has_page = |stem: &str| self.names.pages.contains(&format!("{folder}/{stem}.html"));
        stem.is_some_and(|stem| {
            has_page(stem) || stem.rsplit_once('-').is_some_and(|(stem, number)| is_number(number) && has_page(stem))
        })
    }
}

/// Whether a path is a page about a document's versions: `POL-CHG-001/index.html`.
fn is_version(path: &str) -> bool {
    let page = path.split_once('/').map(|(_, page)| page);
    page.is_some_and(|page| matches!(page, "index.html" | "changes.html" | "before.html"))
}

/// Whether a file is the page of a quarter, or a part of it: `2026-q4.html`, `2026-q4-2.html`, `undated.html`.
fn is_quarter(file: &str) -> bool {
    let Some(stem) = file.strip_suffix(".html") else { return false };
    let mut parts = stem.split('-');
    let is_undated = |part: &str| part == "undated";
    let begins = match parts.next() {
        Some(year) if !is_undated(year) => {
            let quarter = parts.next().and_then(|part| part.strip_prefix('q'));
            year.len() == 4 && is_number(year) && quarter.is_some_and(|digit| matches!(digit, "1" | "2" | "3" | "4"))
        }
        first => first.is_some_and(is_undated),
    };
    begins && parts.next().is_none_or(is_number) && parts.next().is_none()
}

/// Whether a file is the page of a month, or a part of it: `2026-11.html`, `2026-11-2.html`.
fn is_month(file: &str) -> bool {
    let Some(stem) = file.strip_suffix(".html") else { return false };
    let mut parts = stem.split('-');
    let mut has_number = |length| parts.next().is_some_and(|part| part.len() == length && is_number(part));
    has_number(4) && has_number(2) && parts.next().is_none_or(is_number) && parts.next().is_none()
}

/// The name of a page without the number of its part.
fn without_part(stem: &str) -> &str {
    stem.rsplit_once('-').filter(|(_, number)| is_number(number)).map_or(stem, |(stem, _)| stem)
}

/// Whether a file is the page of a group of clauses, or a part of it: `8.6.html`, `8.6-2.html`, `other.html`.
fn is_group(file: &str) -> bool {
    let Some(stem) = file.strip_suffix(".html") else { return false };
    let stem = without_part(stem);
    let numbers = stem.strip_prefix("a.").unwrap_or(stem);
    stem == "other" || stem == "a" || numbers.split('.').all(is_number)
}

/// Whether a file is the list of documents in a state, or a part of it.
fn is_state(file: &str) -> bool {
    let Some(stem) = file.strip_suffix(".html") else { return false };
    let stem = without_part(stem);
    ["retired", "draft", "in-review", "future", "changed", "overdue", "due-soon", "current"].contains(&stem)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl SitePath {
    /// An address outside the reserved ones: `doc-matrix.html` for `matrix.html`.
    pub(crate) fn outside_reserved(&self) -> SitePath {
        SitePath(format!("doc-{}", self.as_str()).into())
    }

    /// A numbered alternative to a taken address: `change-2.html` for `change.html`.
    pub(crate) fn numbered(&self, number: usize) -> SitePath {
        let path = self.as_str();
        let name_at = path.rfind('/').map_or(0, |slash| slash + 1);
        let dot = path[name_at..].rfind('.').map_or(path.len(), |dot| name_at + dot);
        let (stem, ending) = path.split_at(dot);
        SitePath(format!("{stem}-{number}{ending}").into())
    }

    /// The path with a fragment, as a URL relative to the site's root.
    pub(crate) fn with_fragment(&self, fragment: &str) -> String {
        let mut url = String::with_capacity(self.as_str().len() + 1 + fragment.len());
        url.push_str(self.as_str());
        if !fragment.is_empty() {
            push_fragment(&mut url, fragment);
        }
        url
    }
}

#[cfg(test)]
mod tests;
