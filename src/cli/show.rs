//! `clausebook show`: prints a document as it was on a date, in a version or at a Git revision.
//!
//! Standard output receives the file byte by byte, as it is in Git; its origin is printed to standard error.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::handbook_source::short_hash;
use super::interrupt::{Interrupt, InterruptMode};
use super::{CommandResult, Failure, SourceArgument, check, find, output};
use crate::assess::is_changed;
use crate::chronicle::{DigestCalculator, PastSource, front_reading, front_reading_of};
use crate::date::Date;
use crate::edit::read_current;
use crate::handbook::{Document, ParsedFile, Reading};
use crate::history::{
    CommitDate, PastDocument, PastSettings, Proof, ProvedText, VersionKey, VersionQuery, VersionText,
    find_past_document, version_texts,
};
use crate::id::DocumentId;
use crate::project::Project;
use crate::report::without_controls;
use crate::site::pages;
use crate::source::Vocabulary;
use crate::source::version::is_same_version;

/// Arguments of `clausebook show`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Document ID, or path of its file
    #[arg(value_name = "DOCUMENT")]
    document: String,
    /// A date (YYYY-MM-DD), else a version of the document, else a Git revision
    #[arg(long, value_name = "DATE|VERSION|REVISION")]
    at: String,
    /// Treat --at as a Git revision, even if it looks like a date or a version
    #[arg(long)]
    rev: bool,
    #[command(flatten)]
    source: SourceArgument,
}

pub(crate) fn run(arguments: &Arguments) -> CommandResult {
    let project = arguments.source.project()?;
    let reading = check::read(&project)?;
    let requested = RequestedDocument::find(&project, &reading, &arguments.document)?;
    if let Some(text) = requested.text_of_today(&arguments.at).filter(|_| !arguments.rev) {
        let (id, at) = (without_controls(requested.id.as_str()), without_controls(arguments.at.trim()));
        output::note(&format!("{id} version {at} (proved by its digest), the file as it is today"));
        output::print_raw(text.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let (then, how) = requested.find_commit(&arguments.at, arguments.rev)?;
    let past_file = requested.file_at(&then).map_err(Failure::Message)?;
    let commit = format!("commit {} of {}", short_hash(&then.commit), then.day);
    let past_file = past_file.ok_or_else(|| {
        Failure::new(format!("no document has the ID `{}` in {commit}", without_controls(requested.id.as_str())))
    })?;
    output::note(&format!(
        "{}{how}, {commit}, `{}`",
        without_controls(requested.id.as_str()),
        without_controls(&past_file.file)
    ));
    output::print_raw(&past_file.bytes)?;
    Ok(ExitCode::SUCCESS)
}

/// A document that a user names, even if the handbook no longer contains it.
pub(super) struct RequestedDocument<'a> {
    /// Removes temporary folders if the program is interrupted.
    pub(super) interrupt: Interrupt,
    pub(super) project: &'a Project,
    pub(super) reading: &'a Reading,
    /// Its ID.
    pub(super) id: DocumentId,
    /// The present document, if it still exists.
    pub(super) document: Option<&'a Document>,
}

impl<'a> RequestedDocument<'a> {
    /// Finds a document by ID or path; one that no longer exists, by its ID.
    ///
    /// # Errors
    /// If the name is neither a valid ID nor a present document.
    pub(super) fn find(
        project: &'a Project,
        reading: &'a Reading,
        name: &str,
    ) -> Result<RequestedDocument<'a>, Failure> {
        let interrupt = Interrupt::listen(InterruptMode::Immediate)?;
        let document = find::document(project, reading, name).map(|index| reading.handbook.document(index));
        match document {
            Ok(document) => {
                let missing =
                    || Failure::new(format!("`{}` is a page and has no ID", without_controls(document.path())));
                let id = document.id().cloned().ok_or_else(missing)?;
                Ok(RequestedDocument { interrupt, project, reading, id, document: Some(document) })
            }
            Err(refusal) => {
                let id = name.parse().map_err(|_| Failure::new(refusal))?;
                Ok(RequestedDocument { interrupt, project, reading, id, document: None })
            }
        }
    }

    /// The commit for a date, a version or a revision, and how it was found: words that follow the ID.
    ///
    /// # Errors
    /// If there is no such commit.
    pub(super) fn find_commit(&self, at: &str, is_revision: bool) -> Result<(CommitDate, String), Failure> {
        let root = self.project.root();
        if is_revision {
            return Ok((CommitDate::at(root, at)?, String::new()));
        }
        if let Ok(day) = at.parse::<Date>() {
            return Ok((CommitDate::on(root, day)?, format!(" on {day}")));
        }
        match self.version(at) {
            VersionText::Proved(ProvedText { commit, day, proof, .. }) => {
                let proof = match proof {
                    Proof::Digest => "proved by its digest",
                    Proof::Commit => "proved by git",
                };
                Ok((CommitDate { commit, day }, format!(" version {} ({proof})", without_controls(at))))
            }
            VersionText::Unproved(why, _) if self.has_version(at) => Err(Failure::new(format!(
                "nothing proves the text of version {} of {}: {why}; use --rev if a revision is meant",
                without_controls(at),
                without_controls(self.id.as_str())
            ))),
            VersionText::Unproved(..) => CommitDate::at(root, at)
                .map(|then| (then, String::new()))
                .map_err(|error| self.no_version_failure(at, &error)),
        }
    }

    /// The error for a date, version or revision that matches no text of the document.
    fn no_version_failure(&self, at: &str, error: &impl std::fmt::Display) -> Failure {
        let (id, at) = (without_controls(self.id.as_str()), without_controls(at));
        let Some(front) = self.document.and_then(Document::front) else {
            let similar = self.reading.handbook.lookup.nearest_id(&id, None);
            let near = similar.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Failure::new(format!("no document has the ID `{id}`{near}"));
        };
        let mut versions: Vec<&str> = front.versions().collect();
        versions.sort_unstable();
        versions.dedup();
        let versions_note =
            if versions.is_empty() { String::new() } else { format!(" (it has {})", versions.join(", ")) };
        Failure::new(format!("{id} has no version `{at}`{versions_note}; {error}"))
    }

    /// The document's file in a commit. IDs are read with the settings of that commit, else with the present ones.
    ///
    /// # Errors
    /// If Git fails; the message is a clause.
    pub(super) fn file_at(&self, then: &CommitDate) -> Result<Option<PastDocument>, String> {
        let (root, today) = (self.project.root(), self.document.map(|document| &**document.path()));
        let settings = PastSettings::new(root).and_then(|settings| settings.text(&then.commit));
        let of_commit = settings.and_then(|text| front_reading_of(&text)).map(|reading| reading.vocabulary);
        let find = |vocabulary: &Vocabulary| find_past_document(root, &then.commit, &self.id, today, vocabulary);
        match of_commit.map(|vocabulary| find(&vocabulary)).transpose()?.flatten() {
            Some(found) => Ok(Some(found)),
            None => find(&self.reading.settings.vocabulary()),
        }
    }

    /// The file as it is today, if it has the digest in the approval of this version and no commit proves its text.
    fn text_of_today(&self, version: &str) -> Option<String> {
        let document = self.document?;
        let front = document.front()?;
        let is_current = front.version.as_ref().is_some_and(|current| is_same_version(&current.value, version.trim()));
        let is_proved = || front.approved_digest().is_some() && !is_changed(document, front, Date::today());
        let is_unproved = || matches!(self.version(version), VersionText::Unproved(..));
        if !is_current || !is_proved() || !is_unproved() {
            return None;
        }
        read_current(self.project.root(), document.path()).ok()
    }

    /// The text of a version.
    pub(super) fn version(&self, version: &str) -> VersionText {
        let version = version.trim();
        let front = self.document.and_then(Document::front);
        let is_current =
            front.and_then(|front| front.version.as_ref()).is_some_and(|one| is_same_version(&one.value, version));
        let digest = front.and_then(|front| front.digest_of(version));
        let approved = front.filter(|_| is_current).and_then(|front| front.approved.as_ref()).map(|day| day.value);
        let key = VersionKey { id: self.id.clone(), version: version.to_owned(), approved, digest };
        let files: HashMap<DocumentId, Arc<ParsedFile>> =
            self.document.iter().map(|document| (self.id.clone(), document.file.clone())).collect();
        let own_places = pages::reserved_places();
        let on_create = |folder: &Path| self.interrupt.remove_on_interrupt(folder);
        let source = PastSource { folder: self.project.root(), own_places: &own_places, on_create: &on_create };
        let query = VersionQuery {
            versions: &BTreeSet::from([key.clone()]),
            files: &files,
            reading: &front_reading(&self.reading.settings),
            read_settings: front_reading_of,
            is_for_edition: false,
            line: source.line(None),
            shows_commits: false,
        };
        let mut texts = version_texts(&query, &mut DigestCalculator::new(self.reading, source));
        texts.remove(&key).unwrap_or(VersionText::Unproved(crate::history::ProofFailure::NotCommitted, None))
    }

    /// Whether the document mentions this version as its own or an earlier one.
    fn has_version(&self, version: &str) -> bool {
        let front = self.document.and_then(Document::front);
        front.is_some_and(|front| front.versions().any(|other| is_same_version(other, version)))
    }
}
