//! `clausebook review`: records that somebody reviewed a text.
//!
//! All documents are checked before the first one is written: if one is refused, none is changed.

use std::process::ExitCode;

use super::attestation::{ChangedDocument, DocumentLookup, event_day, parse_line, parse_role};
use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, Failure, SourceArgument, bind, check, output};
use crate::assess::{Clock, State, assess, is_changed};
use crate::date::Date;
use crate::handbook::{ApprovedText, Document, DocumentIndex, ReviewRule, is_dated_by_content, is_one_of};
use crate::judge::judge;
use crate::name::name_key;
use crate::report::without_controls;
use crate::source::front_matter::{Attestation, Status, WrittenDigest};
use crate::source::{NewReview, attest};

/// Arguments of `clausebook review`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Document IDs or paths
    #[arg(value_name = "DOCUMENT", required = true)]
    documents: Vec<String>,
    /// Reviewer: a role or a person
    #[arg(long, value_name = "ROLE", value_parser = parse_role)]
    by: String,
    /// A remark
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    note: Option<String>,
    /// Review date, YYYY-MM-DD [default: as_of in the settings, otherwise today]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
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
    let (_, on) = event_day(&reading.settings, arguments.on, "record a review after it has taken place")?;
    let clock = Clock { as_of: on, warning_days: reading.settings.warning_days };
    let assessment = judge(&reading, assess(&reading, clock), Vec::new());
    let handbook = DocumentLookup { project: &project, reading: &reading, assessment: &assessment };
    let texts = bind::find_unbound_texts(&handbook, &arguments.documents, &interrupt);
    let changes = handbook.change_documents(&arguments.documents, |index| {
        review_document(&handbook, index, arguments, (on, texts.get(&index)))
    })?;
    let (unchanged, changes): (Vec<_>, Vec<_>) = changes.into_iter().partition(|change| change.old == change.new);
    if changes.is_empty() {
        let by = without_controls(&arguments.by);
        return Err(Failure::new(format!("nothing was written: a review of {on} by {by} is already recorded")));
    }
    let before =
        |change: &ChangedDocument<'_>| output::print(&format!("{}: reviewed before\n", document_name(change.document)));
    unchanged.iter().try_for_each(before)?;
    handbook.save(&changes, arguments.dry_run, &interrupt)?;
    if !arguments.dry_run {
        changes.iter().try_for_each(|change| output::print(&describe(change.document, on, &arguments.by)))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The text of a document with the review, or all reasons why it is not allowed.
fn review_document<'a>(
    handbook: &DocumentLookup<'a>,
    index: DocumentIndex,
    arguments: &Arguments,
    (on, approved): (Date, Option<&ApprovedText>),
) -> Result<ChangedDocument<'a>, Vec<String>> {
    let document = handbook.reading.handbook.document(index);
    let mut refusals = handbook.refusals(document, "reviewed");
    refusals.extend(refuse_review(handbook, index, on, approved));
    refusals.extend(refuse_own_review(handbook, document, &arguments.by));
    let text = handbook.read_unchanged_text(document);
    let digest = handbook.digest_for_review(document);
    let (Ok(old), Ok(digest), true) = (&text, digest.as_ref().copied(), refusals.is_empty()) else {
        refusals.extend(text.err().into_iter().chain(digest.err()));
        return Err(refusals);
    };
    let version = document.front().and_then(|front| front.version.as_ref()).map(|version| version.value.clone());
    let (by, note) = (arguments.by.clone(), arguments.note.clone());
    let review = NewReview { date: on, reviewer: by, version, digest: digest.to_string(), note };
    if is_already_recorded(document, &review, digest) {
        return Ok(ChangedDocument { document, old: old.clone(), new: old.clone() });
    }
    let new = attest(old, &handbook.reading.settings.vocabulary(), &review);
    let new =
        new.map_err(|error| vec![format!("`{}` cannot be changed: {error}", without_controls(document.path()))])?;
    Ok(ChangedDocument { document, old: old.clone(), new })
}

/// Whether the same review of the same text is already recorded.
fn is_already_recorded(document: &Document, new: &NewReview, digest: WrittenDigest) -> bool {
    let reviews = document.front().map_or(&[][..], |front| &front.reviews);
    let is_by = |review: &Attestation| {
        review.reviewer.as_ref().is_some_and(|reviewer| name_key(&reviewer.value) == name_key(&new.reviewer))
    };
    let has_digest = |review: &Attestation| review.digest.as_ref().is_some_and(|written| written.value == digest);
    let has_note =
        |review: &Attestation| new.note.is_none() || review.note.as_ref().map(|text| &text.value) == new.note.as_ref();
    reviews
        .iter()
        .any(|review| review.date.value == new.date && is_by(review) && has_digest(review) && has_note(review))
}

/// Why a review by the owner or an author is not allowed if the settings require somebody else: it would not count.
fn refuse_own_review(handbook: &DocumentLookup<'_>, document: &Document, by: &str) -> Option<String> {
    let is_own = handbook.reading.settings.reviews_by_another && is_one_of(by, &document.owners, &document.authors);
    let path = without_controls(document.path());
    is_own.then(|| {
        format!(
            "`{path}` is owned or written by {}; with `reviews: {{by: another}}`, somebody else reviews it",
            without_controls(by)
        )
    })
}

/// Why a document cannot be reviewed, if it cannot: a review confirms the approved text and no other.
fn refuse_review(
    handbook: &DocumentLookup<'_>,
    index: DocumentIndex,
    on: Date,
    approved: Option<&ApprovedText>,
) -> Option<String> {
    let document = handbook.reading.handbook.document(index);
    let path = without_controls(document.path());
    let front = document.front().filter(|_| document.is_controlled())?;
    if handbook.assessment.state(index) == State::Retired {
        return Some(format!("`{path}` is retired and does not need a review"));
    }
    if let Some(approved) = handbook.assessment.life(index).approved.filter(|approved| on < *approved) {
        return Some(format!("`{path}` was approved on {approved}; a review on {on} says nothing about that text"));
    }
    let is_approved = document.status() == Some(Status::Approved);
    let is_other_text = approved.is_some_and(ApprovedText::is_other);
    if is_approved && (is_other_text || is_changed(document, front, on)) {
        let version = front.version.as_ref().map_or("V", |version| version.value.as_str());
        return Some(format!(
            "the text of `{path}` is not the one that was approved, and a review does not approve it; run `clausebook \
             approve` with a version higher than {version}, or restore the approved text"
        ));
    }
    (is_approved && document.requires_digest && front.approved_digest().is_none())
        .then(|| format!("the approval of `{path}` has no digest; run `clausebook approve` first"))
}

fn describe(document: &Document, on: Date, by: &str) -> String {
    let next = match document.review {
        _ if document.status() != Some(Status::Approved) => {
            "; it is not approved, and a review does not approve it".to_owned()
        }
        _ if is_dated_by_content(&document.doc_type) => "; its next review is still counted from its `date`".to_owned(),
        ReviewRule::Every(interval) => format!("; the next review is due on {}", on.plus(interval)),
        ReviewRule::Next(date) => format!("; `review` still asks for the next one on {date}"),
        ReviewRule::Never => String::new(),
        ReviewRule::Unknown => "; its `reviews` cannot be read".to_owned(),
    };
    format!("{}: reviewed on {on} by {}{next}\n", document_name(document), without_controls(by))
}

fn document_name(document: &Document) -> String {
    format!("{} {}", document.id().map_or("", |id| id.as_str()), without_controls(&document.title))
}
