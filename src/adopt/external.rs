//! Parts of a site that its generator makes from other sources, so documents link to them although no file exists.

use std::collections::{BTreeMap, BTreeSet};

use crate::handbook::{Breakage, Destination, HOME_ANCHOR_PREFIX, Reading};

/// A part of a site that is not among its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExternalSection {
    /// The prefix of its URLs, for example `/api/`, or `/#` for anchors on the home page.
    pub(crate) prefix: String,
    /// The number of links to this part.
    pub(crate) links: usize,
}

impl ExternalSection {
    /// The path of the part's first page, with a leading `/`.
    pub(crate) fn page(&self) -> &str {
        self.prefix.trim_end_matches('#')
    }
}

/// The minimum number of links; fewer may be mistakes.
const MIN_LINKS: usize = 3;

/// Returns the parts that root-relative links point to although no page of the handbook has such a URL.
pub(crate) fn external_sections(reading: &Reading) -> Vec<ExternalSection> {
    let handbook = &reading.handbook;
    let mut known: BTreeSet<String> = BTreeSet::new();
    for document in &handbook.documents {
        for page in handbook.former_addresses(document.path(), &reading.settings.content) {
            let ends = page.match_indices('/').map(|(at, _)| at).chain([page.len()]);
            known.extend(ends.map(|at| page[..at].to_lowercase()));
        }
    }
    let mut parts: BTreeMap<String, usize> = BTreeMap::new();
    for document in &handbook.documents {
        for (link, destination) in document.file.body.links.iter().zip(&document.links) {
            let is_lost = *destination == Destination::Broken(Breakage::Absolute) && !link.is_image();
            let part = unknown_prefix(&link.target, &known).filter(|_| is_lost);
            part.into_iter().for_each(|part| *parts.entry(part).or_default() += 1);
        }
    }
    let parts = parts.into_iter().filter(|(_, links)| *links >= MIN_LINKS);
    parts.map(|(beginning, links)| ExternalSection { prefix: beginning, links }).collect()
}

/// The message for authors whose links point to such parts if the URL of the site is not known.
pub(crate) fn external_links_message(sections: &[ExternalSection]) -> Option<String> {
    let largest = sections.iter().max_by_key(|part| part.links)?;
    let links: usize = sections.iter().map(|part| part.links).sum();
    Some(format!(
        "{links} links to parts of the site that are not in these files, most of them to `{}`: name the site's address with \
         `--web`, and they lead there",
        largest.page()
    ))
}

/// The shortest prefix of a link target that no page has.
fn unknown_prefix(target: &str, known_prefixes: &BTreeSet<String>) -> Option<String> {
    if target.strip_prefix(HOME_ANCHOR_PREFIX).is_some_and(|place| !place.is_empty()) {
        return Some(HOME_ANCHOR_PREFIX.to_owned());
    }
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let is_plain = !path.contains(['\\', '{', '<', '"', ' ', '%', '*', ':']) && !path.contains("//");
    let names = path.split('/').filter(|name| !name.is_empty()).count();
    (is_plain && names > 0).then_some(())?;
    let mut ends = path.match_indices('/').map(|(at, _)| at);
    let folder = ends.find(|at| !known_prefixes.contains(&path[..*at].to_lowercase()));
    folder
        .filter(|at| *at > 0 && !path[..*at].split('/').any(|name| name.starts_with('.')))
        .map(|at| format!("/{}/", &path[..at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_part_that_no_page_has_is_away() {
        let known: BTreeSet<String> = ["guide", "guide/start"].map(str::to_owned).into_iter().collect();
        for (target, part) in [
            ("/api/a/b.html#c", Some("/api/")),
            ("/Guide/api/x", Some("/Guide/api/")),
            ("/guide/start", None),
            ("/missing", None),
            ("/#news", Some("/#")),
            ("/#", None),
            ("/", None),
            ("/missing/", Some("/missing/")),
            ("//x/y", None),
            ("/../x/", None),
            ("/a b/c", None),
            ("api/x", None),
        ] {
            assert_eq!(unknown_prefix(target, &known).as_deref(), part, "{target}");
        }
    }
}
