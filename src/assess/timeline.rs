//! States and verdicts on later days if no file changes.
//!
//! A document's state changes on only a few days. These days are sorted once, and everything that depends on a document
//! is recomputed only then, so the cost grows with documents and claims rather than with days.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::applicability::Applicability;
use super::clauses::{self, ClauseCoverage};
use super::items;
use super::shares::{self, ShareCounter};
use super::state::{self, Clock, State};
use super::{Assessed, Assessment, ItemVerdict, Verdict};
use crate::date::Date;
use crate::handbook::{DocumentIndex, Reading};
use crate::id::{ClauseKey, ItemKey, StandardIndex};

/// Values by the day from which they apply. The value on the day of the assessment is not included.
pub(crate) type Series<T> = Vec<(Date, T)>;

/// Everything that changes after the day of an assessment without anybody doing anything.
#[derive(Debug, Default)]
pub(crate) struct Timeline {
    /// The later states of each document.
    pub(crate) states: Vec<Series<State>>,
    /// The later coverage of each clause, by standard and clause.
    pub(crate) clauses: Vec<Vec<Series<LaterClause>>>,
    /// The later verdicts of each item, by standard and item.
    pub(crate) items: Vec<Vec<Series<ItemVerdict>>>,
}

/// A clause on a later day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LaterClause {
    /// Its verdict.
    pub(crate) verdict: Verdict,
    /// Whether the verdict comes from the clauses below.
    pub(crate) rolled_up: bool,
    /// The number of covered units at or below it.
    pub(crate) units_covered: u32,
}

/// Computes all changes after the assessed day. Verdicts are those of the whole handbook.
pub(crate) fn compute_timeline(subject: &Reading, assessment: &Assessment) -> Timeline {
    let Assessed { reading, assessment: full_assessment } = Assessed { reading: subject, assessment }.whole();
    let timeline = compute_whole(reading, full_assessment);
    match &assessment.whole {
        Some(whole) => whole.timeline(&subject.handbook, timeline),
        None => timeline,
    }
}

fn compute_whole(reading: &Reading, assessment: &Assessment) -> Timeline {
    let clock = assessment.clock;
    let states: Vec<Series<State>> =
        reading.handbook.par_indexed().map(|(index, _)| later_states(reading, clock, index)).collect();
    let applicability = Applicability::from_settings(&reading.settings, &reading.standards);
    let mut sweep = TimelineSweep::new(reading, &applicability, assessment);
    let mut changes: Vec<(Date, DocumentIndex, State)> = Vec::new();
    for ((index, _), series) in reading.handbook.indexed().zip(&states) {
        changes.extend(series.iter().map(|(day, state)| (*day, index, *state)));
    }
    changes.sort_unstable_by_key(|(day, index, _)| (*day, *index));
    let mut days: BTreeSet<Date> = changes.iter().map(|(day, ..)| *day).collect();
    let share_days = if sweep.shared_items.is_empty() { Vec::new() } else { shares::change_days(reading, clock.as_of) };
    days.extend(&share_days);
    let mut changes = changes.into_iter().peekable();
    for day in days {
        while let Some((_, document, state)) = changes.next_if(|(on, ..)| *on == day) {
            sweep.change_state(document, state);
        }
        if share_days.binary_search(&day).is_ok() {
            sweep.dirty_items.extend(sweep.shared_items.keys());
        }
        sweep.apply_changes(day);
    }
    Timeline { states, clauses: sweep.clauses, items: sweep.items }
}

/// Items due for each of several recipients, with their providers and current verdict.
fn shared_items(assessment: &Assessment) -> BTreeMap<ItemKey, (Vec<DocumentIndex>, ItemVerdict)> {
    let items = assessment.items.iter().flatten().filter(|item| item.share.is_some());
    items.map(|item| (item.item, (shares::provider_documents(&item.providers), item.verdict))).collect()
}

fn later_states(reading: &Reading, clock: Clock, index: DocumentIndex) -> Series<State> {
    let on = |as_of| state::life(&reading.handbook, index, Clock { as_of, ..clock }).state;
    let mut series = Vec::new();
    let mut last = on(clock.as_of);
    for day in state::change_days(&reading.handbook, index, clock) {
        let next = on(day);
        if next != last {
            series.push((day, next));
            last = next;
        }
    }
    series
}

/// The number of claims or providers that support each verdict, indexed by the verdict's rank.
type Counts = [u32; 8];

/// The verdicts on the current day of the sweep, with the changes noted so far.
struct TimelineSweep<'a> {
    reading: &'a Reading,
    applicability: &'a Applicability<'a>,
    states: Vec<State>,
    claims: Vec<Vec<Counts>>,
    providers: Vec<Vec<Counts>>,
    coverages: Vec<Vec<ClauseCoverage>>,
    dirty_clauses: BTreeSet<ClauseKey>,
    dirty_items: BTreeSet<ItemKey>,
    clauses: Vec<Vec<Series<LaterClause>>>,
    items: Vec<Vec<Series<ItemVerdict>>>,
    /// Items due for each of several recipients, with their providers and last verdict.
    shared_items: BTreeMap<ItemKey, (Vec<DocumentIndex>, ItemVerdict)>,
    /// The documents whose states decide how many recipients have such an item.
    deciding_documents: BTreeSet<DocumentIndex>,
}

impl<'a> TimelineSweep<'a> {
    fn new(reading: &'a Reading, applicability: &'a Applicability<'a>, assessment: &Assessment) -> TimelineSweep<'a> {
        let standards = &reading.standards;
        let clauses = |standard| standards.clauses(standard).len();
        let items = |standard| standards.items(standard).count();
        let mut sweep = TimelineSweep {
            reading,
            applicability,
            states: assessment.lives.iter().map(|life| life.state).collect(),
            claims: standards.indexes().map(|standard| vec![Counts::default(); clauses(standard)]).collect(),
            providers: standards.indexes().map(|standard| vec![Counts::default(); items(standard)]).collect(),
            coverages: standards.indexes().map(|standard| vec![ClauseCoverage::default(); clauses(standard)]).collect(),
            dirty_clauses: BTreeSet::new(),
            dirty_items: BTreeSet::new(),
            clauses: standards.indexes().map(|standard| vec![Vec::new(); clauses(standard)]).collect(),
            items: standards.indexes().map(|standard| vec![Vec::new(); items(standard)]).collect(),
            shared_items: shared_items(assessment),
            deciding_documents: BTreeSet::new(),
        };
        let providers = sweep.shared_items.values().flat_map(|(providers, _)| providers.iter().copied());
        sweep.deciding_documents = providers.chain(shares::contract_documents(reading)).collect();
        sweep.count_all();
        standards.indexes().for_each(|standard| sweep.assess_standard(standard));
        sweep
    }

    /// Counts every claim and provider as of the day of the assessment.
    fn count_all(&mut self) {
        for (index, document) in self.reading.handbook.indexed() {
            let state = self.states[index.at()];
            for claim in &document.claims {
                let verdict = clauses::claim_verdict(document, claim, state);
                self.claims[claim.clause.standard.at()][claim.clause.clause.at()][verdict as usize] += 1;
            }
            for (item, _) in &document.provides {
                let verdict = items::provider_verdict(&self.reading.standards, document, *item, state);
                self.providers[item.standard.at()][item.item.at()][verdict as usize] += 1;
            }
        }
    }

    /// Assesses every clause of a standard for the first time.
    fn assess_standard(&mut self, standard: StandardIndex) {
        for key in self.reading.standards.clauses(standard).rev() {
            self.coverages[standard.at()][key.clause.at()] = self.clause_coverage(key);
        }
    }

    /// The coverage of a clause from the counts; the clauses below it have already been assessed.
    fn clause_coverage(&self, key: ClauseKey) -> ClauseCoverage {
        let direct = best_verdict(&self.claims[key.standard.at()][key.clause.at()], &Verdict::ALL);
        let below = |child: ClauseKey| self.coverages[child.standard.at()][child.clause.at()];
        let direct = direct.unwrap_or(Verdict::Missing);
        ClauseCoverage::combine(&self.reading.standards, self.applicability, key, direct, below)
    }

    /// Moves a document to a new state and updates the counts.
    fn change_state(&mut self, index: DocumentIndex, state: State) {
        let document = self.reading.handbook.document(index);
        let before = std::mem::replace(&mut self.states[index.at()], state);
        if self.deciding_documents.contains(&index) {
            self.dirty_items.extend(self.shared_items.keys());
        }
        for claim in &document.claims {
            let ranks = [before, state].map(|state| clauses::claim_verdict(document, claim, state) as usize);
            let counts = &mut self.claims[claim.clause.standard.at()][claim.clause.clause.at()];
            if shift(counts, ranks) {
                self.dirty_clauses.insert(claim.clause);
            }
        }
        for (item, _) in &document.provides {
            let rank = |state| items::provider_verdict(&self.reading.standards, document, *item, state) as usize;
            let ranks = [before, state].map(rank);
            if shift(&mut self.providers[item.standard.at()][item.item.at()], ranks) {
                self.dirty_items.insert(*item);
            }
        }
    }

    /// Records the effects of a day's changes. A catalogue lists parents first, so clauses are processed from the last
    /// one.
    fn apply_changes(&mut self, day: Date) {
        while let Some(key) = self.dirty_clauses.pop_last() {
            let coverage = self.clause_coverage(key);
            let current = &mut self.coverages[key.standard.at()][key.clause.at()];
            if std::mem::replace(current, coverage) != coverage {
                self.dirty_clauses.extend(self.reading.standards.parent(key));
                self.record_coverage(day, key, coverage);
            }
        }
        while let Some(item) = self.dirty_items.pop_last() {
            let counts = &self.providers[item.standard.at()][item.item.at()];
            let best = best_verdict(counts, &ItemVerdict::ALL).unwrap_or(ItemVerdict::Missing);
            let share = self.shared_items.get(&item).and_then(|(providers, _)| {
                let state = |document: DocumentIndex| self.states[document.at()];
                ShareCounter { reading: self.reading, as_of: day, state: &state }.count_share(item, providers)
            });
            let verdict = items::item_verdict(self.reading, self.applicability, item, best, share);
            let last = self.shared_items.get_mut(&item).map(|(_, last)| std::mem::replace(last, verdict));
            if last != Some(verdict) {
                self.items[item.standard.at()][item.item.at()].push((day, verdict));
            }
        }
    }

    /// Records a clause's new coverage. Parts of coverage units are skipped, because they show their unit's verdict.
    fn record_coverage(&mut self, day: Date, key: ClauseKey, coverage: ClauseCoverage) {
        let standards = &self.reading.standards;
        if clauses::parent_unit(standards, key).is_some() || standards.is_guide(key.standard) {
            return;
        }
        let later = LaterClause {
            verdict: coverage.verdict,
            rolled_up: coverage.rolled_up,
            units_covered: coverage.units_covered,
        };
        let parts = if standards.is_unit(key) { standards.descendants(key) } else { Vec::new() };
        for clause_key in std::iter::once(key).chain(parts) {
            self.clauses[clause_key.standard.at()][clause_key.clause.at()].push((day, later));
        }
    }
}

/// Moves one count from a rank to another, and returns whether the ranks differ.
fn shift(counts: &mut Counts, [before, after]: [usize; 2]) -> bool {
    counts[before] -= 1;
    counts[after] += 1;
    before != after
}

/// The best verdict with a count above zero.
fn best_verdict<V: Copy + Ord + Rank>(counts: &Counts, all: &[V]) -> Option<V> {
    all.iter().copied().filter(|verdict| counts[verdict.rank()] > 0).max()
}

/// The index of a verdict in [`Counts`].
trait Rank {
    fn rank(self) -> usize;
}

impl Rank for Verdict {
    fn rank(self) -> usize {
        self as usize
    }
}

impl Rank for ItemVerdict {
    fn rank(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests;
