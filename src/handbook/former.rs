//! Addresses that documents had on their former site, before they became a handbook.

use std::collections::hash_map::Entry;

use ahash::AHashMap;

use super::link::{PAGE_ENDINGS, is_within, join};
use super::lookup::LookupTarget;
use crate::language::is_language_tag;
use crate::url::is_web;

/// The prefix of addresses of anchors on a site's home page.
pub(crate) const HOME_PLACES: &str = "/#";

/// The addresses of the former site and their targets.
#[derive(Debug, Default)]
pub(crate) struct Former {
    /// Address prefixes, each with the folder or the web address that it leads to, the longest first.
    addresses: Vec<(String, String)>,
    /// Earlier addresses of documents.
    aliases: AHashMap<String, Alias>,
    /// The earlier addresses of each file, in normalized form.
    pages: AHashMap<Box<str>, Vec<String>>,
    /// The addresses among them that were derived from dates and titles.
    made: AHashMap<Box<str>, String>,
}

/// The target of an earlier address.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Alias {
    /// A document that lists it.
    Named(LookupTarget),
    /// A document from whose date and title it was derived, with the path of that document without its language.
    Made(LookupTarget, Box<str>),
    /// Two documents from which it was derived: it is unclear which one is meant.
    MadeTwice([LookupTarget; 2]),
}

impl Former {
    /// Sets where addresses lead.
    pub(super) fn lead_from(&mut self, addresses: &[(String, String)]) {
        self.addresses = addresses.to_vec();
    }

    /// Records the earlier addresses of a document. If two documents list the same one, the first keeps it.
    pub(super) fn remember<'a>(&mut self, path: &str, aliases: impl Iterator<Item = &'a str>, found: LookupTarget) {
        for alias in aliases {
            let plain = plain(alias);
            self.pages.entry(path.into()).or_default().push(plain.clone());
            match self.aliases.entry(plain) {
                Entry::Occupied(known) if matches!(known.get(), Alias::Named(_)) => {}
                entry => drop(entry.insert_entry(Alias::Named(found))),
            }
        }
    }

    /// Records the address derived from a document's date and title. If a document lists the same address, it still
    /// leads to that document.
    pub(super) fn remember_made(&mut self, path: &str, address: &str, found: LookupTarget) {
        let address = plain(address);
        self.pages.entry(path.into()).or_default().push(address.clone());
        self.made.insert(path.into(), address.clone());
        let page = without_language(path);
        match self.aliases.get_mut(&address) {
            None => drop(self.aliases.insert(address, Alias::Made(found, page.into()))),
            Some(alias) => {
                // A page and its translations may have had the same address, each in its own language.
                if let Alias::Made(first, known) = alias
                    && *first != found
                    && **known != *page
                {
                    *alias = Alias::MadeTwice([*first, found]);
                }
            }
        }
    }

    /// Whether a file had exactly these earlier addresses: those that it lists, and the derived one.
    pub(super) fn has_exactly<'a>(
        &self,
        path: &str,
        (named, made): (impl Iterator<Item = &'a str>, Option<&'a str>),
    ) -> bool {
        let known = self.pages.get(path).into_iter().flatten().map(String::as_str);
        known.eq(named.chain(made).map(plain)) && self.made.get(path).cloned() == made.map(plain)
    }

    /// Whether the settings say where addresses lead, as they do for a site that another generator built.
    pub(super) fn is_known(&self) -> bool {
        !self.addresses.is_empty()
    }

    /// Whether addresses lead to exactly these folders.
    pub(super) fn has_same_folders(&self, addresses: &[(String, String)]) -> bool {
        self.addresses == addresses
    }

    /// The paths that an address starting with `/` may mean according to the settings.
    pub(super) fn address_targets<'a>(&'a self, address: &'a str) -> impl Iterator<Item = String> + 'a {
        let below = |(beginning, folder): (&str, &str)| {
            let rest = strip_beginning(beginning, address)?;
            let below = if folder == "." { "" } else { folder };
            join(&format!("{below}/"), rest).filter(|path| is_within(path, folder))
        };
        self.folders().filter_map(below)
    }

    /// Whether a path is below a folder that addresses lead to.
    pub(super) fn is_address_target(&self, path: &str) -> bool {
        self.folders().any(|(_, folder)| is_within(path, folder))
    }

    /// The document that had an address: the one that lists it, or the only one from whose date and title it was derived.
    pub(super) fn by_alias(&self, address: &str, content: &str) -> Option<LookupTarget> {
        match self.alias(address, content)? {
            Alias::Named(found) | Alias::Made(found, _) => Some(*found),
            Alias::MadeTwice(_) => None,
        }
    }

    /// The two documents that had the same address, if it is ambiguous.
    pub(super) fn ambiguous_targets(&self, address: &str, content: &str) -> Option<[LookupTarget; 2]> {
        match self.alias(address, content)? {
            Alias::MadeTwice(both) => Some(*both),
            Alias::Named(_) | Alias::Made(..) => None,
        }
    }

    fn alias(&self, address: &str, content: &str) -> Option<&Alias> {
        let below = self.folders().filter(|(_, folder)| *folder == content);
        let rests = below.filter_map(|(beginning, _)| strip_beginning(beginning, address));
        let mut all = std::iter::once(address).chain(rests);
        all.find_map(|address| self.aliases.get(&plain(address)))
    }

    /// The web address of a part of the former site that stays there.
    pub(super) fn elsewhere(&self, address: &str) -> Option<String> {
        let web = self.addresses.iter().filter(|(_, to)| is_web(to));
        let mark = |beginning: &str| if beginning == HOME_PLACES { "#" } else { "" };
        let mut all = web.filter_map(|(beginning, to)| {
            Some(format!("{to}{}{}", mark(beginning), strip_beginning(beginning, address)?))
        });
        all.next()
    }

    /// The addresses that a file's page may have had, each as a folder without surrounding `/`.
    pub(super) fn of_page<'a>(&'a self, path: &'a str, content: &'a str) -> impl Iterator<Item = String> + 'a {
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let stem = ["index", "_index", "README"].iter().find_map(|name| stem.strip_suffix(name)).unwrap_or(stem);
        let root = ("/", content);
        let below = self.folders().chain([root]).filter_map(move |(beginning, folder)| {
            let rest = if folder == "." { stem } else { stem.strip_prefix(folder)?.strip_prefix('/')? };
            Some(format!("{beginning}{rest}").trim_matches('/').to_owned())
        });
        self.pages.get(path).into_iter().flatten().cloned().chain(below)
    }

    /// Prefixes that lead to folders of the handbook.
    fn folders(&self) -> impl Iterator<Item = (&str, &str)> {
        let folders = self.addresses.iter().filter(|(_, to)| !is_web(to));
        folders.map(|(beginning, folder)| (beginning.as_str(), folder.as_str()))
    }
}

/// The rest of an address after a prefix.
fn strip_beginning<'a>(beginning: &str, address: &'a str) -> Option<&'a str> {
    let is_itself = beginning.strip_suffix('/') == Some(address);
    address.strip_prefix(beginning).or_else(|| is_itself.then_some(""))
}

/// Normalizes an address, so that all its variants are equal.
fn plain(address: &str) -> String {
    let bare = address.trim_matches('/');
    let bare = PAGE_ENDINGS.iter().find_map(|ending| bare.strip_suffix(ending)).unwrap_or(bare);
    let bare = bare.strip_suffix("/index").unwrap_or(bare);
    // A part of a pattern may be empty for a page.
    let names: Vec<&str> = bare.split('/').filter(|name| !name.is_empty()).collect();
    names.join("/").to_lowercase()
}

/// A path without the parts that give the language of a page: folders and extensions such as `fr`.
fn without_language(path: &str) -> String {
    let (stem, _) = path.rsplit_once('.').unwrap_or((path, ""));
    let stem = stem.rsplit_once('.').filter(|(_, end)| is_language_tag(end)).map_or(stem, |(stem, _)| stem);
    stem.split('/').filter(|name| !is_language_tag(name)).collect::<Vec<_>>().join("/")
}

/// A path without the numbers that some names start with to set their order: `02-access/1_rooms`.
pub(super) fn without_numbers(path: &str) -> String {
    let names: Vec<&str> = path.split('/').map(without_number).collect();
    names.join("/")
}

fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let bare = rest.trim_start_matches(['-', '_', '.', ' ']);
    if rest.len() == name.len() || bare.len() == rest.len() || bare.is_empty() { name } else { bare }
}

#[cfg(test)]
mod tests {
    use super::super::document::DocumentIndex;
    use super::*;

    fn former(addresses: &[(&str, &str)]) -> Former {
        let mut former = Former::default();
        let addresses = addresses.iter().map(|(beginning, to)| ((*beginning).to_owned(), (*to).to_owned()));
        former.lead_from(&addresses.collect::<Vec<_>>());
        former
    }

    #[test]
    fn earlier_addresses_are_found_however_they_are_written() {
        let mut former = former(&[("/docs/", "docs")]);
        former.remember("docs/a.md", ["/old/a/", "b.html"].into_iter(), LookupTarget::Document(DocumentIndex(1)));
        for address in ["/old/a", "/Old/A/", "/old/a/index.html", "/docs/old/a", "/b"] {
            assert_eq!(former.by_alias(address, "docs"), Some(LookupTarget::Document(DocumentIndex(1))), "{address}");
        }
        assert_eq!(former.by_alias("/old/", "docs"), None);
        let pages: Vec<String> = former.of_page("docs/a.md", "docs").collect();
        assert_eq!(pages, ["old/a", "b", "docs/a", "a"]);
    }

    #[test]
    fn an_address_that_was_made_of_two_documents_leads_to_neither() {
        let [one, two, three] = [1, 2, 3].map(|number| LookupTarget::Document(DocumentIndex(number)));
        let mut former = former(&[]);
        former.remember_made("docs/a.md", "/news/desk/", one);
        former.remember_made("docs/a.md", "/news/desk/", one);
        assert_eq!(
            (former.by_alias("/news/desk", "docs"), former.ambiguous_targets("/news/desk", "docs")),
            (Some(one), None)
        );
        former.remember_made("docs/b.md", "/news/Desk", two);
        assert_eq!(
            (former.by_alias("/news/desk", "docs"), former.ambiguous_targets("/news/desk/", "docs")),
            (None, Some([one, two]))
        );
        former.remember_made("docs/fr/e.md", "/one//e/", two);
        former.remember_made("docs/e.fr.md", "/one/e", three);
        former.remember_made("docs/e.md", "/one/e/", one);
        assert_eq!(former.by_alias("/one/e/", "docs"), Some(two), "a page in three languages");
        former.remember("docs/c.md", ["/news/desk/", "/x/"].into_iter(), three);
        former.remember_made("docs/d.md", "/x/", one);
        assert_eq!(former.by_alias("/news/desk", "docs"), Some(three));
        assert_eq!(former.by_alias("/x/", "docs"), Some(three), "it says so itself");
    }

    #[test]
    fn parts_kept_on_the_web_are_not_folders() {
        let former = former(&[("/api/", "https://example.org/api/"), ("/", "static")]);
        assert_eq!(former.elsewhere("/api/a.html").as_deref(), Some("https://example.org/api/a.html"));
        assert_eq!(former.elsewhere("/#news"), None);
        assert_eq!(former.elsewhere("/apis/"), None);
        assert_eq!(former.address_targets("/api/a.html").collect::<Vec<_>>(), ["static/api/a.html"]);
    }

    #[test]
    fn places_on_the_home_page_may_stay_on_the_web() {
        let former = former(&[(HOME_PLACES, "https://example.org/"), ("/", "static")]);
        assert_eq!(former.elsewhere("/#news").as_deref(), Some("https://example.org/#news"));
        assert_eq!(former.elsewhere("/news"), None);
        assert_eq!(former.elsewhere("/"), None);
    }

    #[test]
    fn numbers_that_only_order_names_are_left_out() {
        assert_eq!(without_numbers("02-access/1_rooms"), "access/rooms");
        assert_eq!(without_numbers("2024/07/3d"), "2024/07/3d");
    }
}
