//! Facts about pages besides their words: a table of all pages for ranking, and files with some pages each for results
//! and filters.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::SearchIndex;
use super::entry::SearchEntry;
use super::files::{kind, kinds, number, script};
use crate::assess::State;
use crate::handbook::DocumentIndex;
use crate::site::model::DocumentParties;
use crate::site::portal::Portal;

/// The number of pages per file of facts.
const PAGES_PER_FILE: usize = 512;

impl SearchIndex {
    /// The numbers of all files of facts.
    pub(super) fn fact_files(&self) -> std::ops::Range<usize> {
        0..self.entries.len().div_ceil(PAGES_PER_FILE)
    }

    /// The table of pages.
    pub(super) fn pages(&self, portal: &Portal<'_>) -> Vec<u8> {
        let kinds: HashMap<String, usize> =
            kinds(portal, &self.entries).into_iter().enumerate().map(|(at, [key, _])| (key, at)).collect();
        let mut pages = Pages { kind: "pages", per: PAGES_PER_FILE, ..Pages::default() };
        // Entries of one kind are adjacent.
        let mut last_kind = (Cow::Borrowed(""), -1);
        for (at, entry) in self.entries.iter().enumerate() {
            pages.sections.push(entry.section_count(portal));
            let kind = kind(portal, *entry);
            if kind != last_kind.0 {
                let number = number(kinds.get(&*kind));
                last_kind = (kind, number);
            }
            pages.types.push(last_kind.1);
            pages.group.push(number(group(portal, *entry).as_ref()));
            pages.state.push(controlled(portal, *entry).map_or('-', |index| letter(portal.assessment.state(index))));
            let retires = later(portal, *entry).find(|(_, state)| *state == State::Retired);
            pages.retires.extend(retires.map(|(days, _)| (at, days)));
        }
        script(&pages)
    }

    /// The contents of a file of facts.
    pub(super) fn render_facts(&self, portal: &Portal<'_>, file: usize) -> Vec<u8> {
        let owners: HashMap<&str, usize> =
            portal.owners.iter().enumerate().map(|(at, (name, _))| (&**name, at)).collect();
        let entries = self.entries.chunks(PAGES_PER_FILE).nth(file).unwrap_or_default();
        let numbers_by_party = |of: fn(&DocumentParties) -> &Vec<usize>| -> BTreeMap<usize, Vec<usize>> {
            let numbers = entries.iter().map(|entry| match entry {
                SearchEntry::Document(index) => of(&portal.document_parties(*index)).clone(),
                _ => Vec::new(),
            });
            numbers.enumerate().filter(|(_, numbers)| !numbers.is_empty()).collect()
        };
        let state_text = |entry: &SearchEntry| {
            let later = later(portal, *entry).map(|(days, state)| format!("{days} {}", letter(state)));
            later.collect::<Vec<_>>().join(" ")
        };
        script(&Facts {
            kind: "facts",
            file,
            owner: entries.iter().map(|entry| owned(portal, *entry, &owners)).collect(),
            service: numbers_by_party(|about| &about.services),
            location: numbers_by_party(|about| &about.locations),
            later: entries.iter().map(state_text).collect(),
        })
    }
}

/// One item per page, in order; `-1` and `-` if there is none.
#[derive(Default, Serialize)]
struct Pages {
    kind: &'static str,
    per: usize,
    sections: Vec<u32>,
    state: String,
    #[serde(rename = "type")]
    types: Vec<i32>,
    group: Vec<i32>,
    /// Pages that will be retired, with the number of days from the build's day until then.
    retires: BTreeMap<usize, i32>,
}

/// Facts about the pages of one file.
#[derive(Serialize)]
struct Facts {
    kind: &'static str,
    file: usize,
    owner: Vec<Numbers>,
    /// The services that documents are about, by position in the file, as indexes.
    service: BTreeMap<usize, Vec<usize>>,
    /// The locations that documents are about, by position in the file, as indexes.
    location: BTreeMap<usize, Vec<usize>>,
    /// Later states, each after the number of days from the build's day: `38 6 69 5`.
    later: Vec<String>,
}

/// A single number, `-1` for none, or several numbers.
#[derive(Serialize)]
#[serde(untagged)]
enum Numbers {
    One(i32),
    Several(Vec<i32>),
}

fn owned(portal: &Portal<'_>, entry: SearchEntry, owners: &HashMap<&str, usize>) -> Numbers {
    let SearchEntry::Document(index) = entry else { return Numbers::One(-1) };
    let owned: Vec<i32> = portal.document(index).owners.iter().map(|owner| number(owners.get(&**owner))).collect();
    match owned[..] {
        [] => Numbers::One(-1),
        [one] => Numbers::One(one),
        _ => Numbers::Several(owned),
    }
}

fn group(portal: &Portal<'_>, entry: SearchEntry) -> Option<usize> {
    match entry {
        SearchEntry::Document(index) => Some(portal.groups.position(index).0),
        SearchEntry::Clause(key) => portal.groups.group_of_clause(&portal.reading.standards, key),
        SearchEntry::OwnPage(_) | SearchEntry::Register(_) => None,
    }
}

/// The document of an entry if it is controlled and therefore has a state.
fn controlled(portal: &Portal<'_>, entry: SearchEntry) -> Option<DocumentIndex> {
    let SearchEntry::Document(index) = entry else { return None };
    portal.document(index).id().map(|_| index)
}

/// The later states of a page, each with the number of days from the build's day.
fn later(portal: &Portal<'_>, entry: SearchEntry) -> impl Iterator<Item = (i32, State)> {
    let as_of = portal.assessment.clock.as_of;
    let later = controlled(portal, entry).map_or(&[][..], |index| portal.states_after(index));
    later.iter().map(move |(day, state)| (as_of.days_until(*day), *state))
}

fn letter(target: State) -> char {
    let at = State::ALL.iter().position(|state| *state == target).unwrap_or_default();
    char::from(b'0' + at as u8)
}
