//! Changes after the build's day, assuming that nobody edits a file, as data that pages load to show a later day.
//!
//! A badge contains its own later states. Verdicts, figures and counts are in a few script files, which also load from
//! a local folder. A page loads them only if the reader's day is later than the build's.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::groups::Group;
use super::layout;
use super::own_pages::ListedPage;
use super::portal::Portal;
use super::register::{self, ALL_DOCUMENTS};
use super::rows::{long_cells, top_clauses};
use super::script::json;
use crate::assess::{Coverage, State, Verdict};
use crate::date::Date;
use crate::handbook::DocumentIndex;
use crate::id::ClauseKey;
use crate::url::SitePath;

/// The data files and the version that identifies their build.
#[derive(Debug, Default)]
pub(crate) struct Days {
    /// A checksum of the data, which pages compare with their own; `None` if the portal shows only one day.
    pub(crate) version: Option<String>,
    files: Vec<(&'static str, String)>,
}

/// Series by the name of their subject.
type SeriesByName = BTreeMap<String, String>;

/// The data of one file.
#[derive(Default, Serialize)]
struct DayData {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    clauses: SeriesByName,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    items: SeriesByName,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    counts: SeriesByName,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    tallies: SeriesByName,
    /// The values on the build's day, by clause, item or list. A page with different values belongs to another build.
    now: SeriesByName,
}

/// Handbook-wide data of every page. It is in one small file, so that pages stay unchanged when it changes.
#[derive(Serialize)]
struct SiteFacts<'a> {
    /// The build's day.
    built: Date,
    /// The version of the data files.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    /// The non-zero counts of the navigation, by page key.
    counts: BTreeMap<&'static str, usize>,
    /// The verdict on each group, the number of its coverage units that are covered and the number of all its coverage
    /// units, by clause number.
    chapters: BTreeMap<&'a str, (Verdict, u32, u32)>,
}

impl Days {
    /// Computes the changes after the build's day. Empty if the portal shows only one day.
    pub(crate) fn new(portal: &Portal<'_>) -> Days {
        if !portal.has_later_days() {
            return Days::default();
        }
        let cells = long_cells(portal);
        let files = [
            ("verdicts", verdict_data(portal)),
            ("states", state_data(portal)),
            ("owners", tallies_of(portal, &portal.owners)),
            ("types", tallies_of(portal, &portal.types)),
            ("roles", tallies_of(portal, &portal.roles)),
            ("tags", tallies_of(portal, &portal.tags)),
            ("matrix", tallies(portal, cells.iter().map(|(name, list)| (name.as_str(), list.clone())))),
            (
                "groups",
                tallies(portal, portal.groups.iter().map(|group| (group.path.as_str(), group.documents.clone()))),
            ),
        ];
        let files: Vec<(&str, String)> = files.into_iter().map(|(name, data)| (name, json(&data))).collect();
        let mut sum = blake3::Hasher::new();
        for (_, text) in &files {
            sum.update(text.as_bytes());
        }
        Days { version: Some(sum.finalize().to_hex()[..12].to_owned()), files }
    }

    /// The names of the files.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.files.iter().map(|(name, _)| *name)
    }

    /// The address of a file.
    pub(crate) fn path(name: &str) -> SitePath {
        layout::own_path(&format!("days/{name}.js"))
    }

    /// The contents of the script with the handbook-wide data.
    pub(crate) fn site_script(portal: &Portal<'_>) -> Vec<u8> {
        let count = |page: &ListedPage| {
            (page.count)(portal.assessed()).filter(|count| *count > 0).map(|count| (page.key, count))
        };
        let site_facts = SiteFacts {
            built: portal.assessment.clock.as_of,
            version: portal.days.version.as_deref(),
            counts: portal.navigation_pages.iter().filter_map(count).collect(),
            chapters: portal.groups.iter().filter_map(|group| group_coverage(portal, group)).collect(),
        };
        format!("window.clausebookWhole = {};\n", json(&site_facts)).into_bytes()
    }

    /// The contents of a data file: a script that calls a function with the data.
    pub(crate) fn script(&self, name: &str) -> Vec<u8> {
        let data = self.files.iter().find(|(file_name, _)| *file_name == name).map_or("{}", |(_, text)| text.as_str());
        let version = json(&self.version);
        format!("clausebookDays({{\"version\":{version},\"data\":{data}}});\n").into_bytes()
    }
}

fn group_coverage<'a>(portal: &Portal<'_>, group: &'a Group) -> Option<(&'a str, (Verdict, u32, u32))> {
    let clause = portal.assessment.clause(group.clause.filter(|_| portal.shows_figures())?);
    Some((&group.number, (clause.verdict?, clause.units_covered, clause.units)))
}

fn all_documents<'a>(portal: &'a Portal<'_>) -> impl Iterator<Item = DocumentIndex> + 'a {
    portal.reading.handbook.controlled().map(|(index, _)| index)
}

/// All documents, and the documents in each state on the build's day.
fn state_data(portal: &Portal<'_>) -> DayData {
    let mut lists: Vec<(String, Vec<DocumentIndex>)> =
        vec![(ALL_DOCUMENTS.to_owned(), all_documents(portal).collect())];
    for state in State::ALL {
        let documents: Vec<DocumentIndex> =
            all_documents(portal).filter(|index| portal.assessment.state(*index) == state).collect();
        if !documents.is_empty() {
            lists.push((register::state_path(state).as_str().to_owned(), documents));
        }
    }
    tallies(portal, lists.iter().map(|(name, documents)| (name.as_str(), documents.clone())))
}

/// Tallies of named lists of documents.
fn tallies<'n>(portal: &Portal<'_>, lists: impl IntoIterator<Item = (&'n str, Vec<DocumentIndex>)>) -> DayData {
    let mut data = DayData::default();
    for (name, documents) in lists {
        let now = register::tally_states(portal.assessed(), name, documents.iter().copied());
        data.now.insert(name.to_owned(), now.counts);
        insert(&mut data.tallies, name.to_owned(), tally(portal, documents.into_iter()));
    }
    data
}

fn tallies_of(portal: &Portal<'_>, directory: &super::directory::Directory) -> DayData {
    tallies(portal, directory.iter().map(|(_, entry)| (entry.path.as_str(), entry.documents.clone())))
}

/// The changes of state in a list of documents, each as `DAY FROM-TO`, sorted by day.
fn tally(portal: &Portal<'_>, documents: impl Iterator<Item = DocumentIndex>) -> String {
    let mut turns: Vec<(Date, u8, u8)> = Vec::new();
    for index in documents.filter(|index| portal.document(*index).is_controlled()) {
        let mut before = letter(portal.assessment.state(index));
        for (day, state) in portal.states_after(index) {
            let after = letter(*state);
            turns.push((*day, before, after));
            before = after;
        }
    }
    turns.sort_unstable();
    series(turns.into_iter().map(|(day, before, after)| format!("{day} {before}{after}")))
}

/// A state's position in [`State::ALL`].
fn letter(state: State) -> u8 {
    State::ALL.iter().position(|candidate| *candidate == state).unwrap_or_default() as u8
}

fn series(entries: impl Iterator<Item = String>) -> String {
    entries.collect::<Vec<_>>().join(" ")
}

fn verdict_data(portal: &Portal<'_>) -> DayData {
    let mut data = DayData::default();
    for standard in portal.reading.standards.indexes() {
        for key in portal.reading.standards.clauses(standard) {
            let name = portal.clause_path(key).as_str().to_owned();
            let now = portal.assessment.clause(key).verdict;
            now.map(|verdict| data.now.insert(name.clone(), verdict.as_str().to_owned()));
            insert(&mut data.clauses, name, clause_series(portal, key));
        }
        for item in portal.reading.standards.items(standard) {
            let page = portal.clause_path(portal.reading.standards.clause_of(item));
            let name = format!("{}#{}", page.as_str(), portal.reading.standards.item_at(item).id);
            let later = &portal.timeline.items[item.standard.at()][item.item.at()];
            data.now.insert(name.clone(), portal.assessment.item(item).verdict.as_str().to_owned());
            insert(
                &mut data.items,
                name,
                series(later.iter().map(|(day, verdict)| format!("{day} {}", verdict.as_str()))),
            );
        }
    }
    for standard in portal.reading.standards.to_cover() {
        let name = portal.reading.standards.catalogue(standard).id.to_string();
        insert(&mut data.counts, name, coverage_series(&portal.coverage(standard).1));
        for top in top_clauses(portal, standard) {
            let later = portal.coverage_of_group(top).1;
            insert(&mut data.counts, portal.clause_path(top).as_str().to_owned(), coverage_series(&later));
        }
    }
    data
}

fn insert(into: &mut SeriesByName, name: String, series: String) {
    if !series.is_empty() {
        into.insert(name, series);
    }
}

fn clause_series(portal: &Portal<'_>, key: ClauseKey) -> String {
    let later = portal.timeline.clauses[key.standard.at()][key.clause.at()].iter();
    series(later.map(|(day, assessed)| {
        format!("{day} {} {} {}", assessed.verdict.as_str(), u8::from(assessed.rolled_up), assessed.units_covered)
    }))
}

fn coverage_series(later: &[(Date, Coverage)]) -> String {
    let entry = |(day, coverage): &(Date, Coverage)| {
        let mut text = format!("{day} ");
        for verdict in Verdict::ALL {
            // Writing to a string cannot fail.
            let _ = write!(text, "{},", coverage.count_with(verdict));
        }
        text + &format!("{},{}", coverage.provided, coverage.needed)
    };
    series(later.iter().map(entry))
}

impl Portal<'_> {
    /// Whether the portal shows days later than the build's. It does not if the settings fix the day or the edition has
    /// no figures.
    pub(crate) fn has_later_days(&self) -> bool {
        self.reading.settings.as_of.is_none() && self.shows_figures()
    }

    /// A document's states after the build's day; empty if the portal does not show later days.
    pub(crate) fn states_after(&self, index: DocumentIndex) -> &[(Date, State)] {
        if self.has_later_days() { &self.timeline.states[index.at()] } else { &[] }
    }

    /// A document's later states in the format of a badge.
    pub(crate) fn later_states(&self, index: DocumentIndex) -> String {
        series(self.states_after(index).iter().map(|(day, state)| format!("{day} {}", state.as_str())))
    }

    /// A clause's later verdicts in the format of a badge.
    pub(crate) fn later_verdicts(&self, key: ClauseKey) -> String {
        if !self.has_later_days() {
            return String::new();
        }
        let later = self.timeline.clauses[key.standard.at()][key.clause.at()].iter();
        series(later.map(|(day, verdict)| format!("{day} {}", verdict.verdict.as_str())))
    }
}
