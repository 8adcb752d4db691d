//! IDs that a base has and the handbook no longer has: of deleted documents, and of renamed files whose IDs came from
//! their names.

use crate::assess::Assessed;
use crate::finding::{Problem, Severity, closing};
use crate::handbook::Document;
use crate::place::Place;
use crate::source::front_matter::Status;

/// Returns a problem for each document of the base whose ID is gone, placed at the file of its likely successor, if
/// any.
pub(crate) fn lost_ids(revision: &str, base: Assessed<'_>, now: Assessed<'_>) -> Vec<Problem> {
    let lookup = &now.reading.handbook.lookup;
    let lost = base.reading.handbook.controlled().filter_map(|(_, document)| {
        let id = document.id().filter(|id| lookup.by_id(id).is_none() && !lookup.is_withheld(id))?;
        Some((document, id.as_str()))
    });
    lost.map(|(document, id)| problem(revision, document, id, successor(base, document, now))).collect()
}

/// The likely successor of a document that is gone, with an ID that the base does not have: the document in the same
/// file, or otherwise one with the same text, or with the same title.
fn successor<'n>(base: Assessed<'_>, lost: &Document, now: Assessed<'n>) -> Option<&'n Document> {
    let is_new = |document: &Document| {
        let id = document.id();
        id.is_none_or(|id| base.reading.handbook.lookup.by_id(id).is_none())
    };
    let others = || now.reading.handbook.documents.iter().map(|document| &**document).filter(|other| is_new(other));
    let same_text = |other: &&Document| other.file.body.digest == lost.file.body.digest && other.file.body.words > 0;
    let same_file = |other: &&Document| other.path() == lost.path();
    let same_title = |other: &&Document| other.title == lost.title;
    others().find(same_file).or_else(|| others().find(same_text)).or_else(|| others().find(same_title))
}

fn problem(revision: &str, lost: &Document, id: &str, successor: Option<&Document>) -> Problem {
    let place = successor.map_or_else(|| Place::file(lost.path().clone()), Document::front_matter_place);
    let was =
        if lost.front().is_some_and(|front| front.has_derived_id) { ", which came from its file name," } else { "" };
    let message = format!("{id}{was} was the ID of `{}` at {revision}, and no document has it now", lost.path());
    let help = match successor {
        Some(_) => format!("write `id: {id}` in this file if it is the same document"),
        None => "restore the document; one that is no longer used stays with the status retired".to_owned(),
    };
    let problem = Problem::new(closing::LOST_ID, place, message).with_subject(id).help(help);
    match lost.status() {
        Some(Status::Approved | Status::InReview) | None => problem,
        Some(Status::Draft | Status::Retired) => problem.with_max_severity(Severity::Warning),
    }
}
