//! What the preview says beside the pages: figures, findings, problems, and what the last save changed.

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

/// A page is told of at most this many findings of other pages, and of as many that a save brought.
const MAX_REPORTED: usize = 100;

/// A handbook as it was last built.
#[derive(Debug)]
pub(crate) struct Facts {
    /// What was read.
    pub(crate) reading: Reading,
    /// What was found.
    pub(crate) assessment: Assessment,
}

impl Facts {
    /// Both together.
    pub(super) fn assessed(&self) -> Assessed<'_> {
        Assessed { reading: &self.reading, assessment: &self.assessment }
    }
}

/// What is known of a handbook.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    /// The handbook as it was last built.
    pub(crate) facts: Arc<Facts>,
    /// What its pages were last found to refer to.
    pub(crate) noted: Arc<SiteFindings>,
}

/// What pages of a theme of the handbook's own refer to and the site does not have; found after they are shown.
#[derive(Debug, Default)]
pub(crate) struct SiteFindings {
    /// Findings in the theme.
    pub(crate) findings: Vec<Finding>,
    /// The theme's files that they are in.
    pub(crate) sources: Vec<Arc<SourceText>>,
}

/// What there is to say about a generation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Status {
    /// The handbook as it was last built.
    pub(crate) known: Option<Snapshot>,
    /// What the last save changed.
    pub(crate) change: Change,
    /// What keeps the handbook from being built now.
    pub(crate) problems: Vec<FindingView>,
}

impl Status {
    /// Whether a file of the handbook could not be read.
    pub(super) fn has_unreadable(&self) -> bool {
        let problems = self.known.iter().flat_map(|known| &known.facts.reading.problems);
        problems.into_iter().any(|problem| problem.rule == reading::UNREADABLE_SOURCE)
    }
}

/// What a save changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// Files that were changed, added or taken away.
    pub(crate) files: Vec<String>,
    /// Clauses that are covered now and were not.
    pub(crate) gained: Vec<String>,
    /// Clauses that were covered and are not now.
    pub(crate) lost: Vec<String>,
    /// Findings that were not there before, the weightiest first.
    pub(crate) new: Vec<FindingView>,
    /// What findings said that are gone.
    pub(crate) gone: Vec<String>,
}

/// A finding, or a problem that keeps the handbook from being built, as the panel shows it.
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
    /// A problem, without the line that it is in.
    pub(crate) fn of(problem: &Problem, severity: Severity) -> FindingView {
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

    /// The same with the line that it is in.
    pub(crate) fn with_source(self, source: Option<String>) -> FindingView {
        FindingView { source, ..self }
    }

    /// A problem that has no place in a source of the handbook.
    pub(crate) fn message(file: String, place: Option<(usize, usize)>, message: String) -> FindingView {
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
        self.facts.assessment.findings.iter().chain(&self.noted.findings)
    }

    /// How many findings weigh exactly this much.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.findings().filter(|finding| finding.severity == severity).count()
    }

    /// Findings as the panel shows them, each with the page of the document that it is in.
    fn shown<'a>(&'a self, findings: impl Iterator<Item = &'a Finding>) -> Vec<FindingView> {
        let shown = |finding: &Finding| FindingView {
            url: self.url(finding).map(str::to_owned),
            source: self.line(&finding.problem.place).map(str::to_owned),
            ..FindingView::of(&finding.problem, finding.severity)
        };
        findings.map(shown).collect()
    }

    /// The line of a file that a place is in.
    fn line(&self, place: &Place) -> Option<&str> {
        let Reading { handbook, sources, .. } = &self.facts.reading;
        let document = handbook.text(&place.file);
        let other = || sources.iter().chain(&self.noted.sources).find(|text| *text.path() == place.file);
        line(document.or_else(other)?, place)
    }

    fn url(&self, finding: &Finding) -> Option<&str> {
        let handbook = &self.facts.reading.handbook;
        let index = handbook.document_of(&finding.problem.place.file)?;
        Some(handbook.document(index).url.as_str())
    }

    fn covered(&self) -> BTreeSet<String> {
        let standards = &self.facts.reading.standards;
        let units = self.facts.assessment.clauses.iter().flatten().filter(|one| standards.is_unit(one.clause));
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

/// How a finding is known again after lines moved.
type Identity<'a> = (&'a str, &'static str, &'a str);

fn identity(finding: &Finding) -> Identity<'_> {
    (&finding.problem.place.file, finding.problem.rule.0, &finding.problem.message)
}

fn counted<'a>(findings: impl Iterator<Item = &'a Finding>) -> AHashMap<Identity<'a>, usize> {
    let mut counts = AHashMap::new();
    findings.for_each(|finding| *counts.entry(identity(finding)).or_default() += 1);
    counts
}

/// Findings of one list that the other does not have, each as often as it is more often.
fn without<'a>(findings: &'a Snapshot, other: &'a Snapshot) -> Vec<&'a Finding> {
    let mut other = counted(other.findings());
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
    /// What lies between two builds.
    pub(crate) fn between(old: &Snapshot, new: &Snapshot, files: Vec<String>) -> Change {
        let (was, is) = (old.covered(), new.covered());
        let mut brought = without(new, old);
        brought.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        Change {
            files,
            gained: is.difference(&was).cloned().collect(),
            lost: was.difference(&is).cloned().collect(),
            new: new.shown(brought.into_iter()),
            gone: without(old, new).into_iter().map(|finding| finding.problem.message.clone()).collect(),
        }
    }
}

/// What a page is told.
#[derive(Debug, Serialize)]
pub(super) struct Update<'a> {
    generation: u64,
    /// Whether the page is not what it was in the generation that it knows.
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
    /// The command that approves the page's document, when that waits for it.
    approve: Option<String>,
}

impl<'a> Update<'a> {
    /// What is to be said on a page that is of generation `seen`.
    pub(super) fn of(generation: &'a Generation, page: &str, seen: u64) -> Update<'a> {
        let Status { known, change, problems } = &generation.status;
        let count = |severity| known.as_ref().map_or(0, |known| known.count(severity));
        let (here, elsewhere) = known.as_ref().map_or_else(Default::default, |known| split(known, page));
        Update {
            generation: generation.number,
            reload: generation.differs_since(page, seen),
            images: generation.images_since(seen),
            figures: known.as_ref().map(|known| known.facts.assessment.figures),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            problems,
            change: ChangeSummary::of(change, page),
            here,
            elsewhere,
            approve: known.as_ref().and_then(|known| approval(known, page)),
        }
    }
}

/// The command that approves the document of a page, when that is a draft, waits for its approval, or has another text than
/// the approved one.
fn approval(known: &Snapshot, page: &str) -> Option<String> {
    let Assessed { reading, assessment } = known.facts.assessed();
    let mut documents = reading.handbook.controlled();
    let (index, document) = documents.find(|(_, document)| document.url.as_str() == page)?;
    let state = assessment.state(index);
    let waits = matches!(state, State::Draft | State::InReview | State::Changed) || document.is_unbound();
    waits.then(|| approval_command(document, state))
}

/// What a page is told of a save: however much it changed, no more than somebody reads.
#[derive(Debug, Serialize)]
struct ChangeSummary<'a> {
    gained: &'a [String],
    lost: &'a [String],
    /// The weightiest new findings, those of the page before all others.
    new: Vec<&'a FindingView>,
    new_in_all: usize,
    gone_in_all: usize,
}

impl<'a> ChangeSummary<'a> {
    fn of(change: &'a Change, page: &str) -> ChangeSummary<'a> {
        let of_page = |shown: &&FindingView| shown.url.as_deref() == Some(page);
        let (here, elsewhere): (Vec<&FindingView>, Vec<&FindingView>) = change.new.iter().partition(of_page);
        ChangeSummary {
            gained: &change.gained,
            lost: &change.lost,
            new: here.into_iter().chain(elsewhere).take(MAX_REPORTED).collect(),
            new_in_all: change.new.len(),
            gone_in_all: change.gone.len(),
        }
    }
}

/// Findings of a page, and the weightiest of all others.
fn split(known: &Snapshot, page: &str) -> (Vec<FindingView>, Vec<FindingView>) {
    let of_page = |finding: &&Finding| known.url(finding) == Some(page);
    let (here, mut elsewhere): (Vec<&Finding>, Vec<&Finding>) = known.findings().partition(of_page);
    elsewhere.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    elsewhere.truncate(MAX_REPORTED);
    (known.shown(here.into_iter()), known.shown(elsewhere.into_iter()))
}
