//! One state of the preview: a whole site and what is to be said about it. It never changes; a new one replaces it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::content_type;
use super::report::Status;
use crate::site::write::MemorySite;
use crate::url::SitePath;

/// A whole site with what is to be said about it.
#[derive(Debug)]
pub struct Generation {
    /// Grows with each generation, also from one run of the program to the next.
    pub number: u64,
    /// What is to be said about it.
    pub status: Status,
    site: Arc<Site>,
}

#[derive(Debug, Default)]
struct Site {
    files: BTreeMap<SitePath, Resource>,
    /// When files that earlier generations had were last seen to go.
    gone: BTreeMap<SitePath, u64>,
}

/// A file of a site.
#[derive(Clone, Debug)]
pub struct Resource {
    /// What it holds.
    pub bytes: Arc<[u8]>,
    /// Its type as a header.
    pub kind: &'static str,
    /// The generation that made it what it is.
    pub since: u64,
}

impl Generation {
    /// A generation without a site, for a handbook that could not be built yet.
    pub fn empty(number: u64, status: Status) -> Generation {
        Generation { number, status, site: Arc::default() }
    }

    /// The generation after this one, with a new site.
    pub fn next(&self, site: MemorySite, status: Status) -> Generation {
        let number = self.number + 1;
        let mut gone = self.site.gone.clone();
        let lost = self.site.files.keys().filter(|path| !site.contains_key(*path));
        gone.extend(lost.map(|path| (path.clone(), number)));
        gone.retain(|path, _| !site.contains_key(path));
        let files = site.into_iter().map(|(path, bytes)| {
            let old = self.site.files.get(&path).filter(|old| same(&old.bytes, &bytes));
            let resource = match old {
                Some(old) => old.clone(),
                None => Resource { kind: content_type::of(path.as_str()), bytes, since: number },
            };
            (path, resource)
        });
        Generation { number, status, site: Arc::new(Site { files: files.collect(), gone }) }
    }

    /// The generation after this one, with the same site: the new one could not be built.
    pub fn failed(&self, status: Status) -> Generation {
        Generation { number: self.number + 1, status, site: self.site.clone() }
    }

    /// The file at a path from the site's root; nothing else can be reached.
    pub fn find(&self, path: &str) -> Option<&Resource> {
        self.site.files.get(path)
    }

    /// Whether there is any page.
    pub fn has_site(&self) -> bool {
        !self.site.files.is_empty()
    }

    /// Whether what an address shows is not what an earlier generation showed there.
    pub fn differs_since(&self, path: &str, earlier: u64) -> bool {
        let shown = self.find(path).map(|resource| resource.since);
        let gone = self.site.gone.get(path).copied();
        // Where there never was a page, the page for that shows.
        let missing = || self.find(super::answer::NOT_FOUND).map(|resource| resource.since);
        shown.or(gone.max(missing())).is_some_and(|since| since > earlier)
    }

    /// How many files this generation made.
    pub fn made(&self) -> usize {
        self.site.files.values().filter(|resource| resource.since == self.number).count()
    }

    /// Images that changed since an earlier generation: pages that show them did not change for that.
    pub fn images_since(&self, earlier: u64) -> Vec<&str> {
        let changed =
            self.site.files.iter().filter(|(_, file)| file.since > earlier && file.kind.starts_with("image/"));
        changed.map(|(path, _)| path.as_str()).collect()
    }
}

fn same(old: &Arc<[u8]>, new: &Arc<[u8]>) -> bool {
    Arc::ptr_eq(old, new) || old == new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> MemorySite {
        files.iter().map(|(path, text)| (SitePath::parse(path).unwrap(), Arc::from(text.as_bytes()))).collect()
    }

    #[test]
    fn only_what_changed_differs() {
        let first = Generation::empty(9, Status::default());
        let second = first.next(site(&[("a.html", "1"), ("b.html", "1"), ("404.html", "?")]), Status::default());
        assert!(second.differs_since("a.html", 9) && second.differs_since("none.html", 9));
        let third = second.next(site(&[("a.html", "2"), ("404.html", "?")]), Status::default());
        assert!(third.differs_since("a.html", 10));
        assert!(third.differs_since("b.html", 10), "a page that went differs");
        assert!(!third.differs_since("none.html", 10));
        assert_eq!(third.made(), 1);
        let fourth = third.failed(Status::default());
        assert!(!fourth.differs_since("a.html", 11) && fourth.differs_since("a.html", 10));
        let fifth = fourth.next(site(&[("a.html", "2"), ("b.html", "1"), ("404.html", "?")]), Status::default());
        assert!(!fifth.differs_since("a.html", 11));
        assert!(fifth.differs_since("b.html", 11), "a page that came back differs from none");
    }
}
