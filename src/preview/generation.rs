//! One state of the preview: a whole site and what is to be said about it. It never changes; a new one replaces it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::answer::NOT_FOUND;
use super::report::Status;
use super::site::{Resource, Site};
use crate::site::theme::ThemeError;
use crate::url::SitePath;

/// A whole site with what is to be said about it.
#[derive(Debug)]
pub(crate) struct Generation {
    /// Grows with each generation, also from one run of the program to the next.
    pub(crate) number: u64,
    /// What is to be said about it.
    pub(crate) status: Status,
    site: Option<ServedSite>,
    views: Arc<Views>,
}

/// A site with when it came to be shown.
#[derive(Clone, Debug)]
struct ServedSite {
    site: Arc<Site>,
    /// The first generation that shows it.
    born: u64,
    /// For each file that is copied the generation that made it what it is.
    since: Arc<BTreeMap<SitePath, u64>>,
}

/// What was shown at which address, through all generations.
#[derive(Debug, Default)]
struct Views(Mutex<HashMap<String, View>>);

/// What was shown at an address.
#[derive(Clone, Copy, Debug)]
struct View {
    /// A hash of it.
    print: [u8; 32],
    /// The generation since which it is what it is.
    since: u64,
    /// The last generation of which it is known.
    at: u64,
}

impl Generation {
    /// A generation without a site, for a handbook that could not be built yet.
    pub(crate) fn empty(number: u64, status: Status) -> Generation {
        Generation { number, status, site: None, views: Arc::default() }
    }

    /// The generation after this one, with a new site.
    pub(crate) fn next(&self, site: Arc<Site>, status: Status) -> Generation {
        let number = self.number + 1;
        let old = self.site.as_ref();
        let since = site.copied().map(|(path, copied)| {
            let known = old.and_then(|old| Some((old.site.copy(path)?, *old.since.get(path)?)));
            let same = known.filter(|(known, _)| *known == copied);
            (path.clone(), same.map_or(number, |(_, since)| since))
        });
        let since = Arc::new(since.collect());
        Generation { number, status, site: Some(ServedSite { site, born: number, since }), views: self.views.clone() }
    }

    /// The generation after this one, with the same site: the new one could not be built, or there is more to say.
    pub(crate) fn with_status(&self, status: Status) -> Generation {
        Generation { number: self.number + 1, status, site: self.site.clone(), views: self.views.clone() }
    }

    /// The generation after this one, with the site of an earlier one.
    pub(crate) fn revert_to(&self, earlier: &Generation, status: Status) -> Generation {
        let number = self.number + 1;
        let shown = earlier.site.as_ref().map(|old| {
            let since = old.since.keys().map(|path| (path.clone(), number));
            ServedSite { site: old.site.clone(), born: number, since: Arc::new(since.collect()) }
        });
        Generation { number, status, site: shown, views: self.views.clone() }
    }

    /// The file at a path from the site's root; nothing else can be reached.
    ///
    /// # Errors
    /// When a template of the handbook's own cannot show it.
    pub(crate) fn find(&self, path: &str) -> Option<Result<Resource, ThemeError>> {
        self.site.as_ref()?.site.find(path)
    }

    /// Whether there is any page.
    pub(crate) fn has_site(&self) -> bool {
        self.site.is_some()
    }

    /// Whether what an address shows is not what an earlier generation showed there.
    pub(crate) fn differs_since(&self, path: &str, earlier: u64) -> bool {
        let Some(shown) = &self.site else { return false };
        if let Some(since) = shown.since.get(path) {
            return *since > earlier;
        }
        let found = shown.site.find(path);
        // Where there never was a page, the page for that shows; to remember each such address would take any room.
        let path = if found.is_none() && !self.views.knows(path) { NOT_FOUND } else { path };
        let print = match found.or_else(|| shown.site.find(NOT_FOUND)) {
            Some(Ok(resource)) => resource.hash(),
            Some(Err(problem)) => *blake3::hash(problem.to_string().as_bytes()).as_bytes(),
            None => Default::default(),
        };
        self.views.since(path, print, (self.number, shown.born)) > earlier
    }

    /// Takes note of what an address shows, so that it is known later whether that changed.
    pub(crate) fn view(&self, path: &str) {
        self.differs_since(path, self.number);
    }

    /// Pages that somebody looked at lately.
    pub(crate) fn viewed(&self, most: usize) -> Vec<String> {
        let views = self.views.lock();
        let mut paths: Vec<(u64, &String)> = views.iter().map(|(path, view)| (view.at, path)).collect();
        paths.sort_unstable_by(|a, b| b.cmp(a));
        paths.into_iter().take(most).map(|(_, path)| path.clone()).collect()
    }

    /// Images that changed since an earlier generation: pages that show them did not change for that.
    pub(crate) fn images_since(&self, earlier: u64) -> Vec<&str> {
        let files = self.site.iter().flat_map(|shown| shown.since.iter());
        let changed = files
            .filter(|(path, since)| **since > earlier && super::content_type::of(path.as_str()).starts_with("image/"));
        changed.map(|(path, _)| path.as_str()).collect()
    }
}

impl Views {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, View>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn knows(&self, path: &str) -> bool {
        self.lock().contains_key(path)
    }

    /// The generation since which an address shows what it shows in generation `number`; where it is not known what it
    /// showed earlier, that is the generation which was first to show the site.
    fn since(&self, path: &str, print: [u8; 32], (number, born): (u64, u64)) -> u64 {
        let mut views = self.lock();
        let Some(view) = views.get_mut(path) else {
            views.insert(path.to_owned(), View { print, since: born, at: number });
            return born;
        };
        // A request may still be answered from a generation that is shown no more.
        if number < view.at {
            return number;
        }
        if view.print != print {
            (view.print, view.since) = (print, number);
        }
        view.at = number;
        view.since
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_differs() {
        let views = Views::default();
        assert_eq!(views.since("a.html", [1; 32], (9, 9)), 9);
        assert_eq!(views.since("a.html", [1; 32], (10, 10)), 9, "the same in another site is no change");
        assert_eq!(views.since("a.html", [2; 32], (12, 12)), 12);
        assert_eq!(views.since("a.html", [1; 32], (10, 10)), 10, "what is shown no more is no news");
        assert_eq!(views.since("a.html", [2; 32], (13, 12)), 12);
        assert_eq!(views.since("b.html", [1; 32], (13, 12)), 12, "nothing is known of what it showed before");
        assert!(views.knows("a.html") && !views.knows("c.html"));
    }
}
