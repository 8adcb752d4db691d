//! `clausebook approve`: records that somebody approved a text.

use std::process::ExitCode;

use super::approval::Approval;
use super::attestation::{ChangedDocument, DocumentLookup, event_day, parse_content, parse_role};
use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, Failure, SourceArgument, bind, check, output};
use crate::assess::{Clock, State, assess};
use crate::date::Date;
use crate::handbook::{Document, DocumentIndex, Reading};
use crate::judge::judge;
use crate::place::SourceText;
use crate::project::parse_file;
use crate::report::without_controls;
use crate::rules::CONTRADICTORY_STATUS;
use crate::source::front_matter::{Review, Status};

/// Arguments of `clausebook approve`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Document IDs or paths
    #[arg(value_name = "DOCUMENT", required_unless_present = "all")]
    documents: Vec<String>,
    /// Approver: a role or a person [repeatable]
    #[arg(long, value_name = "ROLE", value_parser = parse_role, required_unless_present = "bind")]
    by: Vec<String>,
    /// Approval date, YYYY-MM-DD [default: as_of in the settings, otherwise today]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Version that is approved [default: the one in the front matter]
    #[arg(long, value_name = "VERSION", value_parser = parse_content)]
    version: Option<String>,
    /// What changed in this version, and why
    #[arg(long, value_name = "TEXT", value_parser = parse_content)]
    summary: Option<String>,
    /// Make the approver named here the document's approver
    #[arg(long)]
    change_approver: bool,
    /// Record which texts were approved earlier, where git proves it, without a new approval
    #[arg(long, conflicts_with_all = ["by", "on", "version", "summary", "change_approver"])]
    bind: bool,
    /// All documents whose approval has no digest
    #[arg(long, requires = "bind", conflicts_with = "documents")]
    all: bool,
    /// Show the change without writing it
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    source: SourceArgument,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let interrupt = Interrupt::listen(InterruptMode::Immediate)?;
    let project = arguments.source.project()?;
    let reading = check::read(&project)?;
    let (today, on) = event_day(&reading.settings, arguments.on, "record an approval after it has been given")?;
    let clock = Clock { as_of: today, warning_days: reading.settings.warning_days };
    let assessment = judge(&reading, assess(&reading, clock), Vec::new());
    let handbook = DocumentLookup { project: &project, reading: &reading, assessment: &assessment };
    if arguments.bind {
        return bind::run(&handbook, &arguments.documents, arguments.dry_run, &interrupt);
    }
    let texts = bind::find_unbound_texts(&handbook, &arguments.documents, &interrupt);
    let approval = |index| Approval { approved_text: texts.get(&index), ..approval(&handbook, index, arguments, on) };
    let is_one_of_several = arguments.documents.len() > 1;
    let changes = handbook.change_documents(&arguments.documents, |index| {
        let approval = approval(index);
        // An interrupted run may have approved only some of several documents.
        match is_one_of_several && approval.is_already_given() {
            true => unchanged_document(&handbook, approval.document),
            false => approve_document(&handbook, index, &approval),
        }
    })?;
    let (unchanged, changes): (Vec<_>, Vec<_>) = changes.into_iter().partition(|change| change.old == change.new);
    if changes.is_empty() {
        let message = "these texts are already approved; run `clausebook review` to confirm that they are still right";
        return Err(Failure::new(message));
    }
    unchanged
        .iter()
        .try_for_each(|change| output::print(&format!("{}: approved before\n", document_name(change.document))))?;
    handbook.save(&changes, arguments.dry_run, &interrupt)?;
    if !arguments.dry_run {
        let version = arguments.version.as_deref();
        changes.iter().try_for_each(|change| output::print(&describe(change, version, on, &arguments.by)))?;
        let notes = changes.iter().flat_map(|change| {
            effective_date_note(change.document, on).into_iter().chain(contradiction_notes(&reading, change, on))
        });
        notes.for_each(|note| output::note(&note));
    }
    Ok(ExitCode::SUCCESS)
}

fn approval<'a>(
    handbook: &DocumentLookup<'a>,
    index: DocumentIndex,
    arguments: &'a Arguments,
    on: Date,
) -> Approval<'a> {
    Approval {
        settings: &handbook.reading.settings,
        document: handbook.reading.handbook.document(index),
        approvers: &arguments.by,
        day: on,
        version: arguments.version.as_deref(),
        summary: arguments.summary.as_deref(),
        changes_approver: arguments.change_approver,
        approved_text: None,
        bound_author: None,
    }
}

/// A document that already has the approval.
fn unchanged_document<'a>(
    handbook: &DocumentLookup<'a>,
    document: &'a Document,
) -> Result<ChangedDocument<'a>, Vec<String>> {
    let text = handbook.read_unchanged_text(document).map_err(|refusal| vec![refusal])?;
    Ok(ChangedDocument { document, old: text.clone(), new: text })
}

/// The text of a document with the approval, or all reasons why it is not allowed.
fn approve_document<'a>(
    handbook: &DocumentLookup<'a>,
    index: DocumentIndex,
    approval: &Approval<'a>,
) -> Result<ChangedDocument<'a>, Vec<String>> {
    let document = approval.document;
    let mut refusals = handbook.refusals(document, "approved");
    refusals.extend(approval.refusals());
    refusals.extend(refuse_replaced(handbook, index));
    let (text, digest) = (handbook.read_unchanged_text(document), handbook.digest(document));
    let (Ok(old), Ok(digest), true) = (&text, &digest, refusals.is_empty()) else {
        refusals.extend(text.err().into_iter().chain(digest.err()));
        return Err(refusals);
    };
    let new = approval.write(handbook.reading, old, *digest);
    let new =
        new.map_err(|error| vec![format!("`{}` cannot be changed: {error}", without_controls(document.path()))])?;
    Ok(ChangedDocument { document, old: old.clone(), new })
}

/// A note about a document whose effective date is before its approval.
fn effective_date_note(document: &Document, on: Date) -> Option<String> {
    let effective = document.front()?.effective.as_ref().filter(|effective| effective.value < on)?;
    let path = without_controls(document.path());
    Some(format!(
        "note: `{path}` says that it is effective from {}, before this approval; correct or remove `effective`",
        effective.value
    ))
}

/// Notes about what still says that an approved document is not in force, or no longer.
fn contradiction_notes(reading: &Reading, change: &ChangedDocument<'_>, on: Date) -> Vec<String> {
    let settings = &reading.settings;
    let path = without_controls(change.document.path());
    let text = SourceText::new(change.document.path().clone(), &change.new);
    let file = parse_file(text, settings, &settings.vocabulary());
    let next_review = file.front.as_ref().and_then(|front| front.review.as_ref()).map(|review| review.value);
    let overdue = match next_review {
        Some(Review::Next(next)) if next < on => {
            Some(format!("note: `{path}` says that its next review was due on {next}; correct `review`"))
        }
        _ => None,
    };
    let contradictions = file.problems.iter().filter(|problem| problem.rule == CONTRADICTORY_STATUS);
    let contradictions = contradictions.map(|problem| {
        let message = without_controls(&problem.message);
        format!("note: line {} of `{path}`: {message}", problem.place.line())
    });
    contradictions.chain(overdue).collect()
}

/// Why a document that has been replaced by another one cannot be approved.
fn refuse_replaced(handbook: &DocumentLookup<'_>, index: DocumentIndex) -> Option<String> {
    let document = handbook.reading.handbook.document(index);
    let is_retired = handbook.assessment.state(index) == State::Retired;
    if !is_retired || document.status() == Some(Status::Retired) {
        return None;
    }
    let by = document.superseded_by.first().map(|successor| handbook.reading.handbook.document(*successor));
    let by = by.map_or_else(|| "another document".to_owned(), document_name);
    let path = without_controls(document.path());
    Some(format!("`{path}` is retired, because {by} replaces it; to reinstate it, remove it from `supersedes` there"))
}

fn describe(change: &ChangedDocument<'_>, version: Option<&str>, on: Date, by: &[String]) -> String {
    let document = change.document;
    let current_version = document.front().and_then(|front| front.version.as_ref()).map(|version| version.value.trim());
    let version = without_controls(version.or(current_version).unwrap_or_default());
    format!("{}: version {version} approved on {on} by {}\n", document_name(document), without_controls(&by.join(", ")))
}

fn document_name(document: &Document) -> String {
    format!("{} {}", document.id().map_or("", |id| id.as_str()), without_controls(&document.title))
}
