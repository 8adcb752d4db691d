//! A state of the preview: a whole site and its status. A generation is immutable; a new one replaces it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::reply::NOT_FOUND_PAGE;
use super::report::Status;
use super::site::{Resource, Site};
use crate::site::theme::ThemeError;
use crate::url::SitePath;

/// A whole site with its status.
#[derive(Debug)]
pub(crate) struct Generation {
    /// Increases with each generation, even across runs of the program.
    pub(crate) number: u64,
    /// The status of the site.
    pub(crate) status: Status,
    site: Option<ServedSite>,
    views: Arc<Views>,
}

/// A site with the generation that first showed it.
#[derive(Clone, Debug)]
struct ServedSite {
    site: Arc<Site>,
    /// The first generation that shows it.
    first_generation: u64,
    /// The generation in which each copied file last changed.
    since: Arc<BTreeMap<SitePath, u64>>,
}

/// The content shown at each address, across all generations.
#[derive(Debug, Default)]
struct Views(Mutex<HashMap<String, View>>);

/// The content shown at an address.
#[derive(Clone, Copy, Debug)]
struct View {
    /// A hash of the content.
    hash: [u8; 32],
    /// The generation in which the content last changed.
    since: u64,
    /// The last generation for which the content is known.
    last_known: u64,
}

impl Generation {
    /// Creates a generation without a site, for a handbook that could not be built yet.
    pub(crate) fn empty(number: u64, status: Status) -> Generation {
        Generation { number, status, site: None, views: Arc::default() }
    }

    /// Returns the next generation, with a new site.
    pub(crate) fn next(&self, site: Arc<Site>, status: Status) -> Generation {
        let number = self.number + 1;
        let old = self.site.as_ref();
        let since = site.copied().map(|(path, copied)| {
            let known = old.and_then(|old| Some((old.site.copied_file(path)?, *old.since.get(path)?)));
            let same = known.filter(|(known, _)| *known == copied);
            (path.clone(), same.map_or(number, |(_, since)| since))
        });
        let since = Arc::new(since.collect());
        Generation {
            number,
            status,
            site: Some(ServedSite { site, first_generation: number, since }),
            views: self.views.clone(),
        }
    }

    /// Returns the next generation with the same site, because the build failed or there is more to report.
    pub(crate) fn with_status(&self, status: Status) -> Generation {
        Generation { number: self.number + 1, status, site: self.site.clone(), views: self.views.clone() }
    }

    /// Returns the next generation with the site of an earlier one.
    pub(crate) fn revert_to(&self, earlier: &Generation, status: Status) -> Generation {
        let number = self.number + 1;
        let shown_site = earlier.site.as_ref().map(|old| {
            let since = old.since.keys().map(|path| (path.clone(), number));
            ServedSite { site: old.site.clone(), first_generation: number, since: Arc::new(since.collect()) }
        });
        Generation { number, status, site: shown_site, views: self.views.clone() }
    }

    /// Returns the file at a path from the site's root. Nothing else can be reached.
    ///
    /// # Errors
    /// If a custom template fails to render it.
    pub(crate) fn find(&self, path: &str) -> Option<Result<Resource, ThemeError>> {
        self.site.as_ref()?.site.find(path)
    }

    /// Whether there is any page.
    pub(crate) fn has_site(&self) -> bool {
        self.site.is_some()
    }

    /// Whether an address shows something else than in an earlier generation.
    pub(crate) fn differs_since(&self, path: &str, earlier: u64) -> bool {
        let Some(shown_site) = &self.site else { return false };
        if let Some(since) = shown_site.since.get(path) {
            return *since > earlier;
        }
        let found = shown_site.site.find(path);
        // A page that never existed is answered with the not-found page. Remembering each such address would need
        // unlimited memory.
        let path = if found.is_none() && !self.views.knows(path) { NOT_FOUND_PAGE } else { path };
        let print = match found.or_else(|| shown_site.site.find(NOT_FOUND_PAGE)) {
            Some(Ok(resource)) => resource.hash(),
            Some(Err(problem)) => *blake3::hash(problem.to_string().as_bytes()).as_bytes(),
            None => Default::default(),
        };
        self.views.since(path, print, self.number, shown_site.first_generation) > earlier
    }

    /// Records what an address shows, so that later changes are detected.
    pub(crate) fn view(&self, path: &str) {
        self.differs_since(path, self.number);
    }

    /// Returns up to `max_paths` pages that were viewed recently.
    pub(crate) fn viewed(&self, max_paths: usize) -> Vec<String> {
        let views = self.views.lock();
        let mut paths: Vec<(u64, &String)> = views.iter().map(|(path, view)| (view.last_known, path)).collect();
        paths.sort_unstable_by(|a, b| b.cmp(a));
        paths.into_iter().take(max_paths).map(|(_, path)| path.clone()).collect()
    }

    /// Returns images that changed since an earlier generation. The pages that show them do not change because of that.
    pub(crate) fn images_since(&self, earlier: u64) -> Vec<&str> {
        let files = self.site.iter().flat_map(|shown_site| shown_site.since.iter());
        let changed = files.filter(|(path, since)| {
            **since > earlier && super::content_type::for_path(path.as_str()).starts_with("image/")
        });
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

    /// The generation in which the content of an address last changed, as of `generation`. If its earlier
    /// content is not known, this is the first generation that showed the site.
    fn since(&self, path: &str, hash: [u8; 32], generation: u64, first_generation: u64) -> u64 {
        let mut views = self.lock();
        let Some(view) = views.get_mut(path) else {
            views.insert(path.to_owned(), View { hash, since: first_generation, last_known: generation });
            return first_generation;
        };
        // A request may still be answered from a generation that is no longer current.
        if generation < view.last_known {
            return generation;
        }
        if view.hash != hash {
            (view.hash, view.since) = (hash, generation);
        }
        view.last_known = generation;
        view.since
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_differs() {
        let views = Views::default();
        assert_eq!(views.since("a.html", [1; 32], 9, 9), 9);
        assert_eq!(views.since("a.html", [1; 32], 10, 10), 9, "the same in another site is no change");
        assert_eq!(views.since("a.html", [2; 32], 12, 12), 12);
        assert_eq!(views.since("a.html", [1; 32], 10, 10), 10, "what is no longer shown is not news");
        assert_eq!(views.since("a.html", [2; 32], 13, 12), 12);
        assert_eq!(views.since("b.html", [1; 32], 13, 12), 12, "nothing is known of what it showed before");
        assert!(views.knows("a.html") && !views.knows("c.html"));
    }
}
