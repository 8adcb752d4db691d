//! `clausebook approve --bind`: records which texts were approved, if the repository proves it.
//!
//! Of named documents, either all are bound or none. With `--all`, documents with a proven text are bound, and the
//! others are listed with the reason.

use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;

use super::approval::Approval;
use super::attesting::{Changed, DocumentLookup, save};
use super::interrupt::Interrupt;
use super::{FAILED, Failure, Outcome, find, output};
use crate::chronicle::{Digests, approvals, approved_texts};
use crate::git::ObjectName;
use crate::handbook::{ApprovedText, DocumentIndex, People, Reading};
use crate::report::{counted, plain};
use crate::site::pages;

/// Determines from the repository which texts of documents were approved; does not access it if there are no documents.
pub(super) fn approved(
    (root, reading, tip): (&Path, &Reading, Option<&ObjectName>),
    documents: &[DocumentIndex],
    interrupt: &Interrupt,
) -> HashMap<DocumentIndex, ApprovedText> {
    if documents.is_empty() {
        return HashMap::new();
    }
    let own = pages::places();
    let made = |folder: &Path| interrupt.removes_on_interrupt(folder);
    approved_texts((root, reading, tip), documents, &mut Digests::new((root, reading), &own, &made))
}

/// Binds the named documents or, without names, all that are not bound yet.
pub(super) fn run(handbook: &DocumentLookup<'_>, names: &[String], dry_run: bool, interrupt: &Interrupt) -> Outcome {
    let documents = match names {
        [] => {
            handbook.reading.handbook.controlled().filter(|(_, one)| one.is_unbound()).map(|(index, _)| index).collect()
        }
        names => named(handbook, names)?,
    };
    let texts = match documents.as_slice() {
        [] => HashMap::new(),
        documents => {
            let (root, reading, own) = (handbook.project.root(), handbook.reading, pages::places());
            let made = |folder: &Path| interrupt.removes_on_interrupt(folder);
            approvals((root, reading, None), documents, &mut Digests::new((root, reading), &own, &made))
        }
    };
    let (mut changes, mut refusals) = (Vec::new(), Vec::new());
    for index in documents {
        match bound(handbook, index, texts.get(&index)) {
            Ok(change) => changes.push(change),
            Err(why) => refusals.extend(why),
        }
    }
    if !names.is_empty() && !refusals.is_empty() {
        return Err(Failure::new(refusals.join("\n")));
    }
    save(handbook.project, &changes, (dry_run, interrupt))?;
    if !dry_run {
        changes.iter().try_for_each(|change| output::print(&describe(change)))?;
    }
    if changes.is_empty() && refusals.is_empty() {
        output::note("nothing to bind: every approval already has a digest");
    }
    if refusals.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    output::note(&format!("{} not bound:\n{}", counted(refusals.len(), "document"), refusals.join("\n")));
    Ok(ExitCode::from(FAILED))
}

/// The named documents that are not bound yet, without duplicates.
fn named(handbook: &DocumentLookup<'_>, names: &[String]) -> Result<Vec<DocumentIndex>, Failure> {
    let (mut documents, mut refusals) = (Vec::new(), Vec::new());
    for name in names {
        match find::document(handbook.project, handbook.reading, name) {
            Err(why) => refusals.push(why),
            Ok(index) => {
                let document = handbook.reading.handbook.document(index);
                let is_bound = document.front().is_some_and(|front| front.approved_digest().is_some());
                if !is_bound && !document.is_unbound() {
                    refusals
                        .push(format!("`{}` has no approval that could be bound to a text", plain(document.path())));
                } else if !is_bound && !documents.contains(&index) {
                    documents.push(index);
                }
            }
        }
    }
    if refusals.is_empty() { Ok(documents) } else { Err(Failure::new(refusals.join("\n"))) }
}

/// The text of a document with the proven digest, or why it cannot be bound.
fn bound<'a>(
    handbook: &DocumentLookup<'a>,
    index: DocumentIndex,
    proved: Option<&(ApprovedText, Option<People>)>,
) -> Result<Changed<'a>, Vec<String>> {
    let document = handbook.reading.handbook.document(index);
    let path = plain(document.path());
    let mut refusals = handbook.refusals(document, "bound");
    refusals.extend(unproved(&path, proved));
    let people = proved.and_then(|(_, people)| people.as_ref());
    let on = document.approved().filter(|_| refusals.is_empty());
    let Some((on, people)) = on.zip(people) else { return Err(refusals) };
    let by: Vec<String> = people.approvers.iter().map(|name| name.to_string()).collect();
    let author = people.authors.first().or(people.owners.first());
    let settings = &handbook.reading.settings;
    let approval = Approval {
        settings,
        document,
        by: &by,
        on,
        version: None,
        summary: None,
        changes_approver: false,
        binds: Some(author.map(|name| &**name)),
    };
    let write = || {
        let old = handbook.text(document)?;
        let new = approval.write(handbook.reading, &old, handbook.digest_for_binding(document)?);
        let new = new.map_err(|error| format!("`{path}` cannot be changed: {error}"))?;
        Ok(Changed { document, old, new })
    };
    write().map_err(|why| vec![why])
}

/// Why a text cannot be bound, based on the repository.
fn unproved(path: &str, proved: Option<&(ApprovedText, Option<People>)>) -> Option<String> {
    let Some((text, people)) = proved else { return unproved(path, Some(&(ApprovedText::NoRepository, None))) };
    let nothing = |why: &str| Some(format!("nothing proves which text of `{path}` was approved: {why}"));
    match text {
        ApprovedText::Same if people.as_ref().is_none_or(|people| people.approvers.is_empty()) => {
            Some(format!("the commit that approved `{path}` does not say who approved it"))
        }
        ApprovedText::Same => None,
        ApprovedText::Other { on, words } => {
            Some(format!("the text of `{path}` has changed since the commit of {on} that approved it:{words}"))
        }
        ApprovedText::Unknown(why) => nothing(why),
        ApprovedText::NoRepository => nothing("the handbook is in no Git repository"),
    }
}

fn describe(change: &Changed<'_>) -> String {
    let document = change.document;
    let name = document.id().map_or("", |id| id.as_str());
    let version = document.front().and_then(|front| front.version.as_ref()).map_or("", |version| version.value.trim());
    format!("{name} {}: the approval of version {} is bound to its text\n", plain(&document.title), plain(version))
}
