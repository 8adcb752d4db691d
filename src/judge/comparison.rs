//! Comparison of two assessments of a handbook: what one revision gained and lost against another.

use super::baseline::{Baseline, BaselineMatch};
use crate::assess::{Assessed, ClauseAssessment, Figures, ItemVerdict, Verdict};
use crate::finding::{Problem, StandardPart, closing, reading};
use crate::id::{ClauseKey, ItemKey};
use crate::place::Place;
use crate::standard::Standards;

/// The changes from a base revision to now.
#[derive(Clone, Debug)]
pub(crate) struct Comparison {
    /// The base revision, as requested.
    pub(crate) revision: String,
    /// The figures of the base.
    pub(crate) figures: Figures,
    /// Coverage units whose verdict changed, in the standards' order.
    pub(crate) clauses: Vec<ClauseChange>,
    /// Items of documented information whose verdict changed, in the standards' order.
    pub(crate) items: Vec<ItemChange>,
    /// Which of today's findings the base had, and which of its findings are gone.
    pub(crate) findings: BaselineMatch,
}

/// A clause whose verdict changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClauseChange {
    /// The clause, in today's standards.
    pub(crate) key: ClauseKey,
    /// The number of the clause, with its standard unless that is the main one.
    pub(crate) clause: String,
    /// The title of the clause.
    pub(crate) title: String,
    /// The verdict at the base.
    pub(crate) before: Verdict,
    /// The verdict now.
    pub(crate) after: Verdict,
}

/// An item whose verdict changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ItemChange {
    /// The item's ID in front matter.
    pub(crate) id: String,
    /// The item's name.
    pub(crate) name: String,
    /// The verdict at the base.
    pub(crate) before: ItemVerdict,
    /// The verdict now.
    pub(crate) after: ItemVerdict,
}

/// The direction in which a verdict changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VerdictChange {
    /// It got worse.
    Lost,
    /// It got better.
    Gained,
    /// The settings no longer require it: no more is met than before, but less is required.
    Excluded,
}

impl VerdictChange {
    /// `excluded` is the verdict on what is not required, and `best` the verdict on what is fully met.
    fn classify<V: Ord>(before: &V, after: &V, excluded: &V, best: &V) -> VerdictChange {
        match (before, after) {
            (_, after) if after == excluded => VerdictChange::Excluded,
            // If something is required again and met, nothing is lost.
            (before, after) if before == excluded && after == best => VerdictChange::Gained,
            (before, after) if after < before => VerdictChange::Lost,
            _ => VerdictChange::Gained,
        }
    }
}

impl ClauseChange {
    /// The direction in which the clause changed.
    pub(crate) fn change_direction(&self) -> VerdictChange {
        VerdictChange::classify(&self.before, &self.after, &Verdict::NotApplicable, &Verdict::Covered)
    }
}

impl ItemChange {
    /// The direction in which the item changed.
    pub(crate) fn change_direction(&self) -> VerdictChange {
        VerdictChange::classify(&self.before, &self.after, &ItemVerdict::NotNeeded, &ItemVerdict::Provided)
    }
}

impl Comparison {
    /// Compares two assessments. Clauses and items of a standard that only one side uses are left out, because there is
    /// no verdict to compare them with.
    pub(crate) fn new(revision: &str, base: Assessed<'_>, now: Assessed<'_>) -> Comparison {
        let known = Baseline::from_findings(&base.assessment.findings);
        let losses = [closing::COVERAGE_DROP, closing::LOST_ID];
        let found = now.assessment.findings.iter().filter(|finding| !losses.contains(&finding.problem.rule));
        Comparison {
            revision: revision.to_owned(),
            figures: base.assessment.figures,
            clauses: clauses(base, now),
            items: items(base, now),
            findings: known.compare(found),
        }
    }
}

/// Returns a problem for each clause that got worse than at `revision`, placed at the claim that no longer covers it or
/// else where the standards are named. Neither side needs to be judged.
pub(crate) fn coverage_drops(revision: &str, base: Assessed<'_>, now: Assessed<'_>) -> Vec<Problem> {
    let problem = |change: ClauseChange| {
        let ClauseChange { clause, title, before, after, .. } = &change;
        let (before, after) = (before.as_str(), after.as_str());
        let message = format!("clause {clause} {title} was {before} at {revision} and is now {after}");
        let problem = Problem::new(closing::COVERAGE_DROP, place(now, change.key), message);
        problem
            .about(StandardPart::Clause(change.key))
            .help("restore what addressed it, or approve what addresses it now")
    };
    let worse =
        clauses(base, now).into_iter().filter(|change| change.change_direction() == VerdictChange::Lost).map(problem);
    worse.chain(no_longer_counted(revision, base, now)).collect()
}

/// Returns a problem for each clause that counted and was addressed at `revision`, but no longer counts: its standard
/// is gone or only guides, or its catalogue no longer has this coverage unit.
fn no_longer_counted(revision: &str, base: Assessed<'_>, now: Assessed<'_>) -> Vec<Problem> {
    let (earlier, today) = (&base.reading.standards, &now.reading.standards);
    // A unit is compared with its earlier verdict; a group of units has the combined verdict of its units, and a part
    // has that of its unit. Whatever is neither counts for nothing, even if it is still claimed.
    let counts_still = |key: ClauseKey, before: Verdict| {
        let standard = today.find_standard(&earlier.catalogue(key.standard).id);
        let current = standard.and_then(|standard| today.find(standard, &earlier.clause(key).id));
        current.is_some_and(|found| {
            (today.is_unit(found) && !today.is_guide(found.standard))
                || is_counted_with_others(now.assessment.clause(found))
                    && now.assessment.clause(found).verdict.is_some_and(|after| after >= before)
        })
    };
    let problem = |key: ClauseKey| {
        let before = base.assessment.clause(key).verdict.filter(|before| *before > Verdict::Missing)?;
        if before == Verdict::NotApplicable || counts_still(key, before) {
            return None;
        }
        let clause = number(earlier, key);
        let message = format!("clause {clause} was {} at {revision} and is not counted any more", before.as_str());
        let problem = Problem::new(closing::COVERAGE_DROP, now.reading.settings.standards_place(), message);
        Some(problem.with_subject(clause).help("count it again, or waive this with the reason"))
    };
    let units = earlier.indexes().flat_map(|standard| earlier.clauses(standard)).filter(|key| earlier.is_unit(*key));
    units.filter_map(problem).collect()
}

/// Whether a clause that is not a unit counts through units below it, or as a part of one.
fn is_counted_with_others(clause: &ClauseAssessment) -> bool {
    clause.units > 0 || clause.part_of.is_some()
}

/// Returns a problem for each file of the base that could not be read and so is not compared.
pub(crate) fn unreadable_base_files(revision: &str, base: Assessed<'_>, now: Assessed<'_>) -> Vec<Problem> {
    let is_unread = |problem: &&Problem| problem.rule == reading::UNREADABLE_SOURCE;
    let is_new = |problem: &&Problem| {
        !now.reading.problems.iter().any(|other| other.place.file == problem.place.file && other.rule == problem.rule)
    };
    let problem = |problem: &Problem| {
        let message = format!("at {revision}, {}; what it covered is not compared", problem.message);
        Problem::new(reading::UNREADABLE_SOURCE, problem.place.clone(), message)
            .help("compare with a revision that can be read in full")
    };
    base.reading.problems.iter().filter(is_unread).filter(is_new).map(problem).collect()
}

fn clauses(base: Assessed<'_>, now: Assessed<'_>) -> Vec<ClauseChange> {
    let standards = &now.reading.standards;
    let units =
        standards.indexes().flat_map(|standard| standards.clauses(standard)).filter(|key| standards.is_unit(*key));
    units.filter_map(|key| clause(base, now, key)).collect()
}

fn clause(base: Assessed<'_>, now: Assessed<'_>, key: ClauseKey) -> Option<ClauseChange> {
    let standards = &now.reading.standards;
    let facts = standards.clause(key);
    let standard = base.reading.standards.find_standard(&standards.catalogue(key.standard).id)?;
    let before = base.assessment.clause(base.reading.standards.find(standard, &facts.id)?).verdict?;
    let after = now.assessment.clause(key).verdict?;
    (before != after).then(|| ClauseChange {
        key,
        clause: number(standards, key),
        title: facts.title.clone().unwrap_or_default(),
        before,
        after,
    })
}

/// The number of a clause, with its standard unless that is the main one.
fn number(standards: &Standards, key: ClauseKey) -> String {
    let id = &standards.clause(key).id;
    match standards.main() == Some(key.standard) {
        true => id.to_string(),
        false => format!("{}:{id}", standards.catalogue(key.standard).id),
    }
}

fn items(base: Assessed<'_>, now: Assessed<'_>) -> Vec<ItemChange> {
    let standards = &now.reading.standards;
    let all = standards.indexes().flat_map(|standard| standards.items(standard));
    all.filter_map(|key| item(base, now, key)).collect()
}

fn item(base: Assessed<'_>, now: Assessed<'_>, key: ItemKey) -> Option<ItemChange> {
    let standards = &now.reading.standards;
    let facts = standards.item_at(key);
    let reference =
        crate::id::ItemRef { standard: Some(standards.catalogue(key.standard).id.clone()), item: facts.id.clone() };
    let before = base.assessment.item(base.reading.standards.item(&reference)?).verdict;
    let after = now.assessment.item(key).verdict;
    (before != after).then(|| ItemChange { id: facts.id.to_string(), name: facts.name.clone(), before, after })
}

fn place(now: Assessed<'_>, key: ClauseKey) -> Place {
    let claim = now.assessment.clause(key).claims.first().and_then(|claim| {
        let document = now.reading.handbook.document(claim.document);
        Some(document.place(document.claims.get(claim.claim as usize)?.span))
    });
    claim.unwrap_or_else(|| now.reading.settings.standards_place())
}
