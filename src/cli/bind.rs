//! `clausebook approve --bind`: records which texts were approved, if the repository proves it.
//!
//! Of named documents, either all are bound or none. With `--all`, documents with a proven text are bound, and the
//! others are listed with the reason.

use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;

use super::approval::Approval;
use super::attestation::{ChangedDocument, DocumentLookup};
use super::interrupt::Interrupt;
use super::{CommandResult, EXIT_FAILED, Failure, find, output};
use crate::chronicle::{DigestCalculator, PastSource, approved_texts, approved_texts_with_people};
use crate::handbook::{ApprovedText, DocumentIndex, People, Reading};
use crate::history::{CommitLine, NO_REPOSITORY};
use crate::report::{count_noun, without_controls};
use crate::site::pages;

/// Determines from the repository which texts of documents were approved; does not access it if there are no documents.
pub(super) fn find_approved_texts(
    line: CommitLine<'_>,
    reading: &Reading,
    documents: &[DocumentIndex],
    interrupt: &Interrupt,
) -> HashMap<DocumentIndex, ApprovedText> {
    if documents.is_empty() {
        return HashMap::new();
    }
    let own_places = pages::reserved_places();
    let on_create = |folder: &Path| interrupt.remove_on_interrupt(folder);
    let source = PastSource { folder: line.folder, own_places: &own_places, on_create: &on_create };
    approved_texts(line, reading, documents, &mut DigestCalculator::new(reading, source))
}

/// Determines from the repository which texts of these documents were approved as their present versions, unless a
/// digest says it.
pub(super) fn find_unbound_texts(
    handbook: &DocumentLookup<'_>,
    names: &[String],
    interrupt: &Interrupt,
) -> HashMap<DocumentIndex, ApprovedText> {
    let reading = handbook.reading;
    let is_unbound = |index: &DocumentIndex| {
        let document = reading.handbook.document(*index);
        document.is_controlled() && document.front().is_some_and(|front| front.approved_digest().is_none())
    };
    let named = names.iter().filter_map(|name| find::document(handbook.project, reading, name).ok());
    let documents: Vec<DocumentIndex> = named.filter(is_unbound).collect();
    let line = CommitLine { folder: handbook.project.root(), tip: None };
    find_approved_texts(line, reading, &documents, interrupt)
}

/// Binds the named documents or, without names, all that are not bound yet.
pub(super) fn run(
    handbook: &DocumentLookup<'_>,
    names: &[String],
    dry_run: bool,
    interrupt: &Interrupt,
) -> CommandResult {
    let documents = match names {
        [] => all_unbound_documents(handbook),
        names => unbound_documents(handbook, names)?,
    };
    let texts = find_proven_texts(handbook, &documents, interrupt);
    let (mut changes, mut refusals) = (Vec::new(), Vec::new());
    for index in documents {
        match bind_document(handbook, index, texts.get(&index)) {
            Ok(change) => changes.push(change),
            Err(reasons) => refusals.extend(reasons),
        }
    }
    if !names.is_empty() && !refusals.is_empty() {
        return Err(Failure::new(refusals.join("\n")));
    }
    handbook.save(&changes, dry_run, interrupt)?;
    if !dry_run {
        changes.iter().try_for_each(|change| output::print(&describe(change)))?;
    }
    if changes.is_empty() && refusals.is_empty() {
        output::note("nothing to bind: every approval already has a digest");
    }
    if refusals.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    output::note(&format!("{} not bound:\n{}", count_noun(refusals.len(), "document"), refusals.join("\n")));
    Ok(ExitCode::from(EXIT_FAILED))
}

fn all_unbound_documents(handbook: &DocumentLookup<'_>) -> Vec<DocumentIndex> {
    let documents = handbook.reading.handbook.controlled();
    documents.filter(|(_, document)| document.lacks_approval_digest()).map(|(index, _)| index).collect()
}

fn find_proven_texts(
    handbook: &DocumentLookup<'_>,
    documents: &[DocumentIndex],
    interrupt: &Interrupt,
) -> HashMap<DocumentIndex, (ApprovedText, Option<People>)> {
    if documents.is_empty() {
        return HashMap::new();
    }
    let (root, reading, own_places) = (handbook.project.root(), handbook.reading, pages::reserved_places());
    let on_create = |folder: &Path| interrupt.remove_on_interrupt(folder);
    let source = PastSource { folder: root, own_places: &own_places, on_create: &on_create };
    approved_texts_with_people(source.line(None), reading, documents, &mut DigestCalculator::new(reading, source))
}

/// The named documents that are not bound yet, without duplicates.
fn unbound_documents(handbook: &DocumentLookup<'_>, names: &[String]) -> Result<Vec<DocumentIndex>, Failure> {
    let (mut documents, mut refusals) = (Vec::new(), Vec::new());
    for name in names {
        match find::document(handbook.project, handbook.reading, name) {
            Err(refusal) => refusals.push(refusal),
            Ok(index) => {
                let document = handbook.reading.handbook.document(index);
                let is_bound = document.front().is_some_and(|front| front.approved_digest().is_some());
                if !is_bound && !document.lacks_approval_digest() {
                    refusals.push(format!(
                        "`{}` has no approval that could be bound to a text",
                        without_controls(document.path())
                    ));
                } else if !is_bound && !documents.contains(&index) {
                    documents.push(index);
                }
            }
        }
    }
    if refusals.is_empty() { Ok(documents) } else { Err(Failure::new(refusals.join("\n"))) }
}

/// The text of a document with the proven digest, or why it cannot be bound.
fn bind_document<'a>(
    handbook: &DocumentLookup<'a>,
    index: DocumentIndex,
    proved: Option<&(ApprovedText, Option<People>)>,
) -> Result<ChangedDocument<'a>, Vec<String>> {
    let document = handbook.reading.handbook.document(index);
    let path = without_controls(document.path());
    let mut refusals = handbook.refusals(document, "bound");
    refusals.extend(refuse_unproved(&path, proved));
    let people = proved.and_then(|(_, people)| people.as_ref());
    let on = document.approved().filter(|_| refusals.is_empty());
    let Some((on, people)) = on.zip(people) else { return Err(refusals) };
    let by: Vec<String> = people.approvers.iter().map(|name| name.to_string()).collect();
    let author = people.authors.first().or(people.owners.first());
    let settings = &handbook.reading.settings;
    let approval = Approval {
        settings,
        document,
        approvers: &by,
        day: on,
        version: None,
        summary: None,
        changes_approver: false,
        approved_text: None,
        bound_author: Some(author.map(|name| &**name)),
    };
    let write = || {
        let old = handbook.read_unchanged_text(document)?;
        let new = approval.write(handbook.reading, &old, handbook.digest_for_binding(document)?);
        let new = new.map_err(|error| format!("`{path}` cannot be changed: {error}"))?;
        Ok(ChangedDocument { document, old, new })
    };
    write().map_err(|refusal| vec![refusal])
}

/// Why a text cannot be bound, based on the repository.
fn refuse_unproved(path: &str, proved: Option<&(ApprovedText, Option<People>)>) -> Option<String> {
    let Some((text, people)) = proved else { return refuse_unproved(path, Some(&(ApprovedText::NoRepository, None))) };
    let unproved = |reason: &str| Some(format!("nothing proves which text of `{path}` was approved: {reason}"));
    match text {
        ApprovedText::Same if people.as_ref().is_none_or(|people| people.approvers.is_empty()) => {
            Some(format!("the commit that approved `{path}` does not say who approved it"))
        }
        ApprovedText::Same => None,
        ApprovedText::Other { on, words } => {
            Some(format!("the text of `{path}` has changed since the commit of {on} that approved it:{words}"))
        }
        ApprovedText::SecondOfVersion(day) => Some(format!(
            "on {day}, another text of `{path}` was approved as the same version; have this one approved as a higher version"
        )),
        ApprovedText::Unknown(why) | ApprovedText::Edited { why, .. } => unproved(why),
        ApprovedText::NoRepository => unproved(NO_REPOSITORY),
    }
}

fn describe(change: &ChangedDocument<'_>) -> String {
    let document = change.document;
    let name = document.id().map_or("", |id| id.as_str());
    let version = document.front().and_then(|front| front.version.as_ref()).map_or("", |version| version.value.trim());
    format!(
        "{name} {}: the approval of version {} is bound to its text\n",
        without_controls(&document.title),
        without_controls(version)
    )
}
