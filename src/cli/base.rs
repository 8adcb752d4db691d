//! The handbook at another revision, for comparison.

use std::path::Path;

use super::Failure;
use super::build::refusal_failure;
use super::git_history;
use super::handbook_source::HandbookSource;
use super::interrupt::Interrupt;
use crate::assess::{Assessed, Assessment, Clock, assess};
use crate::chronicle::folders_read;
use crate::finding::Problem;
use crate::git::ObjectName;
use crate::handbook::Reading;
use crate::history::{CommitLine, CopyPlan, RevisionCopy, SimilarCommit, is_checked_out};
use crate::judge::judge;
use crate::project::{Project, ProjectRefusal};
use crate::rules::links_to_withheld;
use crate::site::pages;

/// The handbook at another revision, assessed for the same day.
pub(super) struct Base {
    /// The revision, as requested.
    pub(super) revision: String,
    content: BaseContent,
}

/// The parts in which a base differs from the handbook that it is compared with.
enum BaseContent {
    /// Nothing: both are the same.
    Same,
    /// Only the assessment: the files are the same, but other information about them differs.
    Assessment(Assessment),
    Handbook(Box<Reading>, Assessment),
}

/// The handbook that a base is compared with.
pub(super) struct CurrentHandbook<'a> {
    pub(super) source: &'a HandbookSource,
    /// Including its history from Git.
    pub(super) reading: &'a mut Reading,
    /// Whether its history depends on the commit that is checked out.
    pub(super) asks_git: bool,
    /// Whether a built site adds findings.
    pub(super) has_site: bool,
}

impl Base {
    /// Creates the base for comparison with the present handbook. Texts that both share are parsed once, and if only
    /// texts differ, nothing is copied from the repository.
    pub(super) fn new(
        revision: &str,
        now: &mut CurrentHandbook<'_>,
        clock: Clock,
        interrupt: &Interrupt,
    ) -> Result<Base, Failure> {
        let root = now.source.current.root();
        let similar = if now.source.is_current() { SimilarCommit::compare(root, revision, folders_read) } else { None };
        // A document may include one of the texts that differ.
        let inserts = !now.reading.settings.documents.includes.folders().is_empty();
        let other = match similar {
            Some(similar) if similar.texts.is_empty() => now.content_of_commit(&similar.commit, clock, interrupt),
            Some(similar) if !inserts => now
                .content_of_texts(&similar, clock, interrupt)
                .map_err(|refusal| comparison_failure(revision, refusal))?,
            _ => BaseContent::from_reading(
                &now.source.current,
                read(&now.source.current, revision, now.reading, clock, interrupt)?,
                clock,
            ),
        };
        Ok(Base { revision: revision.to_owned(), content: other })
    }

    /// The base as an assessed handbook, for comparison with the present one.
    pub(super) fn assessed_beside<'b>(&'b self, now: Assessed<'b>) -> Assessed<'b> {
        match &self.content {
            BaseContent::Same => now,
            BaseContent::Assessment(assessment) => Assessed { reading: now.reading, assessment },
            BaseContent::Handbook(reading, assessment) => Assessed { reading, assessment },
        }
    }
}

impl BaseContent {
    fn from_reading(project: &Project, reading: Reading, clock: Clock) -> BaseContent {
        let assessment = judge(&reading, assess(&reading, clock), edition_problems(project, &reading));
        BaseContent::Handbook(Box::new(reading), assessment)
    }
}

impl CurrentHandbook<'_> {
    /// The content of a commit in which some texts differ.
    fn content_of_texts(
        &self,
        similar: &SimilarCommit,
        clock: Clock,
        interrupt: &Interrupt,
    ) -> Result<BaseContent, ProjectRefusal> {
        let (project, root) = (&self.source.current, self.source.current.root());
        let skipped = [root.join(&self.reading.settings.output)];
        let reading = project.read_with_texts(&skipped, self.reading, &similar.texts)?;
        let line = CommitLine { folder: root, tip: Some(&similar.commit) };
        let (history, _) = git_history::collect_history(line, &reading, clock, interrupt);
        Ok(BaseContent::from_reading(project, reading.with_history(history), clock))
    }

    /// The content of a commit with the same files.
    fn content_of_commit(&mut self, commit: &ObjectName, clock: Clock, interrupt: &Interrupt) -> BaseContent {
        let root = self.source.current.root();
        let is_same_line = !self.asks_git || is_checked_out(root, commit);
        if is_same_line && !self.has_site {
            return BaseContent::Same;
        }
        let own_history = (!is_same_line).then(|| {
            let line = CommitLine { folder: root, tip: Some(commit) };
            let (history, _) = git_history::collect_history(line, self.reading, clock, interrupt);
            std::mem::replace(&mut self.reading.history, history)
        });
        let assessment =
            judge(self.reading, assess(self.reading, clock), edition_problems(&self.source.current, self.reading));
        if let Some(history) = own_history {
            self.reading.history = history;
        }
        BaseContent::Assessment(assessment)
    }
}

/// Findings that occur only in a named edition.
pub(super) fn edition_problems(project: &Project, reading: &Reading) -> Vec<Problem> {
    if project.is_named_edition() { links_to_withheld(reading) } else { Vec::new() }
}

/// Reads a revision alongside the present handbook, with which it shares most texts.
fn read(
    project: &Project,
    revision: &str,
    now: &Reading,
    clock: Clock,
    interrupt: &Interrupt,
) -> Result<Reading, Failure> {
    let on_create = |folder: &Path| interrupt.remove_on_interrupt(folder);
    let plan = CopyPlan { option: "--base", folders: folders_read, on_create: &on_create };
    let (copy, commit) = {
        // A copy that is still being written cannot be removed.
        let _finishes = interrupt.critical_section();
        RevisionCopy::read(project.root(), revision, plan)?
    };
    let then = Project::find(Some(copy.folder()), &pages::reserved_places())?
        .in_edition_of(project)
        .with_missing_files(copy.missing_files());
    let refused = |refusal| comparison_failure(revision, refusal);
    let (settings, _) = then.settings().map_err(refused)?;
    let reading = then.read_alongside(&[then.root().join(&settings.output)], now).map_err(refused)?;
    let line = CommitLine { folder: project.root(), tip: Some(&commit) };
    let (history, _) = git_history::collect_history(line, &reading, clock, interrupt);
    Ok(reading.with_history(history))
}

/// Why a comparison is not possible.
fn comparison_failure(revision: &str, refusal: ProjectRefusal) -> Failure {
    Failure::new(format!("the handbook at `{revision}` cannot be assessed:\n{}", refusal_failure(refusal).text()))
}
