//! Addresses that documents had on their former site, before they became a handbook.

use std::collections::hash_map::Entry;

use ahash::AHashMap;

use super::link::{PAGE_EXTENSIONS, is_within, join};
use super::lookup::LookupTarget;
use crate::language::is_language_tag;
use crate::url::is_web;

/// The prefix of addresses of anchors on a site's home page.
pub(crate) const HOME_ANCHOR_PREFIX: &str = "/#";

/// The addresses of the former site and their targets.
#[derive(Debug, Default)]
pub(crate) struct FormerSite {
    /// Address prefixes, each with the folder or the web address that it leads to, the longest first.
    addresses: Vec<(String, String)>,
    /// Earlier addresses of documents.
    aliases: AHashMap<String, Alias>,
    /// The earlier addresses of each file, in normalized form.
    pages: AHashMap<Box<str>, Vec<String>>,
    /// The addresses among them that were derived from dates and titles.
    derived: AHashMap<Box<str>, String>,
}

/// The target of an earlier address.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Alias {
    /// A document that lists it.
    Listed(LookupTarget),
    /// A document from whose date and title it was derived, with the path of that document without its language.
    Derived(LookupTarget, Box<str>),
    /// Two documents from which it was derived: it is unclear which one is meant.
    Ambiguous([LookupTarget; 2]),
}

impl FormerSite {
    /// Sets where addresses lead.
    pub(super) fn set_address_targets(&mut self, addresses: &[(String, String)]) {
        self.addresses = addresses.to_vec();
    }

    /// Records the earlier addresses of a document. If two documents list the same one, the first keeps it.
    pub(super) fn add_aliases<'a>(&mut self, path: &str, aliases: impl Iterator<Item = &'a str>, target: LookupTarget) {
        for alias in aliases {
            let plain = normalize(alias);
            self.pages.entry(path.into()).or_default().push(plain.clone());
            match self.aliases.entry(plain) {
                Entry::Occupied(known) if matches!(known.get(), Alias::Listed(_)) => {}
                entry => drop(entry.insert_entry(Alias::Listed(target))),
            }
        }
    }

    /// Records the address derived from a document's date and title. If a document lists the same address, it still
    /// leads to that document.
    pub(super) fn add_derived(&mut self, path: &str, address: &str, target: LookupTarget) {
        let address = normalize(address);
        self.pages.entry(path.into()).or_default().push(address.clone());
        self.derived.insert(path.into(), address.clone());
        let page = without_language(path);
        match self.aliases.get_mut(&address) {
            None => drop(self.aliases.insert(address, Alias::Derived(target, page.into()))),
            Some(alias) => {
                // A page and its translations may have had the same address, each in its own language.
                if let Alias::Derived(first, first_page) = alias
                    && *first != target
                    && **first_page != *page
                {
                    *alias = Alias::Ambiguous([*first, target]);
                }
            }
        }
    }

    /// Whether a file had exactly these earlier addresses: those that it lists, and the derived one.
    pub(super) fn has_exactly<'a>(
        &self,
        path: &str,
        listed: impl Iterator<Item = &'a str>,
        derived: Option<&'a str>,
    ) -> bool {
        let recorded = self.pages.get(path).into_iter().flatten().map(String::as_str);
        recorded.eq(listed.chain(derived).map(normalize)) && self.derived.get(path).cloned() == derived.map(normalize)
    }

    /// Whether the settings say where addresses lead, as they do for a site that another generator built.
    pub(super) fn is_configured(&self) -> bool {
        !self.addresses.is_empty()
    }

    /// Whether addresses lead to exactly these folders.
    pub(super) fn has_same_folders(&self, addresses: &[(String, String)]) -> bool {
        self.addresses == addresses
    }

    /// The paths that an address starting with `/` may mean according to the settings.
    pub(super) fn address_targets<'a>(&'a self, address: &'a str) -> impl Iterator<Item = String> + 'a {
        let below = |(beginning, folder): (&str, &str)| {
            let rest = strip_address_prefix(beginning, address)?;
            let below = if folder == "." { "" } else { folder };
            join(&format!("{below}/"), rest).filter(|path| is_within(path, folder))
        };
        self.folders().filter_map(below)
    }

    /// Whether a path is below a folder that addresses lead to.
    pub(super) fn is_address_target(&self, path: &str) -> bool {
        self.folders().any(|(_, folder)| is_within(path, folder))
    }

    /// The document that had an address: the one that lists it, or the only one from whose date and title it was
    /// derived.
    pub(super) fn by_alias(&self, address: &str, content: &str) -> Option<LookupTarget> {
        match self.alias(address, content)? {
            Alias::Listed(found) | Alias::Derived(found, _) => Some(*found),
            Alias::Ambiguous(_) => None,
        }
    }

    /// The two documents that had the same address, if it is ambiguous.
    pub(super) fn ambiguous_targets(&self, address: &str, content: &str) -> Option<[LookupTarget; 2]> {
        match self.alias(address, content)? {
            Alias::Ambiguous(both) => Some(*both),
            Alias::Listed(_) | Alias::Derived(..) => None,
        }
    }

    fn alias(&self, address: &str, content: &str) -> Option<&Alias> {
        let below = self.folders().filter(|(_, folder)| *folder == content);
        let rests = below.filter_map(|(beginning, _)| strip_address_prefix(beginning, address));
        let mut all = std::iter::once(address).chain(rests);
        all.find_map(|address| self.aliases.get(&normalize(address)))
    }

    /// The web address of a part of the former site that stays there.
    pub(super) fn external_address(&self, address: &str) -> Option<String> {
        let web = self.addresses.iter().filter(|(_, to)| is_web(to));
        let mark = |beginning: &str| if beginning == HOME_ANCHOR_PREFIX { "#" } else { "" };
        let mut all = web.filter_map(|(beginning, to)| {
            Some(format!("{to}{}{}", mark(beginning), strip_address_prefix(beginning, address)?))
        });
        all.next()
    }

    /// The addresses that a file's page may have had, each as a folder without surrounding `/`.
    pub(super) fn page_addresses<'a>(&'a self, path: &'a str, content: &'a str) -> impl Iterator<Item = String> + 'a {
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
fn strip_address_prefix<'a>(beginning: &str, address: &'a str) -> Option<&'a str> {
    let is_itself = beginning.strip_suffix('/') == Some(address);
    address.strip_prefix(beginning).or_else(|| is_itself.then_some(""))
}

/// Normalizes an address, so that all its variants are equal.
fn normalize(address: &str) -> String {
    let bare = address.trim_matches('/');
    let bare = PAGE_EXTENSIONS.iter().find_map(|ending| bare.strip_suffix(ending)).unwrap_or(bare);
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
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let bare = rest.trim_start_matches(['-', '_', '.', ' ']);
    if rest.len() == name.len() || bare.len() == rest.len() || bare.is_empty() { name } else { bare }
}

#[cfg(test)]
mod tests {
    use super::super::document::DocumentIndex;
    use super::*;

    fn former(addresses: &[(&str, &str)]) -> FormerSite {
        let mut former = FormerSite::default();
        let addresses = addresses.iter().map(|(beginning, to)| ((*beginning).to_owned(), (*to).to_owned()));
        former.set_address_targets(&addresses.collect::<Vec<_>>());
        former
    }

    #[test]
    fn earlier_addresses_are_found_however_they_are_written() {
        let mut former = former(&[("/docs/", "docs")]);
        former.add_aliases("docs/a.md", ["/old/a/", "b.html"].into_iter(), LookupTarget::Document(DocumentIndex(1)));
        for address in ["/old/a", "/Old/A/", "/old/a/index.html", "/docs/old/a", "/b"] {
            assert_eq!(former.by_alias(address, "docs"), Some(LookupTarget::Document(DocumentIndex(1))), "{address}");
        }
        assert_eq!(former.by_alias("/old/", "docs"), None);
        let pages: Vec<String> = former.page_addresses("docs/a.md", "docs").collect();
        assert_eq!(pages, ["old/a", "b", "docs/a", "a"]);
    }

    #[test]
    fn an_address_that_was_made_of_two_documents_leads_to_neither() {
        let [one, two, three] = [1, 2, 3].map(|number| LookupTarget::Document(DocumentIndex(number)));
        let mut former = former(&[]);
        former.add_derived("docs/a.md", "/news/desk/", one);
        former.add_derived("docs/a.md", "/news/desk/", one);
        assert_eq!(
            (former.by_alias("/news/desk", "docs"), former.ambiguous_targets("/news/desk", "docs")),
            (Some(one), None)
        );
        former.add_derived("docs/b.md", "/news/Desk", two);
        assert_eq!(
            (former.by_alias("/news/desk", "docs"), former.ambiguous_targets("/news/desk/", "docs")),
            (None, Some([one, two]))
        );
        former.add_derived("docs/fr/e.md", "/one//e/", two);
        former.add_derived("docs/e.fr.md", "/one/e", three);
        former.add_derived("docs/e.md", "/one/e/", one);
        assert_eq!(former.by_alias("/one/e/", "docs"), Some(two), "a page in three languages");
        former.add_aliases("docs/c.md", ["/news/desk/", "/x/"].into_iter(), three);
        former.add_derived("docs/d.md", "/x/", one);
        assert_eq!(former.by_alias("/news/desk", "docs"), Some(three));
        assert_eq!(former.by_alias("/x/", "docs"), Some(three), "it says so itself");
    }

    #[test]
    fn parts_kept_on_the_web_are_not_folders() {
        let former = former(&[("/api/", "https://example.org/api/"), ("/", "static")]);
        assert_eq!(former.external_address("/api/a.html").as_deref(), Some("https://example.org/api/a.html"));
        assert_eq!(former.external_address("/#news"), None);
        assert_eq!(former.external_address("/apis/"), None);
        assert_eq!(former.address_targets("/api/a.html").collect::<Vec<_>>(), ["static/api/a.html"]);
    }

    #[test]
    fn places_on_the_home_page_may_stay_on_the_web() {
        let former = former(&[(HOME_ANCHOR_PREFIX, "https://example.org/"), ("/", "static")]);
        assert_eq!(former.external_address("/#news").as_deref(), Some("https://example.org/#news"));
        assert_eq!(former.external_address("/news"), None);
        assert_eq!(former.external_address("/"), None);
    }

    #[test]
    fn numbers_that_only_order_names_are_left_out() {
        assert_eq!(without_numbers("02-access/1_rooms"), "access/rooms");
        assert_eq!(without_numbers("2024/07/3d"), "2024/07/3d");
    }
}
