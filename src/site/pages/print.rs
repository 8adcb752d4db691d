//! Many documents on one page, to be printed.

use super::Job;
use super::document::{addressed, control, history};
use crate::handbook::DocumentIndex;
use crate::site::body;
use crate::site::keep::Shows;
use crate::site::layout;
use crate::site::links::url;
use crate::site::model::{ClauseLink, Frame, Html, Link, PrintGroup, PrintPage, PrintedDocument};
use crate::site::portal::Portal;
use crate::url::SitePath;

/// A page of print shows at most this many documents.
const MOST_DOCUMENTS: usize = 150;
/// A handbook with more documents than this gets no pages of print, which would hold every text a second time; each
/// document's own page prints as a controlled copy all the same.
const MOST_PRINTED: usize = 500;

/// A page of print: groups, each with the range of its documents that the page shows.
type Selection = Vec<(usize, std::ops::Range<usize>)>;

/// The whole handbook where it is not too long, and each clause group.
pub fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    let pages = pages(portal);
    let job = |(path, title, selection): (SitePath, String, Selection)| {
        let place = path.clone();
        let texts = selection.iter().filter_map(|(at, range)| portal.groups.get(*at)?.documents.get(range.clone()));
        let shows = Shows::OutlineAnd(texts.flatten().copied().collect());
        Job::page(path, move |portal| print(portal, &place, &title, &selection)).showing(shows)
    };
    pages.into_iter().map(job).collect()
}

/// Every page of print with its path, its title and what it shows.
fn pages(portal: &Portal<'_>) -> Vec<(SitePath, String, Selection)> {
    let filled: Vec<(usize, usize)> = portal
        .groups
        .iter()
        .enumerate()
        .map(|(at, group)| (at, group.documents.len()))
        .filter(|(_, count)| *count > 0)
        .collect();
    let total: usize = filled.iter().map(|(_, count)| count).sum();
    if total > MOST_PRINTED {
        return Vec::new();
    }
    let mut pages = Vec::new();
    if total <= MOST_DOCUMENTS {
        let all = filled.iter().map(|(at, count)| (*at, 0..*count)).collect();
        pages.push((layout::own("print/index.html"), portal.labels.text("say.print_all").to_owned(), all));
    }
    for (at, count) in filled {
        let Some(group) = portal.groups.get(at) else { continue };
        let name = if group.number.is_empty() { "other" } else { &group.number };
        let first = layout::own(&format!("print/{name}.html"));
        for part in crate::site::frames::Part::split(count, MOST_DOCUMENTS) {
            let title = format!("{} {}", group.number, group.title);
            let title = if part.of > 1 { format!("{title} ({}/{})", part.number, part.of) } else { title };
            pages.push((part.path(&first), title.trim().to_owned(), vec![(at, part.range.clone())]));
        }
    }
    pages
}

fn print(portal: &Portal<'_>, path: &SitePath, title: &str, selection: &Selection) -> PrintPage {
    let others = pages(portal).into_iter().filter(|(other, ..)| other != path);
    let main = portal.standards.main();
    PrintPage {
        frame: Frame { pictures: true, ..portal.frame(path, title, "print") },
        standard: main.map(|main| portal.standards.catalogue(main).title.clone()).unwrap_or_default(),
        others: others.map(|(path, text, _)| Link { text, url: url(&path) }).collect(),
        groups: selection.iter().filter_map(|(at, range)| group(portal, path, *at, range.clone())).collect(),
    }
}

fn group(portal: &Portal<'_>, path: &SitePath, at: usize, range: std::ops::Range<usize>) -> Option<PrintGroup> {
    let group = portal.groups.get(at)?;
    let heading =
        ClauseLink { number: group.number.clone(), title: group.title.clone(), url: url(&group.path), verdict: None };
    let documents = group.documents.get(range)?;
    Some(PrintGroup {
        clause: group.clause.map_or(heading, |key| portal.bare_clause_link(key)),
        documents: documents
            .iter()
            .filter(|index| portal.document(**index).is_controlled())
            .map(|index| printed(portal, path, *index))
            .collect(),
    })
}

fn printed(portal: &Portal<'_>, path: &SitePath, index: DocumentIndex) -> PrintedDocument {
    let document = portal.document(index);
    let anchor = format!("d{}", index.0);
    let id = document.id().map(ToString::to_string).unwrap_or_default();
    let body = body::among_others(&body::render(portal, index, path), &format!("{anchor}-"), &id);
    PrintedDocument {
        id,
        title: document.title.to_string(),
        anchor,
        kind: portal.kind(&document.kind),
        badge: portal.badge(index),
        control: control(portal, index),
        body: Html::new(&body),
        clauses: addressed(portal, document),
        history: history(document),
    }
}
