//! Crosswalks from the main standard to other standards.

use std::collections::BTreeSet;

use super::clause::{related_link, standard_name};
use crate::site::job::Job;
use crate::site::links::url;
use crate::site::model::{CrosswalkPage, CrosswalkRow, Link};
use crate::site::portal::Portal;
use crate::standard::PRACTICES;
use crate::url::SitePath;

/// A crosswalk to each standard and body of knowledge that the main catalogue refers to.
pub(super) fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    names(portal).into_iter().map(|name| Job::page(path(&name), move |portal| crosswalk(portal, &name))).collect()
}

fn names(portal: &Portal<'_>) -> BTreeSet<String> {
    let Some(main) = portal.reading.standards.main() else { return BTreeSet::new() };
    portal
        .reading
        .standards
        .catalogue(main)
        .clauses
        .iter()
        .flat_map(|clause| clause.crosswalk.keys().cloned())
        .collect()
}

/// Links to all crosswalks.
pub(super) fn links(portal: &Portal<'_>) -> Vec<Link> {
    let link = |name: String| Link { text: standard_name(portal, &name), url: url(&path(&name)) };
    names(portal).into_iter().map(link).collect()
}

fn path(name: &str) -> SitePath {
    SitePath::page(&format!("crosswalk/{name}"))
}

fn crosswalk(portal: &Portal<'_>, name: &str) -> CrosswalkPage {
    let main = portal.reading.standards.main();
    let keys = main.into_iter().flat_map(|main| portal.reading.standards.clauses(main));
    let row = |key| {
        let entries = portal.reading.standards.clause(key).crosswalk.get(name)?;
        let related = entries.iter().map(|entry| related_link(portal, name, entry)).collect();
        Some(CrosswalkRow { clause: portal.bare_clause_link(key), related })
    };
    let to = standard_name(portal, name);
    let others = names(portal).into_iter().filter(|other| other != name);
    let from = main.map(|main| portal.standard_link(main)).unwrap_or_default();
    CrosswalkPage {
        frame: portal.frame(
            &path(name),
            portal.labels.fill("say.crosswalk_title", &[("from", &from.title), ("to", &to)]),
            "matrix",
        ),
        from,
        practices: name == PRACTICES,
        others: others.map(|other| Link { text: standard_name(portal, &other), url: url(&path(&other)) }).collect(),
        to,
        rows: keys.filter_map(row).collect(),
    }
}
