//! Reads the handbook of an earlier day or of a revision in place of the one in the folder.

use std::path::Path;

use super::build::refusal_failure;
use super::interrupt::Interrupt;
use super::{DateArgument, Failure, SourceArgument, check, output};
use crate::assess::Clock;
use crate::chronicle::folders_read;
use crate::config::Settings;
use crate::date::Date;
use crate::git::ObjectName;
use crate::handbook::Reading;
use crate::history::{CommitDate, CommitDateError, CopyPlan, RevisionCopy};
use crate::project::Project;
use crate::site::pages;

/// Number of digits shown of a commit hash.
const COMMIT_DIGITS: usize = 12;

/// Which handbook is read.
#[derive(Debug, clap::Args)]
pub(crate) struct RevisionArgument {
    /// Read the handbook as it was committed on a date (YYYY-MM-DD) or at a Git revision, and assess it for that day
    #[arg(long, value_name = "DATE|REVISION")]
    at: Option<String>,
}

/// The handbook that a command assesses, and the day.
#[derive(Debug, clap::Args)]
pub(crate) struct HandbookArguments {
    #[command(flatten)]
    pub(super) source: SourceArgument,
    #[command(flatten)]
    pub(super) date: DateArgument,
    #[command(flatten)]
    at: RevisionArgument,
}

impl HandbookArguments {
    /// Opens the requested handbook.
    ///
    /// # Errors
    /// If there is none in the folder, on that day or at that revision.
    pub(super) fn open(&self, interrupt: &Interrupt) -> Result<HandbookSource, Failure> {
        self.open_project(self.source.project()?, interrupt)
    }

    /// Like [`open`](Self::open), for a handbook whose folder is known.
    pub(super) fn open_project(&self, current: Project, interrupt: &Interrupt) -> Result<HandbookSource, Failure> {
        self.at.open(current, self.date, interrupt)
    }
}

/// The handbook to read: the one in the folder, or a copy of an earlier one.
pub(crate) struct HandbookSource {
    date: DateArgument,
    /// The handbook in the folder, which is in the repository.
    pub(crate) current: Project,
    past: Option<PastCopy>,
}

/// A copy of an earlier handbook.
struct PastCopy {
    project: Project,
    commit_date: CommitDate,
    /// The requested day, or the day of the requested revision.
    day: Date,
    /// Removes the copy when dropped.
    _copy: RevisionCopy,
}

impl RevisionArgument {
    /// Opens the requested handbook.
    ///
    /// # Errors
    /// If there is none on that day or at that revision.
    pub(super) fn open(
        &self,
        current: Project,
        date: DateArgument,
        interrupt: &Interrupt,
    ) -> Result<HandbookSource, Failure> {
        let Some(at) = &self.at else { return Ok(HandbookSource { date, current, past: None }) };
        let (then, day) = find(current.root(), at)?;
        let on_create = |folder: &Path| interrupt.remove_on_interrupt(folder);
        let plan = CopyPlan { option: "--at", folders: folders_read, on_create: &on_create };
        let (copy, _) = {
            // A copy that is still being written cannot be removed.
            let _finishes = interrupt.critical_section();
            RevisionCopy::read(current.root(), then.commit.as_str(), plan)?
        };
        let project = Project::find(Some(copy.folder()), &pages::reserved_places())?;
        let project = project.in_edition_of(&current).with_missing_files(copy.missing_files());
        output::note(&format!(
            "the handbook is that of commit {} of {}; uncommitted and later changes are not in it",
            short_hash(&then.commit),
            then.day
        ));
        Ok(HandbookSource { date, current, past: Some(PastCopy { project, commit_date: then, day, _copy: copy }) })
    }
}

/// The commit for a day or a revision, and the day for which its handbook is assessed.
fn find(root: &Path, at: &str) -> Result<(CommitDate, Date), CommitDateError> {
    match at.parse::<Date>() {
        Ok(day) => CommitDate::on(root, day).map(|then| (then, day)),
        Err(_) => CommitDate::at(root, at).map(|then| (then.clone(), then.day)),
    }
}

/// The abbreviated hash of a commit.
pub(super) fn short_hash(commit: &ObjectName) -> &str {
    &commit.as_str()[..COMMIT_DIGITS]
}

impl HandbookSource {
    /// The handbook to read.
    pub(crate) fn project(&self) -> &Project {
        self.past.as_ref().map_or(&self.current, |past| &past.project)
    }

    /// Whether it is the handbook in the folder.
    pub(crate) fn is_current(&self) -> bool {
        self.past.is_none()
    }

    /// The commit that contains it; `None` for the handbook in the folder.
    pub(crate) fn commit(&self) -> Option<&ObjectName> {
        self.past.as_ref().map(|past| &past.commit_date.commit)
    }

    /// Reads it for an assessment.
    pub(crate) fn read(&self) -> Result<Reading, Failure> {
        let Some(past) = &self.past else { return check::read_to_judge(&self.current) };
        let commit = short_hash(&past.commit_date.commit);
        let unusable = |failure: Failure| {
            Failure::new(format!("the handbook of commit {commit} cannot be read:\n{}", failure.text()))
        };
        let (settings, _) = past.project.settings().map_err(refusal_failure).map_err(unusable)?;
        let output = past.project.root().join(&settings.output);
        past.project.read_for_assessment(&[output]).map_err(refusal_failure).map_err(unusable)
    }

    /// The day of the assessment: the requested one, else that of the handbook, else the settings', else today.
    pub(crate) fn clock(&self, settings: &Settings) -> Clock {
        self.date.clock_at(self.past.as_ref().map(|past| past.day), settings)
    }
}
