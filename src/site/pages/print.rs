//! Many documents on one page, to be printed.

use super::Job;
use super::document::{addressed, control, history};
use crate::handbook::DocumentIndex;
use crate::site::body;
use crate::site::links::url;
use crate::site::model::{ClauseLink, Frame, Html, Link, PrintGroup, PrintPage, PrintedDocument};
use crate::site::portal::Portal;
use crate::site::sheets::{Sheet, SheetPart, sheets};
use crate::url::SitePath;

/// A handbook with more documents than this gets no pages of print, which would hold every text a second time; each
/// document's own page prints as a controlled copy all the same, and `clausebook pdf` makes them for itself.
const MOST_PRINTED: usize = 500;

/// The whole handbook where it is not too long, and each clause group.
pub fn jobs(portal: &Portal<'_>) -> Vec<Job> {
    sheets_of_site(portal).into_iter().map(job).collect()
}

/// The same for a handbook of any length.
pub fn every(portal: &Portal<'_>) -> Vec<Job> {
    sheets(&portal.groups, portal.labels).into_iter().map(job).collect()
}

fn job(sheet: Sheet) -> Job {
    let path = sheet.path.clone();
    Job::page(path, move |portal| print(portal, &sheet))
}

/// The sheets that a site has.
fn sheets_of_site(portal: &Portal<'_>) -> Vec<Sheet> {
    let total: usize = portal.groups.iter().map(|group| group.documents.len()).sum();
    if total > MOST_PRINTED { Vec::new() } else { sheets(&portal.groups, portal.labels) }
}

fn print(portal: &Portal<'_>, sheet: &Sheet) -> PrintPage {
    let Sheet { path, title, parts } = sheet;
    let others = sheets_of_site(portal).into_iter().filter(|other| other.path != *path);
    let main = portal.standards.main();
    PrintPage {
        frame: Frame { pictures: true, ..portal.frame(path, title, "print") },
        standard: main.map(|main| portal.standards.catalogue(main).title.clone()).unwrap_or_default(),
        others: others.map(|other| Link { text: other.title, url: url(&other.path) }).collect(),
        groups: parts.iter().filter_map(|part| group(portal, path, part)).collect(),
    }
}

fn group(portal: &Portal<'_>, path: &SitePath, part: &SheetPart) -> Option<PrintGroup> {
    let group = portal.groups.get(part.group)?;
    let heading =
        ClauseLink { number: group.number.clone(), title: group.title.clone(), url: url(&group.path), verdict: None };
    Some(PrintGroup {
        clause: group.clause.map_or(heading, |key| portal.bare_clause_link(key)),
        documents: part
            .documents
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
