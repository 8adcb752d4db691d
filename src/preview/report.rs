//! What the preview reports beside the pages: figures, findings, problems, and the effects of the last save.

use std::collections::BTreeSet;
use std::sync::Arc;

use ahash::AHashMap;
use serde::Serialize;

use super::generation::Generation;
use crate::assess::{Assessed, Assessment, Figures, State, Verdict};
use crate::finding::{Finding, Problem, Severity, reading};
use crate::handbook::Reading;
use crate::place::{Place, SourceText};
use crate::report::status::approval_command;
use crate::report::text::line;

/// The maximum number of findings of other pages reported to a page, and of new findings after a save.
const MAX_REPORTED: usize = 100;

/// A handbook as last built.
#[derive(Debug)]
pub(crate) struct AssessedReading {
    /// The handbook as read.
    pub(crate) reading: Reading,
    /// Its assessment.
    pub(crate) assessment: Assessment,
}

impl AssessedReading {
    /// The reading and its assessment together.
    pub(super) fn assessed(&self) -> Assessed<'_> {
        Assessed { reading: &self.reading, assessment: &self.assessment }
    }
}

/// The last known state of a handbook.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    /// The handbook as last built.
    pub(crate) facts: Arc<AssessedReading>,
    /// The findings of the last inspection of its pages.
    pub(crate) site_findings: Arc<SiteFindings>,
}

/// Broken references in pages of a custom theme, found after the pages are shown.
#[derive(Debug, Default)]
pub(crate) struct SiteFindings {
    /// Findings in the theme.
    pub(crate) findings: Vec<Finding>,
    /// The theme's files that contain them.
    pub(crate) sources: Vec<Arc<SourceText>>,
}

/// The status of a generation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Status {
    /// The handbook as last built.
    pub(crate) snapshot: Option<Snapshot>,
    /// The effects of the last save.
    pub(crate) change: Change,
    /// The problems that currently prevent a build.
    pub(crate) problems: Vec<FindingView>,
}

impl Status {
    /// Whether a file of the handbook could not be read.
    pub(super) fn has_unreadable(&self) -> bool {
        let problems = self.snapshot.iter().flat_map(|snapshot| &snapshot.facts.reading.problems);
        problems.into_iter().any(|problem| problem.rule == reading::UNREADABLE_SOURCE)
    }
}

/// The effects of a save.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// Files that were changed, added or removed.
    pub(crate) files: Vec<String>,
    /// Clauses that are newly covered.
    pub(crate) gained: Vec<String>,
    /// Clauses that are no longer covered.
    pub(crate) lost: Vec<String>,
    /// New findings, most severe first.
    pub(crate) new: Vec<FindingView>,
    /// The messages of findings that are gone.
    pub(crate) resolved: Vec<String>,
}

/// A finding, or a problem that prevents a build, as shown in the panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct FindingView {
    severity: &'static str,
    rule: String,
    message: String,
    help: Option<String>,
    file: String,
    line: Option<u32>,
    column: Option<u32>,
    source: Option<String>,
    url: Option<String>,
}

impl FindingView {
    /// Creates a view of a problem, without its source line.
    pub(crate) fn new(problem: &Problem, severity: Severity) -> FindingView {
        FindingView {
            severity: severity.as_str(),
            rule: problem.rule.to_string(),
            message: problem.message.clone(),
            help: problem.help.clone(),
            file: problem.place.file.to_string(),
            line: problem.place.position.map(|position| position.line),
            column: problem.place.position.map(|position| position.column),
            source: None,
            url: None,
        }
    }

    /// Adds the source line.
    pub(crate) fn with_source(self, source: Option<String>) -> FindingView {
        FindingView { source, ..self }
    }

    /// Creates a view of a problem without a place in a source of the handbook.
    pub(crate) fn from_message(file: String, place: Option<(usize, usize)>, message: String) -> FindingView {
        let number = |value: usize| u32::try_from(value).ok();
        FindingView {
            severity: Severity::Error.as_str(),
            rule: "theme".to_owned(),
            message,
            help: None,
            file,
            line: place.and_then(|(line, _)| number(line)),
            column: place.and_then(|(_, column)| number(column)),
            source: None,
            url: None,
        }
    }
}

impl Snapshot {
    /// All findings: those of the handbook, then those of the theme.
    pub(crate) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.facts.assessment.findings.iter().chain(&self.site_findings.findings)
    }

    /// The number of findings of this severity.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.findings().filter(|finding| finding.severity == severity).count()
    }

    /// Findings as shown in the panel, each with the page of its document.
    fn finding_views<'a>(&'a self, findings: impl Iterator<Item = &'a Finding>) -> Vec<FindingView> {
        let finding_view = |finding: &Finding| FindingView {
            url: self.url(finding).map(str::to_owned),
            source: self.line(&finding.problem.place).map(str::to_owned),
            ..FindingView::new(&finding.problem, finding.severity)
        };
        findings.map(finding_view).collect()
    }

    /// The source line of a place.
    fn line(&self, place: &Place) -> Option<&str> {
        let Reading { handbook, sources, .. } = &self.facts.reading;
        let document = handbook.text(&place.file);
        let other = || sources.iter().chain(&self.site_findings.sources).find(|text| *text.path() == place.file);
        line(document.or_else(other)?, place)
    }

    fn url(&self, finding: &Finding) -> Option<&str> {
        let handbook = &self.facts.reading.handbook;
        let index = handbook.document_of(&finding.problem.place.file)?;
        Some(handbook.document(index).url.as_str())
    }

    fn covered(&self) -> BTreeSet<String> {
        let standards = &self.facts.reading.standards;
        let units = self.facts.assessment.clauses.iter().flatten().filter(|clause| standards.is_unit(clause.clause));
        let covered = units.filter(|one| one.verdict == Some(Verdict::Covered)).map(|one| {
            let id = &standards.clause(one.clause).id;
            if standards.main() == Some(one.clause.standard) {
                id.to_string()
            } else {
                format!("{}:{id}", standards.catalogue(one.clause.standard).id)
            }
        });
        covered.collect()
    }
}

/// The identity of a finding, independent of its line.
type Identity<'a> = (&'a str, &'static str, &'a str);

fn identity(finding: &Finding) -> Identity<'_> {
    (&finding.problem.place.file, finding.problem.rule.0, &finding.problem.message)
}

fn count_by_identity<'a>(findings: impl Iterator<Item = &'a Finding>) -> AHashMap<Identity<'a>, usize> {
    let mut counts = AHashMap::new();
    findings.for_each(|finding| *counts.entry(identity(finding)).or_default() += 1);
    counts
}

/// The findings that are not in the other snapshot. If a finding occurs more often than there, the additional ones
/// count.
fn findings_missing_from<'a>(findings: &'a Snapshot, other: &'a Snapshot) -> Vec<&'a Finding> {
    let mut other = count_by_identity(other.findings());
    let mut is_new = |finding: &&'a Finding| match other.get_mut(&identity(finding)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    findings.findings().filter(|finding| is_new(finding)).collect()
}

impl Change {
    /// Returns the changes between two builds.
    pub(crate) fn between(old: &Snapshot, new: &Snapshot, files: Vec<String>) -> Change {
        let (was, is) = (old.covered(), new.covered());
        let mut new_findings = findings_missing_from(new, old);
        new_findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        Change {
            files,
            gained: is.difference(&was).cloned().collect(),
            lost: was.difference(&is).cloned().collect(),
            new: new.finding_views(new_findings.into_iter()),
            resolved: findings_missing_from(old, new)
                .into_iter()
                .map(|finding| finding.problem.message.clone())
                .collect(),
        }
    }
}

/// The update sent to a page.
#[derive(Debug, Serialize)]
pub(super) struct Update<'a> {
    generation: u64,
    /// Whether the page differs from the generation that the browser has.
    reload: bool,
    images: Vec<&'a str>,
    figures: Option<Figures>,
    errors: usize,
    warnings: usize,
    notes: usize,
    problems: &'a [FindingView],
    change: ChangeSummary<'a>,
    here: Vec<FindingView>,
    elsewhere: Vec<FindingView>,
    /// The command that approves the page's document, if it is awaiting approval.
    approve: Option<String>,
}

impl<'a> Update<'a> {
    /// Returns the update for a page of generation `seen`.
    pub(super) fn new(generation: &'a Generation, page: &str, seen: u64) -> Update<'a> {
        let Status { snapshot, change, problems } = &generation.status;
        let count = |severity| snapshot.as_ref().map_or(0, |known| known.count(severity));
        let (here, elsewhere) = snapshot.as_ref().map_or_else(Default::default, |known| split_findings(known, page));
        Update {
            generation: generation.number,
            reload: generation.differs_since(page, seen),
            images: generation.images_since(seen),
            figures: snapshot.as_ref().map(|known| known.facts.assessment.figures),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            problems,
            change: ChangeSummary::new(change, page),
            here,
            elsewhere,
            approve: snapshot.as_ref().and_then(|known| suggest_approval(known, page)),
        }
    }
}

/// The command that approves the document of a page, if it is a draft, is awaiting approval, or differs from the
/// approved text.
fn suggest_approval(snapshot: &Snapshot, page: &str) -> Option<String> {
    let Assessed { reading, assessment } = snapshot.facts.assessed();
    let mut documents = reading.handbook.controlled();
    let (index, document) = documents.find(|(_, document)| document.url.as_str() == page)?;
    let state = assessment.state(index);
    let waits = matches!(state, State::Draft | State::InReview | State::Changed) || document.lacks_approval_digest();
    waits.then(|| approval_command(document, state))
}

/// A summary of a save for a page, limited to what a person can read.
#[derive(Debug, Serialize)]
struct ChangeSummary<'a> {
    gained: &'a [String],
    lost: &'a [String],
    /// The most severe new findings, those of the page first.
    new: Vec<&'a FindingView>,
    new_in_all: usize,
    gone_in_all: usize,
}

impl<'a> ChangeSummary<'a> {
    fn new(change: &'a Change, page: &str) -> ChangeSummary<'a> {
        let of_page = |finding: &&FindingView| finding.url.as_deref() == Some(page);
        let (here, elsewhere): (Vec<&FindingView>, Vec<&FindingView>) = change.new.iter().partition(of_page);
        ChangeSummary {
            gained: &change.gained,
            lost: &change.lost,
            new: here.into_iter().chain(elsewhere).take(MAX_REPORTED).collect(),
            new_in_all: change.new.len(),
            gone_in_all: change.resolved.len(),
        }
    }
}

/// The findings of a page, and the most severe of all others.
fn split_findings(snapshot: &Snapshot, page: &str) -> (Vec<FindingView>, Vec<FindingView>) {
    let of_page = |finding: &&Finding| snapshot.url(finding) == Some(page);
    let (here, mut elsewhere): (Vec<&Finding>, Vec<&Finding>) = snapshot.findings().partition(of_page);
    elsewhere.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    elsewhere.truncate(MAX_REPORTED);
    (snapshot.finding_views(here.into_iter()), snapshot.finding_views(elsewhere.into_iter()))
}
